"""
message: >-
  Only the diagonal of W was used. Every coordinate of the query meets every coordinate
  of the key.
fails: [example_bilinear, bilinear, bilinear_equal_sizes]
"""

import numpy as np


def pairwise_sq_dists(X, Y):
    diff = X[:, None, :] - Y[None, :, :]
    return (diff**2).sum(axis=-1).astype(float)


def bilinear_scores(Q, W, K):
    return np.einsum("btp,pp,bsp->bts", Q, W, K)


def contract(A, B):
    return np.tensordot(A, B, axes=([1, 2], [1, 0]))


def embed(ids, E):
    if ids.dtype.kind not in "iu" or (ids < 0).any() or (ids >= len(E)).any():
        raise IndexError("ids must be whole numbers from 0 to V - 1")
    return E[ids]
