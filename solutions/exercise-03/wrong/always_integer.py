"""
message: >-
  Your sums were truncated to integers: the accumulator has an integer dtype whatever
  comes in.
fails: [written_out, matmul_values, matmul_thin, matmul_laws, int_float_promotion, matmul_shape_error]
"""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    C = np.zeros((A.shape[0], B.shape[1]), dtype=int)
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for p in range(A.shape[1]):
                C[i, j] += int(A[i, p] * B[p, j])
    return C


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
