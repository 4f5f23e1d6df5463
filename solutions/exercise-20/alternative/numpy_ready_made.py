"""NumPy's ready-made functions, with their defaults and constant columns put right."""

import numpy as np


def _valid(probs):
    probs = np.asarray(probs)
    if (probs < 0).any() or not np.isclose(probs.sum(), 1.0, rtol=0, atol=1e-9):
        raise ValueError(f"not a distribution: {probs}")


def expectation(values, probs):
    _valid(probs)
    return np.average(values, weights=probs)


def variance(values, probs):
    _valid(probs)
    return np.cov(values, aweights=probs, ddof=0)


def sample_variance(x, ddof=1, axis=None):
    if np.size(x, axis) <= ddof:
        raise ValueError("not enough values")
    return np.var(x, axis=axis, ddof=ddof)


def covariance(X, ddof=1):
    if len(X) <= ddof:
        raise ValueError("not enough samples")
    return np.atleast_2d(np.cov(X, rowvar=False, ddof=ddof))


def correlation(X):
    constant = X.max(axis=0) == X.min(axis=0)
    R = np.eye(X.shape[1])
    if not constant.all():
        R[np.ix_(~constant, ~constant)] = np.corrcoef(X[:, ~constant], rowvar=False)
    return np.asfortranarray(R)


def merge_stats(a, b):
    n = a[0] + b[0]
    if n == 0:
        return (0, 0.0, 0.0)
    mean = np.average([a[1], b[1]], weights=[a[0], b[0]])
    spread = sum(m2 + k * (m - mean) ** 2 for k, m, m2 in (a, b))
    return [n, mean, spread]


def mse_from_bias_variance(bias, var):
    return np.hypot(bias, np.sqrt(var)) ** 2
