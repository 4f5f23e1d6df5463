r"""
message: >-
  W is too small by a root: W itself, not $W^\top W$, is multiplied by the gain.
fails: [gain]
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
    Q = Q * np.sign(np.diag(R))
    return np.sqrt(gain) * (Q if r >= c else Q.T)
