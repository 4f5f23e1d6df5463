"""
message: >-
  The count was kept in a float32, which knows only about seven digits. Use Python's
  integers.
fails: [param_bytes_big]
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
    batch = np.full((len(seqs), longest, seqs[0].shape[1]), float(pad))
    mask = np.zeros((len(seqs), longest), dtype=bool)
    for i, s in enumerate(seqs):
        batch[i, : len(s)] = s
        mask[i, : len(s)] = True
    return batch, mask


def parameter_bytes(shapes, dtype="float32"):
    count = sum((np.prod(shape, dtype=np.float32) for shape in shapes), np.float32(0))
    return int(count) * np.dtype(dtype).itemsize
