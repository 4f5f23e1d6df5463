"""Reference solution: QR by modified Gram–Schmidt, and orthogonal initialisation."""

import numpy as np


def qr_mgs(A):
    """Normalise a column, then take its direction out of all columns that follow.

    Each projection is measured on what is left of a column, not on the column itself; in exact
    arithmetic that is the same, in floating point it keeps errors from adding up.
    """
    Q = np.array(A, dtype=np.float64)
    m, n = Q.shape
    if m < n:
        raise ValueError(f"A has more columns ({n}) than rows ({m})")
    smallest = 1e-14 * np.linalg.norm(Q)
    R = np.zeros((n, n))
    for j in range(n):
        R[j, j] = np.linalg.norm(Q[:, j])
        if R[j, j] <= smallest:
            raise ValueError(f"column {j} depends on those before it")
        Q[:, j] /= R[j, j]
        R[j, j + 1 :] = Q[:, j] @ Q[:, j + 1 :]
        Q[:, j + 1 :] -= np.outer(Q[:, j], R[j, j + 1 :])
    return Q, R


def orthogonal_init(shape, rng, gain=1.0):
    """Orthogonalise a normal matrix, the tall way round; the positive diagonal makes Q uniform."""
    r, c = shape
    if r < c:
        return orthogonal_init((c, r), rng, gain).T
    Q, _ = qr_mgs(rng.standard_normal(shape))
    return gain * Q
