"""
message: >-
  Computed in float32, the distances have only about seven digits, and far from the
  origin not even those. Keep float64.
fails: [dists_values, dists_equal_sizes, dists_translation, dists_zero_diag]
"""

import numpy as np


def pairwise_sq_dists(X, Y):
    X, Y = X.astype(np.float32), Y.astype(np.float32)
    diff = X[:, None, :] - Y[None, :, :]
    return (diff**2).sum(axis=-1).astype(float)


def bilinear_scores(Q, W, K):
    return Q @ W @ K.transpose(0, 2, 1)


def contract(A, B):
    return np.tensordot(A, B, axes=([1, 2], [1, 0]))


def embed(ids, E):
    if ids.dtype.kind not in "iu" or (ids < 0).any() or (ids >= len(E)).any():
        raise IndexError("ids must be whole numbers from 0 to V - 1")
    return E[ids]
