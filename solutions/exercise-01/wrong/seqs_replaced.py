"""
message: >-
  Your function puts the padded sequences into the caller's own list. Make a new list
  for them.
fails: [no_mutation]
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
    lengths = [len(s) for s in seqs]
    longest = max(lengths)
    for i, s in enumerate(seqs):
        seqs[i] = np.pad(s.astype(float), ((0, longest - len(s)), (0, 0)), constant_values=pad)
    mask = np.arange(longest)[None, :] < np.array(lengths)[:, None]
    return np.stack(seqs), mask


def parameter_bytes(shapes, dtype="float32"):
    return sum(math.prod(shape) for shape in shapes) * np.dtype(dtype).itemsize
