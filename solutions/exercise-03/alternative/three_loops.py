"""Three nested loops, and a layer that works sample by sample."""

import numpy as np


def matmul(A, B):
    m, inner = A.shape
    rows, n = B.shape
    if inner != rows:
        raise ValueError("inner dimensions differ")
    C = np.zeros((m, n), dtype=np.promote_types(A.dtype, B.dtype))
    for i in range(m):
        for j in range(n):
            dot = C.dtype.type(0)
            for p in range(inner):
                dot += A[i, p] * B[p, j]
            C[i, j] = dot
    return C


def dense_column(W, x, b):
    return W.dot(x) + b


def dense(X, W, b, activation=None):
    Y = np.stack([dense_column(W.T, x, b) for x in X])
    if activation == "relu":
        Y[Y < 0] = 0
    return Y
