"""
message: >-
  The rows of A are compared with the rows of B. The inner sizes are A's columns and B's
  rows.
fails: [matmul_shape_error]
"""

import numpy as np


def matmul(A, B):
    if A.shape[0] != B.shape[0] and A.shape[1] != B.shape[0]:
        raise ValueError("sizes differ")
    k = min(A.shape[1], B.shape[0])
    return (A[:, :k, None] * B[None, :k, :]).sum(axis=1, dtype=np.result_type(A, B))


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
