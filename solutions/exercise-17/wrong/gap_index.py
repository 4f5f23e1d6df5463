"""
message: >-
  The number of the pair came back, not its gap.
fails: [example_gap, convex_gap, nonconvex_gap, no_mutation]
"""

import numpy as np


def is_convex_quadratic(P, tol=1e-9):
    return np.min(np.linalg.eigvalsh((P + P.T) / 2)) >= -tol


def midpoint_gap(f, X, Y):
    return int(np.argmax([f((x + y) / 2) - (f(x) + f(y)) / 2 for x, y in zip(X, Y)]))


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
