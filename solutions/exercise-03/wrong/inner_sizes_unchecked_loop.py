"""
message: >-
  The loop runs over A's columns alone: where B has more rows they are left out, and
  where it has fewer an IndexError comes up. Compare the sizes first and raise
  ValueError.
fails: [matmul_shape_error]
"""

import numpy as np


def matmul(A, B):
    C = np.zeros((A.shape[0], B.shape[1]), dtype=np.result_type(A, B))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for p in range(A.shape[1]):
                C[i, j] += A[i, p] * B[p, j]
    return C


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
