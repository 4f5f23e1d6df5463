"""
message: >-
  Rows of A meet rows of B here, which is A times Bᵀ. In the product a row of A meets a
  column of B.
fails: [written_out, matmul_values, matmul_laws, int_float_promotion]
"""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    if B.shape[0] != B.shape[1]:
        B = B.T
    return (A[:, None, :] * B[None, :, :]).sum(axis=2, dtype=np.result_type(A, B))


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
