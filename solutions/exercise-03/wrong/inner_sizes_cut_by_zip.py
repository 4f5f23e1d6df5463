"""
message: >-
  zip stops at the end of the shorter one, so the surplus is dropped without a word.
  Compare the inner sizes first.
fails: [matmul_shape_error]
"""

import numpy as np


def matmul(A, B):
    dtype = np.result_type(A, B)
    return np.array([[sum(a * b for a, b in zip(row, col)) for col in B.T] for row in A], dtype=dtype)


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
