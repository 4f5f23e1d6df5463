"""Reference solution: convex quadratics, equality constraints, maximum entropy."""

import numpy as np


def is_convex_quadratic(P, tol=1e-9):
    """Look at the Hessian, which is the symmetric part: xᵀPx and xᵀPᵀx are the same number."""
    return np.min(np.linalg.eigvalsh((P + P.T) / 2)) >= -tol


def midpoint_gap(f, X, Y):
    """Measure how far f at the middle lies above the chord, pair by pair."""
    left, right, middle = (np.array([f(x) for x in points]) for points in (X, Y, (X + Y) / 2))
    return np.max(middle - (left + right) / 2)


def solve_equality_qp(P, q, A, b):
    """Solve stationarity and feasibility together, as one linear system in x and λ."""
    m, n = A.shape
    both = np.linalg.solve(np.block([[P, A.T], [A, np.zeros((m, m))]]), np.concatenate([-q, b]))
    return both[:n], both[n:]


def max_entropy(values, mean):
    """Search the β of p_i ∝ exp(−β·values_i) by bisection: the mean falls steadily as β grows."""
    off = values - mean
    if not np.min(off) < 0 < np.max(off):
        raise ValueError("the mean must lie between the smallest and the largest value")
    # With d the distances from the lowest value, Σ p_i d_i ≤ Σ d_i exp(−β d_i) < n/β; likewise from above.
    low, high = -len(off) / np.max(off), -len(off) / np.min(off)
    for _ in range(100):
        middle = (low + high) / 2
        if np.sum(off * _softmax(-middle * values)) > 0:
            low = middle
        else:
            high = middle
    return _softmax(-high * values)


def _softmax(z):
    """Shift by the largest entry, so that no exponential overflows."""
    e = np.exp(z - np.max(z))
    return e / np.sum(e)
