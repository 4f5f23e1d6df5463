"""
message: >-
  The three vectors were normalised before they were added. Combine them at their own
  lengths; only the comparison divides by norms.
fails: [analogy_lengths, analogy_zero_row]
"""

import numpy as np


def dot(u, v):
    if np.shape(u) != np.shape(v):
        raise ValueError("the shapes differ")
    return float(np.dot(u, v))


def cosine_matrix(A, B, eps=1e-12):
    a = np.maximum(np.linalg.norm(A, axis=1), eps)
    b = np.maximum(np.linalg.norm(B, axis=1), eps)
    return (A @ B.T) / (a[:, None] * b[None, :])


def analogy(E, positive, negative):
    i, j = positive
    if len(E) < 4:
        raise ValueError("no other row")
    norms = np.maximum(np.linalg.norm(E, axis=1), 1e-12)
    N = E / norms[:, None]
    target = N[i] - N[negative] + N[j]
    scores = E @ target / norms / max(np.linalg.norm(target), 1e-12)
    scores[[i, j, negative]] = -np.inf
    return int(np.argmax(scores))
