"""Halves the longest side until one number is left; entries are then joined as blocks."""

import numpy as np


def _product(A, B):
    (m, k), n = A.shape, B.shape[1]
    if m == k == n == 1:
        return A * B
    if k >= max(m, n):
        h = k // 2
        return _product(A[:, :h], B[:h]) + _product(A[:, h:], B[h:])
    if m >= n:
        h = m // 2
        return np.concatenate([_product(A[:h], B), _product(A[h:], B)])
    h = n // 2
    return np.concatenate([_product(A, B[:, :h]), _product(A, B[:, h:])], axis=1)


def matmul(A, B):
    if np.shape(A)[1] != np.shape(B)[0]:
        raise ValueError
    return _product(np.asarray(A), np.asarray(B))


def dense(X, W, b, activation=None):
    Y = np.add(matmul(X, W), b)
    if activation is None:
        return Y
    return np.where(Y > 0, Y, 0)


def dense_column(W, x, b):
    return matmul(W, x.reshape(-1, 1)).ravel() + b
