"""Products with diagonal matrices; the roots are taken where there is a degree."""

import numpy as np


def degrees(A):
    return A @ np.ones(A.shape[0])


def laplacian(A):
    L = -A
    np.fill_diagonal(L, degrees(A))
    return L


def normalized_adjacency(A, self_loops=True):
    B = np.array(A, dtype=float)
    if self_loops:
        B[np.diag_indices_from(B)] += 1
    d = B.sum(axis=0)
    root = np.zeros_like(d)
    np.divide(1.0, np.sqrt(d), out=root, where=d > 0)
    return np.diag(root) @ B @ np.diag(root)


def propagate(A, H, W):
    return np.maximum(0, normalized_adjacency(A) @ (H @ W))


def block_diag(mats):
    rows = []
    sizes = [m.shape[0] for m in mats]
    for i, m in enumerate(mats):
        rows.append(np.hstack([m if j == i else np.zeros((m.shape[0], s)) for j, s in enumerate(sizes)]))
    return np.vstack(rows)
