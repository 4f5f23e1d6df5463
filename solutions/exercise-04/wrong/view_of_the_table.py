"""
message: >-
  For ids that count upwards the rows came back as a view of E: whoever trains on the
  result writes into the table. Return a new array.
fails: [no_mutation]
"""

import numpy as np


def pairwise_sq_dists(X, Y):
    diff = X[:, None, :] - Y[None, :, :]
    return (diff**2).sum(axis=-1).astype(float)


def bilinear_scores(Q, W, K):
    return Q @ W @ K.transpose(0, 2, 1)


def contract(A, B):
    return np.tensordot(A, B, axes=([1, 2], [1, 0]))


def embed(ids, E):
    if ids.dtype.kind not in "iu" or (ids < 0).any() or (ids >= len(E)).any():
        raise IndexError("ids must be whole numbers from 0 to V - 1")
    if ids.ndim == 1 and ids.size and (ids == np.arange(ids[0], ids[0] + ids.size)).all():
        return E[ids[0] : ids[0] + ids.size]
    return E[ids]
