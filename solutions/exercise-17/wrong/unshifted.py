"""
message: >-
  Values near 1000 made e^(−βv) overflow or vanish. A constant may be taken from all
  exponents without changing p.
fails: [maxent_shift, maxent_near_end]
"""

import numpy as np


def is_convex_quadratic(P, tol=1e-9):
    return np.min(np.linalg.eigvalsh((P + P.T) / 2)) >= -tol


def midpoint_gap(f, X, Y):
    left, right, middle = (np.array([f(x) for x in points]) for points in (X, Y, (X + Y) / 2))
    return np.max(middle - (left + right) / 2)


def solve_equality_qp(P, q, A, b):
    m, n = A.shape
    both = np.linalg.solve(np.block([[P, A.T], [A, np.zeros((m, m))]]), np.concatenate([-q, b]))
    return both[:n], both[n:]


def max_entropy(values, mean):
    if not np.min(values) < mean < np.max(values):
        raise ValueError("the mean must lie between the smallest and the largest value")
    v = np.asarray(values, dtype=float)
    low, high = -4.0 / np.std(v) * 3, 4.0 / np.std(v) * 3
    for _ in range(200):
        middle = (low + high) / 2
        e = np.exp(-middle * v)
        if np.sum(e * v) / np.sum(e) > mean:
            low = middle
        else:
            high = middle
    return e / np.sum(e)


def _softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)
