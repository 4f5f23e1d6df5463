"""
message: >-
  Equal values were merged into one. Each of them is an outcome of its own, with its
  own share.
fails: [exponential_family, maxent_near_end]
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
    values, back = np.unique(values, return_inverse=True)
    def excess(beta):
        return np.average(values, weights=_softmax(-beta * values)) - mean

    high = 1.0
    while not excess(high) < 0 < excess(-high):
        high *= 2.0
    low = -high
    while low < (middle := (low + high) / 2) < high:
        if excess(middle) > 0:
            low = middle
        else:
            high = middle
    p = _softmax(-high * values)[back]
    return p / np.sum(p)


def _softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)
