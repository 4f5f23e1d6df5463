"""
message: >-
  Ids that aren't whole numbers were cut to whole ones, which hides a fault upstream.
  Refuse floats with an IndexError.
fails: [embed_not_integers]
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
    ids = ids.astype(int)
    if (ids < 0).any() or (ids >= len(E)).any():
        raise IndexError("ids must lie between 0 and V - 1")
    return E[ids]
