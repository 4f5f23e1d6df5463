"""
message: >-
  Only the share along the direction just before is taken out. A column has shares along
  all earlier directions.
fails: [orthonormal, upper, positive_diag, unique_factors, laeuchli_orthogonality, nearly_dependent, rank_deficient, scale_free]
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
        if j > 0:
            R[j - 1, j] = Q[:, j - 1] @ Q[:, j]
            Q[:, j] -= R[j - 1, j] * Q[:, j - 1]
        R[j, j] = np.linalg.norm(Q[:, j])
        if R[j, j] <= 1e-14 * size:
            raise ValueError("rank deficient")
        Q[:, j] /= R[j, j]
    return Q, R


def orthogonal_init(shape, rng, gain=1.0):
    r, c = shape
    Q, R = np.linalg.qr(rng.normal(size=(max(r, c), min(r, c))))
    Q = Q * np.sign(np.diag(R))
    return gain * (Q if r >= c else Q.T)
