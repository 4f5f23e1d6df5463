"""
message: >-
  The absolute values of the products were summed, but opposite signs must cancel: the
  dot product of vectors at a right angle is 0.
fails: [example_dot, dot_value, dot_shape_error]
"""

import numpy as np


def dot(u, v):
    if np.shape(u) != np.shape(v):
        raise ValueError("the shapes differ")
    return float(np.abs(u * v).sum())


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
    scores = E @ target / norms / max(np.linalg.norm(target), 1e-12)
    scores[[i, j, negative]] = -np.inf
    return int(np.argmax(scores))
