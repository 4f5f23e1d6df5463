"""Messages along the edges, one node at a time."""

import math

import numpy as np


def degrees(A):
    return [float(sum(row)) for row in A]


def laplacian(A):
    n = len(A)
    L = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i != j:
                L[i, j] -= A[i, j]
                L[i, i] += A[i, j]
    return L


def normalized_adjacency(A, self_loops=True):
    n = len(A)
    B = A + np.identity(n) if self_loops else A
    d = degrees(B)
    out = np.zeros((n, n), order="F")
    for i in range(n):
        for j in range(n):
            if B[i, j] != 0:
                out[i, j] = B[i, j] / math.sqrt(d[i]) / math.sqrt(d[j])
    return out


def propagate(A, H, W):
    P = normalized_adjacency(A)
    messages = [sum(P[i, j] * H[j] for j in range(len(A))) for i in range(len(A))]
    out = np.array(messages) @ W
    return np.where(out < 0, 0.0, out)


def block_diag(mats):
    total = sum(len(m) for m in mats)
    out = np.zeros((total, total))
    at = 0
    for m in mats:
        n = len(m)
        out[at : at + n, at : at + n] += m
        at += n
    return out
