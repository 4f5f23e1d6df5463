"""
message: >-
  Newton's steps overshoot where the mean hardly answers to beta, and never come back.
  Keep the search between two bounds, and halve whenever a step would leave them.
fails: [maxent_near_end]
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
    scale = np.max(values) - np.min(values)
    off = (values - mean) / scale if scale > 0 else values - mean
    if not np.min(off) < 0 < np.max(off):
        raise ValueError("the mean must lie between the smallest and the largest value")
    beta = 0.0
    for _ in range(200):
        p = _softmax(-beta * off)
        gap = np.sum(p * off)
        slope = np.sum(p * (off - gap) ** 2)
        if slope == 0:
            break
        beta += gap / slope
    return _softmax(-beta * off)


def _softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)
