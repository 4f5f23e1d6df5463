"""Convexity, minima under linear constraints, and the distribution of greatest entropy.

Vectors and matrices come as NumPy arrays. No function may change its arguments, and results are
new.
"""

import numpy as np


def is_convex_quadratic(P, tol=1e-9):
    """Say whether x ↦ ½ xᵀPx is convex.

    Args:
        P: Shape (n, n), not necessarily symmetric.
        tol: Allowance for rounding, tol > 0: eigenvalues of the symmetric matrix (P + Pᵀ)/2 may
            lie below 0, but not below -tol. The allowance is absolute.

    Returns:
        True or False.
    """
    raise NotImplementedError


def midpoint_gap(f, X, Y):
    """Look for a chord that f rises above: the largest f((x + y)/2) - (f(x) + f(y))/2.

    Args:
        f: Takes an array of shape (n,), gives a number.
        X: The chords' first ends, shape (m, n), one point a row, m >= 1.
        Y: Their other ends, shape (m, n): row k of X is paired with row k of Y.

    Returns:
        The largest of the m differences, a number. It may be negative: for a convex f it is
        never above 0.
    """
    raise NotImplementedError


def solve_equality_qp(P, q, A, b):
    """Minimise ½ xᵀPx + qᵀx subject to Ax = b, with Lagrange multipliers.

    The multipliers' sign is fixed by the Lagrangian ½ xᵀPx + qᵀx + λᵀ(Ax - b), so that the
    solution satisfies Px + q + Aᵀλ = 0.

    Args:
        P: Shape (n, n), symmetric, all eigenvalues positive.
        q: Shape (n,).
        A: Shape (m, n), linearly independent rows, 1 <= m <= n.
        b: Shape (m,).

    Returns:
        The tuple (x, lam) with shapes (n,) and (m,). Both equations hold up to rounding.
    """
    raise NotImplementedError


def max_entropy(values, mean):
    """Find the distribution on the values that has the given mean and the greatest entropy.

    Args:
        values: Shape (n,), in any order; several may be equal. They may all lie far from 0 (between
            1000 and 1005, say), and the distance from the smallest to the largest may be anything
            between 1e-6 and 1e6.
        mean: The mean Σ p_i·values_i that p must have; it may come as close to either end as a
            millionth of that distance.

    Returns:
        p of shape (n,): positive (0 where that is too small for a float), sum 1, and with this
        mean. p is right within 1e-8, and the mean within 1e-8 times the range of the values.

    Raises:
        ValueError: unless smallest value < mean < largest value. (At the ends and outside of them
            no distribution has all entries positive.)
    """
    raise NotImplementedError
