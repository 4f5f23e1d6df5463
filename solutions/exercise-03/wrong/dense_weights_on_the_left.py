"""
message: >-
  The weights stand on the left of the batch. A sample is a row of X, so X stands on the
  left: XW.
fails: [dense_values, dense_relu]
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
    Z = (W @ X if X.shape[0] == X.shape[1] == W.shape[0] == W.shape[1] else X @ W) + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
