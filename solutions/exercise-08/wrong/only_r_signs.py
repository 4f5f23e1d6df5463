"""
message: >-
  R was given a positive diagonal, but Q kept its signs, so Q R is no longer A. A row of
  R and the same column of Q turn round together.
fails: [example_by_hand, example_signs, reconstruct, unique_factors]
"""

import numpy as np


def qr_mgs(A):
    A = np.asarray(A, dtype=float)
    if A.shape[0] < A.shape[1]:
        raise ValueError("more columns than rows")
    Q, R = np.linalg.qr(A)
    if np.any(np.abs(np.diag(R)) <= 1e-14 * np.linalg.norm(A)):
        raise ValueError("rank deficient")
    return Q, R * np.sign(np.diag(R))[:, None]


def orthogonal_init(shape, rng, gain=1.0):
    r, c = shape
    Q, R = np.linalg.qr(rng.normal(size=(max(r, c), min(r, c))))
    Q = Q * np.sign(np.diag(R))
    return gain * (Q if r >= c else Q.T)
