"""Cosines from the distances of unit vectors: ‖a − b‖² = ‖a‖² + ‖b‖² − 2 a·b."""

import numpy as np


def dot(u, v):
    u, v = np.asarray(u, dtype=float), np.asarray(v, dtype=float)
    if u.shape != v.shape:
        raise ValueError("shapes differ")
    return np.einsum("i,i->", u, v)


def _units(A, eps):
    A = np.array(A, dtype=float)
    n = np.sqrt(np.sum(A**2, axis=-1))
    n[n < eps] = eps
    return A / n[:, np.newaxis]


def cosine_matrix(A, B, eps=1e-12):
    a, b = _units(A, eps)[:, None, :], _units(B, eps)[None, :, :]
    return ((a + b) ** 2 - (a - b) ** 2).sum(axis=2) / 4


def analogy(E, positive, negative):
    out = {*positive, negative}
    rest = np.array([w for w in range(E.shape[0]) if w not in out])
    if rest.size == 0:
        raise ValueError("no candidates")
    query = E[list(positive)].sum(axis=0) - E[negative]
    return rest[cosine_matrix(E[rest], query.reshape(1, -1)).argmax()]
