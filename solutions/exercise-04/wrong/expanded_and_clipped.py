"""
message: >-
  Cutting negative results off at 0 hides half of the trouble: in ‖x‖² + ‖y‖² − 2x·y the
  large terms have already taken the small ones with them. Subtract before you square.
fails: [dists_translation, dists_zero_diag]
"""

import numpy as np


def pairwise_sq_dists(X, Y):
    return np.maximum((X**2).sum(axis=1)[:, None] + (Y**2).sum(axis=1) - 2.0 * X @ Y.T, 0.0)


def bilinear_scores(Q, W, K):
    return Q @ W @ K.transpose(0, 2, 1)


def contract(A, B):
    return np.tensordot(A, B, axes=([1, 2], [1, 0]))


def embed(ids, E):
    if ids.dtype.kind not in "iu" or (ids < 0).any() or (ids >= len(E)).any():
        raise IndexError("ids must be whole numbers from 0 to V - 1")
    return E[ids]
