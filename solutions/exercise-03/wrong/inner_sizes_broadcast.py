"""
message: >-
  Broadcasting stretches an inner axis of length 1 to any length. A matrix product must
  refuse it: compare the inner sizes first.
fails: [matmul_shape_error]
"""

import numpy as np


def matmul(A, B):
    return (A[:, :, None] * B[None, :, :]).sum(axis=1, dtype=np.result_type(A, B))


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
