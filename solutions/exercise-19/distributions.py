"""Reference solution: distributions in log space."""

import math

import numpy as np


def gaussian_logpdf(x, mu, sigma):
    """The exponent stays as it is, the factor in front becomes a sum of logarithms."""
    if sigma <= 0:
        raise ValueError("sigma must be positive")
    return -0.5 * ((x - mu) / sigma) ** 2 - math.log(sigma) - 0.5 * math.log(2 * math.pi)


def bernoulli_logpmf(k, p):
    """One trial is a binomial with n = 1."""
    return binomial_logpmf(k, 1, p)


def binomial_logpmf(k, n, p):
    """Two categories: k successes and n − k failures."""
    if n < 0:
        raise ValueError("n must not be negative")
    return multinomial_logpmf([k, n - k], [p, 1 - p])


def multinomial_logpmf(counts, p):
    """Count the orders, n! / Π k_i!, and multiply p_i once a draw."""
    if min(p) < 0 or not math.isclose(sum(p), 1):  # up to 1e-9
        raise ValueError("p must be probabilities that sum to 1")
    if min(counts) < 0:
        return -math.inf
    return math.lgamma(sum(counts) + 1) + sum(map(_log_factor, counts, p))


def mvn_logpdf(X, mu, cov):
    """With cov = L Lᵀ the points L⁻¹(x − μ) are standard normal, and log det cov = 2 Σ log L_jj."""
    L = np.linalg.cholesky(cov)
    z = np.linalg.solve(L, (X - mu).T)
    return -0.5 * (z**2).sum(axis=0) - np.log(np.diag(L)).sum() - 0.5 * len(mu) * math.log(2 * math.pi)


def _log_factor(k, q):
    """Logarithm of q^k / k!, where k = 0 gives 0 whatever q is."""
    if k == 0:
        return 0.0
    return k * math.log(q) - math.lgamma(k + 1) if q > 0 else -math.inf
