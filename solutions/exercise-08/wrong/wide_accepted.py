"""
message: >-
  A matrix with more columns than rows went through. There can't be more orthonormal
  columns than entries in a column: ValueError.
fails: [wide_refused]
"""

import numpy as np


def qr_mgs(A):
    Q = np.array(A, dtype=float)
    m, n = Q.shape
    size = np.linalg.norm(Q)
    R = np.zeros((n, n))
    for j in range(n):
        for i in range(j):
            R[i, j] = Q[:, i] @ Q[:, j]
            Q[:, j] -= R[i, j] * Q[:, i]
        R[j, j] = np.linalg.norm(Q[:, j])
        if R[j, j] <= 1e-14 * size and j < m:
            raise ValueError("rank deficient")
        Q[:, j] /= R[j, j]
    return Q, R


def orthogonal_init(shape, rng, gain=1.0):
    r, c = shape
    Q, R = np.linalg.qr(rng.normal(size=(max(r, c), min(r, c))))
    Q = Q * np.sign(np.diag(R))
    return gain * (Q if r >= c else Q.T)
