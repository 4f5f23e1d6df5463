"""
message: >-
  The columns of Q are perpendicular, but don't have length 1. Divide each by the length
  that was left, $R_{jj}$.
fails: [example_by_hand, example_signs, orthonormal, upper, positive_diag, unique_factors, laeuchli_orthogonality, nearly_dependent, scale_free]
"""

import numpy as np


def qr_mgs(A):
    Q = np.array(A, dtype=float)
    m, n = Q.shape
    if m < n:
        raise ValueError("more columns than rows")
    size = np.linalg.norm(Q)
    R = np.eye(n)
    for j in range(n):
        for i in range(j):
            R[i, j] = Q[:, i] @ Q[:, j] / (Q[:, i] @ Q[:, i])
            Q[:, j] -= R[i, j] * Q[:, i]
        if np.linalg.norm(Q[:, j]) <= 1e-14 * size:
            raise ValueError("rank deficient")
    return Q, R


def orthogonal_init(shape, rng, gain=1.0):
    r, c = shape
    Q, R = np.linalg.qr(rng.normal(size=(max(r, c), min(r, c))))
    Q = Q * np.sign(np.diag(R))
    return gain * (Q if r >= c else Q.T)
