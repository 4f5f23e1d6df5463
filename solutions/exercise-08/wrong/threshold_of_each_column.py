"""
message: >-
  What is left of a column was compared with the column itself. What counts as nothing depends on
  the size of the whole matrix, its Frobenius norm.
fails: [rank_deficient]
"""

import numpy as np


def qr_mgs(A):
    Q = np.array(A, dtype=float)
    m, n = Q.shape
    if m < n:
        raise ValueError("more columns than rows")
    R = np.zeros((n, n))
    for j in range(n):
        v = Q[:, j].copy()
        for i in range(j):
            R[i, j] = Q[:, i] @ v
            v = v - R[i, j] * Q[:, i]
        R[j, j] = np.linalg.norm(v)
        if R[j, j] <= 1e-14 * np.linalg.norm(A[:, j]):
            raise ValueError("rank deficient")
        Q[:, j] = v / R[j, j]
    return Q, R


def orthogonal_init(shape, rng, gain=1.0):
    r, c = shape
    Q, R = np.linalg.qr(rng.normal(size=(max(r, c), min(r, c))))
    Q = Q * np.sign(np.diag(R))
    return gain * (Q if r >= c else Q.T)
