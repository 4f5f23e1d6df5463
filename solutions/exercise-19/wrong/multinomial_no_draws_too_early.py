"""
message: >-
  Counts that sum to 0 were taken for no draws at all, but a negative count may hide
  among them. Look for that first.
fails: [outside_support]
"""

import math

import numpy as np


def gaussian_logpdf(x, mu, sigma):
    if sigma <= 0:
        raise ValueError("sigma must be positive")
    return -0.5 * ((x - mu) / sigma) ** 2 - math.log(sigma) - 0.5 * math.log(2 * math.pi)


def bernoulli_logpmf(k, p):
    return binomial_logpmf(k, 1, p)


def binomial_logpmf(k, n, p):
    if n < 0:
        raise ValueError("n must not be negative")
    return multinomial_logpmf([k, n - k], [p, 1 - p])


def multinomial_logpmf(counts, p):
    if min(p) < 0 or not math.isclose(sum(p), 1):
        raise ValueError("p must be probabilities that sum to 1")
    if sum(counts) == 0:
        return 0.0
    if min(counts) < 0:
        return -math.inf
    return math.lgamma(sum(counts) + 1) + sum(map(_log_factor, counts, p))


def mvn_logpdf(X, mu, cov):
    L = np.linalg.cholesky(cov)
    z = np.linalg.solve(L, (X - mu).T)
    return -0.5 * (z**2).sum(axis=0) - np.log(np.diag(L)).sum() - 0.5 * len(mu) * math.log(2 * math.pi)


def _log_factor(k, q):
    if k == 0:
        return 0.0
    return k * math.log(q) - math.lgamma(k + 1) if q > 0 else -math.inf
