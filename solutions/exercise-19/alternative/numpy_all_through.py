"""NumPy all through: elementwise Bernoulli, eigenvalues for the determinant, cumulated logs for factorials."""

import numpy as np


def _log_factorial(k):
    return np.sum(np.log(np.arange(1, k + 1)))


def _xlogy(x, y):
    with np.errstate(divide="ignore"):
        return np.where(x == 0, 0.0, x * np.log(np.where(x == 0, 1.0, y)))


def _check(p):
    if np.any(np.less(p, 0)) or np.any(np.greater(p, 1)):
        raise ValueError("probabilities lie between 0 and 1")


def gaussian_logpdf(x, mu, sigma):
    x = np.array(x, dtype=float)
    if not sigma > 0:
        raise ValueError(f"sigma = {sigma}")
    x -= mu
    x /= sigma
    return -(x * x + np.log(2 * np.pi * np.square(float(sigma)))) / 2


def bernoulli_logpmf(k, p):
    _check(p)
    k = np.asarray(k)
    value = _xlogy(k, p) + _xlogy(1 - k, 1.0 - p)
    return np.where((k == 0) | (k == 1), value, -np.inf)[()]


def binomial_logpmf(k, n, p):
    _check(p)
    if n < 0:
        raise ValueError("n")
    if not 0 <= k <= n:
        return np.float64(-np.inf)
    log_orders = _log_factorial(n) - _log_factorial(k) - _log_factorial(n - k)
    return log_orders + _xlogy(k, p) + _xlogy(n - k, 1.0 - p)


def multinomial_logpmf(counts, p):
    _check(p)
    if not np.isclose(np.sum(p), 1.0, rtol=0.0, atol=1e-9):
        raise ValueError("the probabilities must sum to 1")
    counts = np.asarray(counts)
    if (counts < 0).any():
        return np.array(-np.inf)
    below = np.array([_log_factorial(k) for k in counts])
    return _log_factorial(counts.sum()) + np.sum(_xlogy(counts, p) - below)


def mvn_logpdf(X, mu, cov):
    values, vectors = np.linalg.eigh(cov)
    if values[0] <= 0:
        raise ValueError("not positive definite")
    z = (X - mu) @ vectors / np.sqrt(values)
    return -0.5 * (np.einsum("ij,ij->i", z, z) + np.sum(np.log(2 * np.pi * values)))
