"""
message: >-
  Q came back as a square (m, m) matrix. For a tall A it has as many columns as A, and R
  is (n, n).
fails: [example_by_hand, reconstruct, orthonormal, upper, positive_diag, unique_factors, laeuchli_orthogonality, nearly_dependent, rank_deficient, wide_refused, scale_free]
"""

import numpy as np


def qr_mgs(A):
    A = np.asarray(A, dtype=float)
    m, n = A.shape
    if m < n:
        raise ValueError("more columns than rows")
    Q, R = np.linalg.qr(A, mode="complete")
    s = np.sign(np.diag(R))
    if np.any(np.abs(np.diag(R)) <= 1e-14 * np.linalg.norm(A)):
        raise ValueError("rank deficient")
    Q[:, :n] *= s
    R[:n] *= s[:, None]
    return Q, R


def orthogonal_init(shape, rng, gain=1.0):
    r, c = shape
    Q, R = np.linalg.qr(rng.normal(size=(max(r, c), min(r, c))))
    Q = Q * np.sign(np.diag(R))
    return gain * (Q if r >= c else Q.T)
