"""np.pad and np.stack a sequence; the layout by einsum; bytes from the shapes alone."""

import functools
import operator

import numpy as np


def describe(x):
    if not isinstance(x, (np.ndarray, np.generic)):
        x = np.array(x)
    size = int(np.prod(x.shape))
    return dict(nbytes=size * x.dtype.itemsize, size=size, shape=tuple(x.shape), rank=len(x.shape))


def nhwc_to_nchw(x):
    return np.einsum("bhwc->bchw", x).copy()


def pad_batch(seqs, pad=0.0):
    if not seqs:
        raise ValueError("pad_batch needs at least one sequence")
    lengths = np.array([s.shape[0] for s in seqs])
    gaps = lengths.max() - lengths
    batch = np.stack([
        np.pad(np.asarray(s, np.float64), [(0, gap), (0, 0)], constant_values=pad) for s, gap in zip(seqs, gaps)
    ])
    mask = np.stack([np.r_[np.ones(n, bool), np.zeros(gap, bool)] for n, gap in zip(lengths, gaps)])
    return batch, mask


def parameter_bytes(shapes, dtype="float32"):
    total = 0
    for shape in shapes:
        total += functools.reduce(operator.mul, shape, 1) * np.dtype(dtype).itemsize
    return total
