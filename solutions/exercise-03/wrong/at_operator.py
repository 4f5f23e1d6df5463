"""
message: >-
  The sums are to be written out by hand in matmul: multiply and add single entries, or
  whole rows and columns.
fails: [written_out]
"""

import numpy as np


def matmul(A, B):
    return A @ B


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
