"""
message: >-
  The product of both norms was kept above eps. Each norm has the floor by itself.
fails: [eps_floor]
"""

import numpy as np


def dot(u, v):
    if np.shape(u) != np.shape(v):
        raise ValueError("the shapes differ")
    return float(np.dot(u, v))


def cosine_matrix(A, B, eps=1e-12):
    a = np.linalg.norm(A, axis=1)
    b = np.linalg.norm(B, axis=1)
    return (A @ B.T) / np.maximum(a[:, None] * b[None, :], eps)


def analogy(E, positive, negative):
    i, j = positive
    if len(E) < 4:
        raise ValueError("no other row")
    target = E[i] - E[negative] + E[j]
    norms = np.maximum(np.linalg.norm(E, axis=1), 1e-12)
    scores = E @ target / norms / max(np.linalg.norm(target), 1e-12)
    scores[[i, j, negative]] = -np.inf
    return int(np.argmax(scores))
