"""Plain loops over every index."""

import itertools
import operator

import numpy as np


def pairwise_sq_dists(X, Y):
    D = np.zeros((len(X), len(Y)))
    for i, x in enumerate(X):
        for j, y in enumerate(Y):
            D[i, j] = sum((float(a) - float(b)) ** 2 for a, b in zip(x, y))
    return D


def bilinear_scores(Q, W, K):
    (B, T, d), S = Q.shape, K.shape[1]
    out = np.zeros((B, T, S))
    for b, t, s in itertools.product(range(B), range(T), range(S)):
        total = 0.0
        for p in range(d):
            for q in range(d):
                total += Q[b, t, p] * W[p, q] * K[b, s, q]
        out[b, t, s] = total
    return out


def contract(A, B):
    I, J, K = A.shape
    L = B.shape[-1]
    C = [[0.0] * L for _ in range(I)]
    for i, j, k, l in itertools.product(range(I), range(J), range(K), range(L)):
        C[i][l] += A[i, j, k] * B[k, j, l]
    return np.array(C)


def embed(ids, E):
    rows = []
    for token in ids.reshape(-1).tolist():
        if not isinstance(token, int) or token not in range(E.shape[0]):
            raise IndexError(f"{token} is no row of E")
        rows.append(E[operator.index(token)])
    return np.stack(rows).reshape(ids.shape + E.shape[1:])
