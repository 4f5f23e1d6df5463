"""
message: >-
  The sum is right, but it stands at (j, i) instead of (i, j).
fails: [seed_house_prices, written_out, matmul_values, matmul_thin, matmul_laws, int_float_promotion, matmul_shape_error]
"""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    C = np.zeros((B.shape[1], A.shape[0]), dtype=np.result_type(A, B))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            C[j, i] = (A[i] * B[:, j]).sum()
    return C


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
