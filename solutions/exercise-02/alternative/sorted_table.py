"""A stable sort of the whole table of dot products over an outer product of norms."""

import numpy as np


def dot(u, v):
    if np.array(u).size != np.array(v).size:
        raise ValueError("u and v must be equally long")
    return (np.array(u, float)[None, :] @ np.array(v, float)[:, None])[0, 0]


def cosine_matrix(A, B, eps=1e-12):
    floor = lambda M: np.clip(np.sqrt(np.einsum("ij,ij->i", M, M, dtype=float)), eps, None)
    return np.tensordot(A, B, axes=([1], [1])) / np.outer(floor(A), floor(B))


def analogy(E, positive, negative):
    i, j = positive
    signs = np.zeros(len(E))
    signs[i] += 1
    signs[j] += 1
    signs[negative] -= 1
    cosines = cosine_matrix((signs @ E)[None, :], E).ravel()
    for w in np.argsort(-cosines, kind="stable"):
        if signs[w] == 0:
            return int(w)
    raise ValueError("only the three rows of the question are there")
