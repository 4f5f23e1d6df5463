"""
message: >-
  The terms are averaged; the entry is their sum.
fails: [seed_house_prices, written_out, matmul_values, matmul_thin, matmul_laws, int_float_promotion, matmul_shape_error]
"""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    return (A[:, :, None] * B[None, :, :]).sum(axis=1) / A.shape[1]


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
