"""
message: >-
  Every output unit got the first bias; each has its own.
fails: [example_dense, dense_values, dense_batch, dense_relu]
"""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    C = np.zeros((A.shape[0], B.shape[1]), dtype=np.result_type(A, B))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            C[i, j] = (A[i] * B[:, j]).sum()
    return C


def dense(X, W, b, activation=None):
    Z = X @ W + b[0]
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
