"""
message: >-
  You divided by squared norms. A norm is the root of the sum of squares.
fails: [example_cosine, cosine_values, cosine_equal_sizes, scale_invariance, zero_vector, eps_floor]
"""

import numpy as np


def dot(u, v):
    if np.shape(u) != np.shape(v):
        raise ValueError("the shapes differ")
    return float(np.dot(u, v))


def cosine_matrix(A, B, eps=1e-12):
    a = np.maximum((A * A).sum(axis=1), eps)
    b = np.maximum((B * B).sum(axis=1), eps)
    return (A @ B.T) / (a[:, None] * b[None, :])


def analogy(E, positive, negative):
    i, j = positive
    if len(E) < 4:
        raise ValueError("no other row")
    target = E[i] - E[negative] + E[j]
    norms = np.maximum(np.linalg.norm(E, axis=1), 1e-12)
    scores = E @ target / norms / max(np.linalg.norm(target), 1e-12)
    scores[[i, j, negative]] = -np.inf
    return int(np.argmax(scores))
