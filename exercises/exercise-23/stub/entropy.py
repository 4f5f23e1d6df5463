"""Information, entropy, mutual information and the information bottleneck.

Arrays hold float64 numbers; "one number" may be a Python float or a NumPy scalar. No function may
change its arguments.

Logarithms have the base `base`: 2 means bits, the default; math.e means nats.

A distribution holds no negative entry, and its sum differs from 1 by at most 1e-9. Entries may be 0,
in a table whole rows and whole columns too: what never happens contributes nothing (0 · log 0
counts as 0). All entries are finite numbers; you needn't look for nan.

A table P of a joint distribution has shape (X, Y): P[x, y] is the probability of x and y together. The
rows belong to x, the columns to y.

One check, `no_warnings`, asks that `entropy` raises no overflow, invalid-value or division-by-zero
warning, not even where an entry is 0.
"""

import numpy as np


def self_information(p, base=2.0):
    """Give −log p, the surprise in an outcome of probability p.

    Args:
        p: A probability, one number, 0 < p ≤ 1; it may be tiny (1e-300).
        base: The base of the logarithm.

    Returns:
        One number.
    """
    raise NotImplementedError


def entropy(p, base=2.0):
    """Give H = −Σ p_i log p_i, the mean surprise.

    Args:
        p: A distribution, shape (n,).
        base: The base of the logarithm.

    Returns:
        One number, ≥ 0 up to rounding. If one outcome is certain, it is 0.0, and not −0.0.

    Raises:
        ValueError: p is not a distribution.
    """
    raise NotImplementedError


def joint_entropy(P, base=2.0):
    """Give H(X, Y), the entropy of the pair.

    Args:
        P: The joint distribution, shape (X, Y).
        base: The base of the logarithm.

    Returns:
        One number.

    Raises:
        ValueError: P is not a distribution.
    """
    raise NotImplementedError


def conditional_entropy(P, base=2.0):
    """Give H(Y | X), the entropy of the column's variable that is left once the row x is known.

    Args:
        P: The joint distribution, shape (X, Y).
        base: The base of the logarithm.

    Returns:
        One number: the mean over x, weighted by p(x), of the entropy of Y given that x.

    Raises:
        ValueError: P is not a distribution.
    """
    raise NotImplementedError


def mutual_information(P, base=2.0):
    """Give I(X; Y), what one variable tells about the other.

    Args:
        P: The joint distribution, shape (X, Y).
        base: The base of the logarithm.

    Returns:
        One number, ≥ 0 up to rounding; 0 up to rounding for independent variables.

    Raises:
        ValueError: P is not a distribution.
    """
    raise NotImplementedError


def bottleneck(p_xy, p_t_given_x, beta, base=2.0):
    """Give I(X; T) − β · I(T; Y), which a good summary T of X makes small.

    T is drawn from X alone: once x is known, y tells nothing more about t.

    Args:
        p_xy: The joint distribution of X and Y, shape (X, Y).
        p_t_given_x: The encoder, shape (X, T): row x is the distribution of T given that x.
        beta: What a bit about Y is worth, one number ≥ 0.
        base: The base of the logarithm.

    Returns:
        One number; it may be negative.

    Raises:
        ValueError: p_xy is not a distribution, or a row of p_t_given_x is not one (each row counts,
            that of an x which never happens too).
    """
    raise NotImplementedError
