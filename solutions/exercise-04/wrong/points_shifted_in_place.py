"""
message: >-
  Your function shifts the caller's points. Make new arrays instead.
fails: [dists_values, no_mutation]
"""

import numpy as np


def pairwise_sq_dists(X, Y):
    if X.dtype.kind == "f":
        centre = X[0].copy()
        X -= centre
        Y -= centre
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
