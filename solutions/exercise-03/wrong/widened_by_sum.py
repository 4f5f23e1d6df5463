"""
message: >-
  Two int32 gave int64, as np.sum does with short integers unless told otherwise. The stub asks
  for the promoted dtype of A and B.
fails: [int_float_promotion]
"""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    return (A[:, :, None] * B[None]).sum(axis=1)


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
