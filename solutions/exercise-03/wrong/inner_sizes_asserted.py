"""
message: >-
  assert raises AssertionError (and nothing at all under python -O). Wrong sizes are to
  raise ValueError.
fails: [matmul_shape_error]
"""

import numpy as np


def matmul(A, B):
    assert A.shape[1] == B.shape[0]
    return (A[:, :, None] * B[None, :, :]).sum(axis=1, dtype=np.result_type(A, B))


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
