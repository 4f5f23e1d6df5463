"""
message: >-
  A small number was added to the standard deviations, or small ones were taken for 0. A
  column in other units has the same correlation, however small its numbers.
fails: [correlation, units_do_not_matter, unit_diagonal]
"""

import numpy as np


def expectation(values, probs):
    if np.any(probs < 0) or abs(np.sum(probs) - 1) > 1e-9:
        raise ValueError("probs must not be negative, and must sum to 1")
    return np.sum(values * probs)


def variance(values, probs):
    if np.any(probs < 0) or abs(np.sum(probs) - 1) > 1e-9:
        raise ValueError("probs must not be negative, and must sum to 1")
    mean = np.sum(values * probs)
    return np.sum((values - mean) ** 2 * probs)


def sample_variance(x, ddof=1, axis=None):
    n = x.size if axis is None else x.shape[axis]
    if n - ddof <= 0:
        raise ValueError("too few values")
    mean = x.mean(axis=axis, keepdims=True)
    return np.sum((x - mean) ** 2, axis=axis) / (n - ddof)


def covariance(X, ddof=1):
    n = X.shape[0]
    if n - ddof <= 0:
        raise ValueError("too few samples")
    D = X - X.mean(axis=0)
    return D.T @ D / (n - ddof)


def correlation(X):
    D = X - X.mean(axis=0)
    constant = X.max(axis=0) == X.min(axis=0)
    D[:, constant] = 0.0
    length = np.sqrt(np.sum(D**2, axis=0))
    length[constant] = 1.0
    length = length + 1e-8
    R = D.T @ D / np.outer(length, length)
    np.fill_diagonal(R, 1.0)
    return R


def merge_stats(a, b):
    if a[0] == 0:
        return b
    if b[0] == 0:
        return a
    n = a[0] + b[0]
    gap = b[1] - a[1]
    return n, a[1] + gap * b[0] / n, a[2] + b[2] + gap**2 * a[0] * b[0] / n


def mse_from_bias_variance(bias, var):
    return bias**2 + var
