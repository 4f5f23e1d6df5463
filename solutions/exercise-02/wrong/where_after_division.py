"""
message: >-
  The value is right, but `np.where` computes both of its branches: 0/0 was still formed
  on the way. Raise the norms to eps before you divide.
fails: [no_warnings]
"""

import numpy as np


def dot(u, v):
    if np.shape(u) != np.shape(v):
        raise ValueError("the shapes differ")
    return float(np.dot(u, v))


def cosine_matrix(A, B, eps=1e-12):
    a = np.maximum(np.linalg.norm(A, axis=1), eps)
    b = np.maximum(np.linalg.norm(B, axis=1), eps)
    raw = (A @ B.T) / np.outer(np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1))
    floored = (A @ B.T) / (a[:, None] * b[None, :])
    above = np.outer(np.linalg.norm(A, axis=1) >= eps, np.linalg.norm(B, axis=1) >= eps)
    return np.where(above, raw, floored)


def analogy(E, positive, negative):
    i, j = positive
    if len(E) < 4:
        raise ValueError("no other row")
    target = E[i] - E[negative] + E[j]
    norms = np.maximum(np.linalg.norm(E, axis=1), 1e-12)
    scores = E @ target / norms / max(np.linalg.norm(target), 1e-12)
    scores[[i, j, negative]] = -np.inf
    return int(np.argmax(scores))
