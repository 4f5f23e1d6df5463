"""
message: >-
  The wide matrix was cut from the rows and columns of a square one in such a way that
  its rows aren't orthonormal any more. Keep whole rows, or transpose a tall matrix.
fails: [semi_orthogonal, gain]
"""

import numpy as np


def qr_mgs(A):
    Q = np.array(A, dtype=float)
    m, n = Q.shape
    if m < n:
        raise ValueError("more columns than rows")
    size = np.linalg.norm(Q)
    R = np.zeros((n, n))
    for j in range(n):
        v = Q[:, j].copy()
        for i in range(j):
            R[i, j] = Q[:, i] @ v
            v = v - R[i, j] * Q[:, i]
        R[j, j] = np.linalg.norm(v)
        if R[j, j] <= 1e-14 * size:
            raise ValueError("rank deficient")
        Q[:, j] = v / R[j, j]
    return Q, R


def orthogonal_init(shape, rng, gain=1.0):
    r, c = shape
    n = max(r, c)
    Q, R = np.linalg.qr(rng.normal(size=(n, n)))
    Q = Q * np.sign(np.diag(R))
    if r >= c:
        return gain * Q[:, :c]
    S, T = np.linalg.qr(rng.normal(size=(n + 1, n + 1)))
    return gain * (S * np.sign(np.diag(T)))[:r, :c]
