"""
message: >-
  That is BA where both products exist. The order counts: AB and BA differ.
fails: [written_out, matmul_values, matmul_thin, matmul_laws, int_float_promotion]
"""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    if A.shape[0] == B.shape[1]:
        A, B = B, A
    return (A[:, :, None] * B[None, :, :]).sum(axis=1)


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
