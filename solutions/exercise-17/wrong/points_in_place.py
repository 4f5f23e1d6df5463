"""
message: >-
  The middle was written into the caller's X. Make a new array.
fails: [convex_gap, no_mutation]
"""

import numpy as np


def is_convex_quadratic(P, tol=1e-9):
    return np.min(np.linalg.eigvalsh((P + P.T) / 2)) >= -tol


def midpoint_gap(f, X, Y):
    gaps = []
    for x, y in zip(X, Y):
        ends = (f(x) + f(y)) / 2
        x += y
        x /= 2
        gaps.append(f(x) - ends)
    return max(gaps)


def solve_equality_qp(P, q, A, b):
    m, n = A.shape
    both = np.linalg.solve(np.block([[P, A.T], [A, np.zeros((m, m))]]), np.concatenate([-q, b]))
    return both[:n], both[n:]


def max_entropy(values, mean):
    if not np.min(values) < mean < np.max(values):
        raise ValueError("the mean must lie between the smallest and the largest value")

    def excess(beta):
        return np.average(values, weights=_softmax(-beta * values)) - mean

    high = 1.0
    while not excess(high) < 0 < excess(-high):
        high *= 2.0
    low = -high
    # Halve until no float is left in between.
    while low < (middle := (low + high) / 2) < high:
        if excess(middle) > 0:
            low = middle
        else:
            high = middle
    return _softmax(-high * values)


def _softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)
