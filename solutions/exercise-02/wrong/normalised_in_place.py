"""
message: >-
  Your function divides in place, so it writes into the caller's arrays. Make new arrays
  instead.
fails: [no_mutation]
"""

import numpy as np


def dot(u, v):
    if np.shape(u) != np.shape(v):
        raise ValueError("the shapes differ")
    return float(np.dot(u, v))


def cosine_matrix(A, B, eps=1e-12):
    if A.dtype.kind != "f" or B.dtype.kind != "f":
        A, B = A.astype(float), B.astype(float)
    A /= np.maximum(np.linalg.norm(A, axis=1, keepdims=True), eps)
    B /= np.maximum(np.linalg.norm(B, axis=1, keepdims=True), eps)
    return A @ B.T


def analogy(E, positive, negative):
    i, j = positive
    if len(E) < 4:
        raise ValueError("no other row")
    target = E[i] - E[negative] + E[j]
    norms = np.maximum(np.linalg.norm(E, axis=1), 1e-12)
    scores = E @ target / norms / max(np.linalg.norm(target), 1e-12)
    scores[[i, j, negative]] = -np.inf
    return int(np.argmax(scores))
