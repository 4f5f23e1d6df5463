"""
message: >-
  A square matrix always comes out with determinant +1: only rotations are drawn. Orthogonal
  matrices that mirror are just as likely; leave the signs as a positive diagonal of R makes them.
fails: [both_signs]
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
    Q, R = np.linalg.qr(rng.normal(size=(max(r, c), min(r, c))))
    Q = Q * np.where(np.diag(R) < 0, -1.0, 1.0)
    if r == c and np.linalg.det(Q) < 0:
        Q[:, -1] *= -1.0
    return gain * (Q if r >= c else Q.T)
