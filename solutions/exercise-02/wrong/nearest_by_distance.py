"""
message: >-
  You looked for the smallest distance, which depends on the length of a vector. The
  highest cosine is asked for.
fails: [analogy_lengths, excludes_queries, analogy_zero_row, ties]
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
    target = E[i] - E[negative] + E[j]
    norms = np.maximum(np.linalg.norm(E, axis=1), 1e-12)
    scores = -np.linalg.norm(E - target, axis=1)
    scores[[i, j, negative]] = -np.inf
    return int(np.argmax(scores))
