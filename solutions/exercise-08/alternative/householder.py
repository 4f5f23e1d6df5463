"""NumPy's QR with the signs turned; the initialiser draws independent signs for the columns."""

import numpy as np


def qr_mgs(A):
    A = np.asarray(A, dtype=float)
    m, n = A.shape
    if m < n:
        raise ValueError("A must not be wide")
    Q, R = np.linalg.qr(A)
    d = np.diag(R)
    if (np.abs(d) <= 1e-14 * np.sqrt(np.einsum("ij,ij", A, A))).any():
        raise np.linalg.LinAlgError("A is rank deficient")
    s = np.where(d < 0, -1.0, 1.0)
    return Q * s, np.triu(R * s[:, None])


def orthogonal_init(shape, rng, gain=1.0):
    rows, columns = shape
    if rows < columns:
        return np.ascontiguousarray(orthogonal_init((columns, rows), rng, gain).T)
    Q = np.linalg.qr(rng.standard_normal(shape))[0]
    return gain * Q * (2 * rng.integers(0, 2, size=columns) - 1)
