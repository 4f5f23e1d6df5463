"""
message: >-
  A product helper under another name is still the helper: write the sums out by hand.
fails: [written_out]
"""

import numpy as np
from numpy import einsum as contract


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
    return contract("ip,pj->ij", A, B)


def dense(X, W, b, activation=None):
    Z = X @ W + b
    return np.maximum(Z, 0) if activation == "relu" else Z


def dense_column(W, x, b):
    return W @ x + b
