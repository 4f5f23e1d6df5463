"""
message: >-
  All blocks were laid into the same place, or as if they had one size. Each begins
  where the one before it ends.
fails: [block_diag, batch_of_graphs]
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
    n = len(mats[0])
    out = np.zeros((sum(map(len, mats)),) * 2)
    for i, M in enumerate(mats):
        part = out[i * n : i * n + len(M), i * n : i * n + len(M)]
        part[...] = M[: len(part), : len(part)]
    return out
