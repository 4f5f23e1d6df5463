"""Plain Python: one pair of vectors at a time, and a running best."""

import math


import numpy as np


def dot(u, v):
    if len(u) != len(v):
        raise ValueError(f"{len(u)} and {len(v)} entries")
    total = 0.0
    for a, b in zip(u, v):
        total += a * b
    return total


def length(u):
    return math.hypot(*(float(x) for x in u))


def cosine_matrix(A, B, eps=1e-12):
    C = np.zeros((len(A), len(B)))
    for i, a in enumerate(A):
        for j, b in enumerate(B):
            C[i, j] = dot(a, b) / max(length(a), eps) / max(length(b), eps)
    return C


def analogy(E, positive, negative):
    i, j = positive
    target = [float(p) - float(n) + float(q) for p, n, q in zip(E[i], E[negative], E[j])]
    best = None
    for w in range(len(E)):
        if w == i or w == j or w == negative:
            continue
        cosine = dot(E[w], target) / max(length(E[w]), 1e-12) / max(length(target), 1e-12)
        if best is None or cosine > best[0]:
            best = cosine, w
    if best is None:
        raise ValueError("every row is part of the question")
    return best[1]
