"""
message: >-
  Flattening (j, k) of A and (k, j) of B in memory order pairs the wrong entries: k runs
  fastest in A, j in B. Exchange two axes first.
fails: [example_contract, contract, contract_all_sizes]
"""

import numpy as np


def pairwise_sq_dists(X, Y):
    diff = X[:, None, :] - Y[None, :, :]
    return (diff**2).sum(axis=-1).astype(float)


def bilinear_scores(Q, W, K):
    return Q @ W @ K.transpose(0, 2, 1)


def contract(A, B):
    return A.reshape(len(A), -1) @ B.reshape(-1, B.shape[2])


def embed(ids, E):
    if ids.dtype.kind not in "iu" or (ids < 0).any() or (ids >= len(E)).any():
        raise IndexError("ids must be whole numbers from 0 to V - 1")
    return E[ids]
