"""
message: >-
  A bell around the mean came out. That is the greatest entropy for a given
  variance; here only the mean is given, and log p is a straight line.
fails: [example_die, exponential_family, maxent_shift, maxent_near_end]
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
    d = np.asarray(values, dtype=float) - mean
    low, high = -50.0, 50.0
    for _ in range(200):
        t = (low + high) / 2
        e = np.exp(-d * d / 2 + t * d - np.max(-d * d / 2 + t * d))
        p = e / np.sum(e)
        if np.sum(p * d) > 0:
            high = t
        else:
            low = t
    return p


def _softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)
