"""
message: >-
  The sums were added up in A's integer dtype, so everything behind the point was cut
  off. Add up in the promoted dtype.
fails: [int_float_promotion]
"""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    C = np.zeros((A.shape[0], B.shape[1]), dtype=A.dtype)
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for p in range(A.shape[1]):
                C[i, j] += (A[i, p] * B[p, j]).astype(C.dtype)
    return C


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
