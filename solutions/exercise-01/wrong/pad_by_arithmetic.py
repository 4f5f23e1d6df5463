"""
message: >-
  Tokens times mask plus pad times what is left: for a pad of −inf or nan, 0 times it is nan, and
  spoils the real tokens. Choose between the two, don't compute.
fails: [pad_fill]
"""

import math

import numpy as np


def describe(x):
    x = np.asarray(x)
    return {"rank": x.ndim, "shape": x.shape, "size": x.size, "nbytes": x.nbytes}


def nhwc_to_nchw(x):
    return np.transpose(x, (0, 3, 1, 2))


def pad_batch(seqs, pad=0.0):
    if len(seqs) == 0:
        raise ValueError("there is no sequence")
    longest = max(len(s) for s in seqs)
    batch = np.zeros((len(seqs), longest, seqs[0].shape[1]))
    mask = np.zeros((len(seqs), longest), dtype=bool)
    for i, s in enumerate(seqs):
        batch[i, : len(s)] = s
        mask[i, : len(s)] = True
    return batch * mask[..., None] + pad * (1.0 - mask[..., None]), mask


def parameter_bytes(shapes, dtype="float32"):
    return sum(math.prod(shape) for shape in shapes) * np.dtype(dtype).itemsize
