"""Reference solution: dot product, cosine similarity, analogies."""

import numpy as np


def dot(u, v):
    """Compare the shapes first: np.dot refuses some pairs that differ, but not all."""
    if np.shape(u) != np.shape(v):
        raise ValueError("the vectors must have the same length")
    return float(np.sum(u * v))


def directions(A, eps):
    """Divide each row by its norm, or by eps where the norm is smaller."""
    return A / np.maximum(np.linalg.norm(A, axis=1, keepdims=True), eps)


def cosine_matrix(A, B, eps=1e-12):
    """Multiply unit vectors: their dot products are the cosines."""
    return directions(A, eps) @ directions(B, eps).T


def analogy(E, positive, negative):
    """Rank all rows by cosine, with the three of the question out of the race."""
    queries = [*positive, negative]
    i, j, k = queries
    if len(E) <= len(queries):
        raise ValueError("there is no other row")
    target = E[i] - E[k] + E[j]
    similarity = cosine_matrix(E, target[None])[:, 0]
    similarity[queries] = -np.inf
    # argmax gives the first of equal maxima, the lowest index.
    return int(np.argmax(similarity))
