"""
message: >-
  p was clipped to a tiny number before the logarithm. What is impossible has −inf, not −27 or
  −34, and what is certain has exactly 0.
fails: [bernoulli, bernoulli_edges]
"""

import math

import numpy as np


def gaussian_logpdf(x, mu, sigma):
    if sigma <= 0:
        raise ValueError("sigma must be positive")
    return -0.5 * ((x - mu) / sigma) ** 2 - math.log(sigma) - 0.5 * math.log(2 * math.pi)


def bernoulli_logpmf(k, p):
    if not 0 <= p <= 1:
        raise ValueError("p must lie in [0, 1]")
    if k not in (0, 1):
        return -math.inf
    q = p if k == 1 else 1 - p
    return math.log(min(max(q, 1e-12), 1 - 1e-12))


def binomial_logpmf(k, n, p):
    if n < 0 or not 0 <= p <= 1:
        raise ValueError("n must not be negative, and p must lie in [0, 1]")
    if k < 0 or k > n or (p == 0 and k > 0) or (p == 1 and k < n):
        return -math.inf
    coefficient = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    heads = k * math.log(p) if k > 0 else 0.0
    tails = (n - k) * math.log(1 - p) if k < n else 0.0
    return coefficient + heads + tails


def multinomial_logpmf(counts, p):
    if np.any(p < 0) or abs(np.sum(p) - 1) > 1e-9:
        raise ValueError("p must be probabilities that sum to 1")
    if np.any(counts < 0) or np.any((p == 0) & (counts > 0)):
        return -math.inf
    seen = counts > 0
    coefficient = math.lgamma(np.sum(counts) + 1) - sum(math.lgamma(k + 1) for k in counts)
    return coefficient + np.sum(counts[seen] * np.log(p[seen]))


def mvn_logpdf(X, mu, cov):
    L = np.linalg.cholesky(cov)
    z = np.linalg.solve(L, (X - mu).T)
    log_det = 2 * np.sum(np.log(np.diag(L)))
    return -0.5 * (np.sum(z**2, axis=0) + log_det + len(mu) * math.log(2 * math.pi))
