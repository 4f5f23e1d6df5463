"""
message: >-
  matmul leaves the work to a helper that uses dot. Whatever matmul calls is to be
  written out by hand too.
fails: [written_out]
"""

import numpy as np


def entry(row, column):
    return np.dot(row, column)


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    return np.array([[entry(row, column) for column in B.T] for row in A])


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
