"""
message: >-
  These are the signs that a library's QR chooses. Here the diagonal of R is positive:
  where it is negative, turn that column of Q and that row of R round.
fails: [example_by_hand, example_signs, upper, positive_diag, unique_factors]
"""

import numpy as np


def qr_mgs(A):
    A = np.asarray(A, dtype=float)
    if A.shape[0] < A.shape[1]:
        raise ValueError("more columns than rows")
    Q, R = np.linalg.qr(A)
    if np.any(np.abs(np.diag(R)) <= 1e-14 * np.linalg.norm(A)):
        raise ValueError("rank deficient")
    return Q, R


def orthogonal_init(shape, rng, gain=1.0):
    r, c = shape
    Q, R = np.linalg.qr(rng.normal(size=(max(r, c), min(r, c))))
    Q = Q * np.sign(np.diag(R))
    return gain * (Q if r >= c else Q.T)
