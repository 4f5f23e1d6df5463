"""
message: >-
  That is the rank of linear algebra: how many rows are independent. Here rank means the
  number of axes.
fails: [example_describe, describe_values]
"""

import math

import numpy as np


def describe(x):
    x = np.asarray(x)
    rank = x.ndim if x.ndim != 2 else int(np.linalg.matrix_rank(x))
    return {"rank": rank, "shape": x.shape, "size": x.size, "nbytes": x.nbytes}


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
    return sum(math.prod(shape) for shape in shapes) * np.dtype(dtype).itemsize
