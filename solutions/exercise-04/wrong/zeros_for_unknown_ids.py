"""
message: >-
  An id outside the vocabulary fits no column of the one-hot rows, so that its embedding
  came out as zeros. Refuse it with an IndexError.
fails: [embed_negative, embed_range]
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
    if ids.dtype.kind not in "iu":
        raise IndexError("ids must be whole numbers")
    return (ids[..., None] == np.arange(len(E))).astype(float) @ E
