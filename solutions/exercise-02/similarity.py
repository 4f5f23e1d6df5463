"""Reference solution: dot product, cosine similarity, analogies."""

import numpy as np


def dot(u, v):
    """Compare the shapes first: the product would stretch a vector of length 1."""
    if np.shape(u) != np.shape(v):
        raise ValueError("the vectors must have the same length")
    return np.sum(u * v)


def directions(A, eps):
    """Divide each row by its norm, or by eps where the norm is smaller."""
    return A / np.linalg.norm(A, axis=1, keepdims=True).clip(min=eps)


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
    (similarity,) = cosine_matrix(target[None], E)
    similarity[queries] = -np.inf
    # argmax gives the first of equal maxima, the lowest index.
    return np.argmax(similarity)
