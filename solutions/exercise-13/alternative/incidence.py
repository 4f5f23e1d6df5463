"""The Laplacian from the edges: each edge is a row with +√w and −√w at its ends."""

import numpy as np


def degrees(A):
    return np.diag(laplacian(A)).copy()


def laplacian(A):
    i, j = np.nonzero(np.triu(A))
    root = np.sqrt(A[i, j])
    M = np.zeros((len(i), len(A)))
    M[np.arange(len(i)), i] = root
    M[np.arange(len(i)), j] = -root
    return M.T @ M


def normalized_adjacency(A, self_loops=True):
    d = degrees(A) + bool(self_loops)
    s = d.copy()
    s[d > 0] **= -0.5
    return s[:, None] * (A + self_loops * np.eye(len(A))) * s[None, :]


def propagate(A, H, W):
    Z = np.einsum("ij,jf,fg->ig", normalized_adjacency(A), H, W)
    return (Z + np.abs(Z)) / 2


def block_diag(mats):
    out = np.zeros((0, 0))
    for m in mats:
        out = np.pad(out, ((0, len(m)), (0, len(m))))
        out[-len(m) :, -len(m) :] = m
    return out
