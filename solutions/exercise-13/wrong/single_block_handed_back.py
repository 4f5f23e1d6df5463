"""
message: >-
  A single block came back as the same array. Return a new one.
fails: [no_mutation]
"""

import numpy as np


def degrees(A):
    return A.sum(axis=1)


def laplacian(A):
    return np.diag(A.sum(axis=1)) - A


def normalized_adjacency(A, self_loops=True):
    B = A + np.eye(len(A)) if self_loops else A
    d = B.sum(axis=1)
    root = np.sqrt(np.where(d > 0, d, 1.0))
    return B / root[:, None] / root[None, :]


def propagate(A, H, W):
    return np.maximum(normalized_adjacency(A) @ H @ W, 0.0)


def block_diag(mats):
    if len(mats) == 1:
        return mats[0]
    n = sum(len(M) for M in mats)
    out = np.zeros((n, n))
    at = 0
    for M in mats:
        out[at : at + len(M), at : at + len(M)] = M
        at += len(M)
    return out
