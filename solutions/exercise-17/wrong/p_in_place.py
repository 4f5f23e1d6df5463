"""
message: >-
  P was made symmetric in the caller's own array. Write (P + P.T) / 2 into a new
  one.
fails: [convex_quadratic, no_mutation]
"""

import numpy as np


def is_convex_quadratic(P, tol=1e-9):
    P += P.T.copy()
    P /= 2
    return bool(np.linalg.eigvalsh(P)[0] >= -tol)


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
