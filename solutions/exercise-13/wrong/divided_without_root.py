"""
message: >-
  Each entry was divided by the degrees of both ends, without the root: nodes with many
  neighbours fade away, and the largest eigenvalue falls below 1.
fails: [example_normalised, example_layer, values, without_self_loops, scale_of_weights, top_eigenvalue_one, propagate]
"""

import numpy as np


def degrees(A):
    return A.sum(axis=1)


def laplacian(A):
    return np.diag(A.sum(axis=1)) - A


def normalized_adjacency(A, self_loops=True):
    B = A + np.eye(len(A)) if self_loops else A
    d = B.sum(axis=1)
    root = np.where(d > 0, d, 1.0)
    return B / root[:, None] / root[None, :]


def propagate(A, H, W):
    return np.maximum(normalized_adjacency(A) @ H @ W, 0.0)


def block_diag(mats):
    n = sum(len(M) for M in mats)
    out = np.zeros((n, n))
    at = 0
    for M in mats:
        out[at : at + len(M), at : at + len(M)] = M
        at += len(M)
    return out
