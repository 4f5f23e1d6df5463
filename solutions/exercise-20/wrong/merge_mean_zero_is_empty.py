"""
message: >-
  A part whose mean is 0 was taken for empty. Whether there is anything to merge is
  told by n alone.
fails: [merge_mean, merge_M2]
"""

import math

import numpy as np


def expectation(values, probs):
    if min(probs) < 0 or not math.isclose(sum(probs), 1):  # up to 1e-9
        raise ValueError("probs must not be negative, and must sum to 1")
    return (values * probs).sum()


def variance(values, probs):
    return expectation((values - expectation(values, probs)) ** 2, probs)


def sample_variance(x, ddof=1, axis=None):
    away = x - x.mean(axis=axis, keepdims=True)
    n = x.size if axis is None else x.shape[axis]
    return (away**2).sum(axis=axis) / _divisor(n, ddof)


def covariance(X, ddof=1):
    away = X - X.mean(axis=0)
    return away.T @ away / _divisor(len(X), ddof)


def correlation(X):
    away = np.where(np.ptp(X, axis=0) == 0, 0.0, X - X.mean(axis=0))
    length = np.linalg.norm(away, axis=0)
    unit = away / np.where(length == 0, 1.0, length)
    result = unit.T @ unit
    np.fill_diagonal(result, 1.0)
    return result


def merge_stats(a, b):
    if a[1] == 0:
        return b
    if b[1] == 0:
        return a
    n_a, mean_a, m2_a = a
    n_b, mean_b, m2_b = b
    n = n_a + n_b
    gap = mean_b - mean_a
    return n, mean_a + gap * n_b / n, m2_a + m2_b + gap**2 * n_a * n_b / n


def mse_from_bias_variance(bias, var):
    return bias**2 + var


def _divisor(n, ddof):
    if n <= ddof:
        raise ValueError("there must be more values than ddof")
    return n - ddof
