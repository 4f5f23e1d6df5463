"""Expectation, variance, covariance, correlation.

Arrays come in and go out as float64; results are new arrays, and no function may change its
arguments. A single number may be a Python float or a NumPy scalar. `ddof` is what is taken from the
number of values in the divisor: divide by n − ddof. Every variance and covariance must come out
right (to six digits) for values near 1e8 that differ by about 1, too.
"""

import numpy as np


def expectation(values, probs):
    """Give E[X] of a random variable that takes finitely many values.

    Args:
        values: What X can be, shape (n,).
        probs: The probability of each value, shape (n,).

    Returns:
        One number.

    Raises:
        ValueError: A probability is negative, or they don't sum to 1 (within 1e-9).
    """
    raise NotImplementedError


def variance(values, probs):
    """Give Var[X] of a random variable that takes finitely many values: of the distribution itself.

    Args:
        values: What X can be, shape (n,).
        probs: The probability of each value, shape (n,).

    Returns:
        One number. Nothing is estimated here, so there is no n − 1.

    Raises:
        ValueError: A probability is negative, or they don't sum to 1 (within 1e-9).
    """
    raise NotImplementedError


def sample_variance(x, ddof=1, axis=None):
    """Give the variance of data: the sum of squared distances from their mean, divided by n − ddof.

    Args:
        x: Data, any shape.
        ddof: A whole number ≥ 0; 1 gives the unbiased estimate.
        axis: Along which axis the variance is taken, a whole number (negative: from the end); that
            axis is gone from the result. None: over all the entries.

    Returns:
        One number for axis=None, otherwise the shape of x without that axis.

    Raises:
        ValueError: n − ddof is 0 or negative; n is the number of entries that make one variance.
    """
    raise NotImplementedError


def covariance(X, ddof=1):
    """Give the covariance matrix of the columns of X.

    Args:
        X: Data, shape (n, d): n samples, one a row; d variables, one a column.
        ddof: The divisor is n − ddof; a whole number ≥ 0.

    Returns:
        Shape (d, d); the variances of the columns on the diagonal.

    Raises:
        ValueError: n − ddof is 0 or negative.
    """
    raise NotImplementedError


def correlation(X):
    """Give the correlation matrix of the columns of X: each entry between −1 and 1.

    Args:
        X: Data, shape (n, d), n ≥ 2. Columns may differ in scale by many powers of ten.

    Returns:
        Shape (d, d), the diagonal 1. A constant column (one whose largest entry equals its smallest)
        has no correlation; by convention its row and column hold 1 on the diagonal and 0 elsewhere.
        A column that varies little isn't constant.
    """
    raise NotImplementedError


def merge_stats(a, b):
    """Put together what is known of two parts of the data, without looking at the data again.

    Args:
        a: The tuple (n, mean, M2) of the first part: the number of its values, their mean, and the
            sum of their squared distances from that mean (not divided by anything).
        b: The same for the second part. Either part may be empty: (0, 0.0, 0.0).

    Returns:
        The tuple (n, mean, M2) of all values together. An empty part leaves the other as it is, so
        two empty parts give (0, 0.0, 0.0).
    """
    raise NotImplementedError


def mse_from_bias_variance(bias, var):
    """Give the mean squared error E[e²] of an error e with the mean `bias` and the variance `var`.

    Args:
        bias: E[e], one number of either sign.
        var: Var[e], one number ≥ 0 (not the standard deviation).

    Returns:
        One number.
    """
    raise NotImplementedError
