"""Classical Gram–Schmidt done twice for each column; the polar factor of a normal matrix."""

import numpy as np


def qr_mgs(A):
    A = np.array(A, dtype=float)
    m, n = A.shape
    if m < n:
        raise ValueError("m < n")
    Q, R = np.empty((m, 0)), np.zeros((n, n))
    for j, a in enumerate(A.T):
        h = Q.T @ a
        v = a - Q @ h
        g = Q.T @ v
        v = v - Q @ g
        R[:j, j] = h + g
        R[j, j] = np.sqrt(v @ v)
        if not R[j, j] > 1e-14 * np.linalg.norm(A, "fro"):
            raise ValueError("dependent columns")
        Q = np.column_stack([Q, v / R[j, j]])
    return [Q, R]


def orthogonal_init(shape, rng, gain=1.0):
    U, _, Vt = np.linalg.svd(rng.normal(size=shape), full_matrices=False)
    return gain * (U @ Vt)
