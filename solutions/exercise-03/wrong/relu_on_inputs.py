"""
message: >-
  relu is applied to the inputs; it bends the outputs of the layer.
fails: [example_dense, dense_relu]
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
    return (np.maximum(X, 0) if activation == "relu" else X) @ W + b


def dense_column(W, x, b):
    return W @ x + b
