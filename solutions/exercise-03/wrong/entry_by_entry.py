"""
message: >-
  * multiplies entry by entry where the shapes agree. A matrix product sums over an
  index.
fails: [written_out, matmul_values, matmul_laws, int_float_promotion]
"""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    if A.shape == B.shape:
        return A * B
    return (A[:, :, None] * B[None, :, :]).sum(axis=1, dtype=np.result_type(A, B))


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
