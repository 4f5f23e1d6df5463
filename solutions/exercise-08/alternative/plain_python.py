"""Lists of columns, column by column; a square orthogonal matrix cut to whole rows or columns."""

import math

import numpy as np


def qr_mgs(A):
    columns = [[float(x) for x in column] for column in zip(*np.asarray(A))]
    n, m = len(columns), len(columns[0])
    if m < n:
        raise ValueError("more columns than rows")
    size = math.hypot(*(x for column in columns for x in column))
    R = [[0.0] * n for _ in range(n)]
    done = []
    for j, v in enumerate(columns):
        for i, q in enumerate(done):
            R[i][j] = math.fsum(a * b for a, b in zip(q, v))
            v = [b - R[i][j] * a for a, b in zip(q, v)]
        R[j][j] = math.hypot(*v)
        if R[j][j] <= size * 1e-14:
            raise ValueError("rank deficient")
        done.append([x / R[j][j] for x in v])
    return np.array(done).T, np.array(R)


def orthogonal_init(shape, rng, gain=1.0):
    n = max(shape)
    if min(shape) < n / 4:
        tall = np.linalg.qr(rng.normal(size=(n, min(shape))))
        Q = tall[0] * np.sign(np.diag(tall[1]))
        return gain * (Q if shape[0] == n else Q.T)
    Q, _ = qr_mgs(rng.normal(size=(n, n)))
    return gain * Q[: shape[0], : shape[1]]
