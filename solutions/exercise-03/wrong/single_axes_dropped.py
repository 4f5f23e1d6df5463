"""
message: >-
  The axes of length 1 were squeezed away: (m, k) times (k, 1) has the shape (m, 1).
fails: [seed_house_prices, matmul_thin]
"""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    return (A[:, :, None] * B[None, :, :]).sum(axis=1, dtype=np.result_type(A, B)).squeeze()


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
