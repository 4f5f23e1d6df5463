"""Plain Python: exact integers for the coefficients, forward substitution by hand."""

import math

import numpy as np


def gaussian_logpdf(x, mu, sigma):
    if sigma <= 0:
        raise ValueError("sigma must be positive")
    if np.ndim(x) > 0:
        return np.array([gaussian_logpdf(entry, mu, sigma) for entry in x])
    return -(((float(x) - mu) / sigma) ** 2) / 2 - math.log(sigma * math.sqrt(2 * math.pi))


def bernoulli_logpmf(k, p):
    if p < 0 or p > 1:
        raise ValueError("p must lie in [0, 1]")
    chance = {1: p, 0: 1 - p}.get(int(k), 0)
    return -math.inf if chance == 0 else math.log(chance)


def binomial_logpmf(k, n, p):
    if n < 0:
        raise ValueError("n must not be negative")
    single = [bernoulli_logpmf(outcome, p) for outcome in (1, 0)]
    if k < 0 or k > n:
        return -math.inf
    result = math.log(math.comb(n, k))
    for times, log_chance in zip((k, n - k), single):
        if times:
            result += times * log_chance
    return result


def multinomial_logpmf(counts, p):
    if any(q < 0 for q in p) or abs(math.fsum(p) - 1) > 1e-9:
        raise ValueError("p isn't a distribution")
    # Category by category: a binomial among the draws that are left.
    left, share, result = int(sum(counts)), 1.0, 0.0
    if any(k < 0 for k in counts):
        return -math.inf
    for k, q in zip(counts, p):
        k = int(k)
        result += math.log(math.comb(left, k))
        if k and q == 0:
            return -math.inf
        if k:
            result += k * math.log(q)
        left -= k
    return result


def mvn_logpdf(X, mu, cov):
    d = len(mu)
    L = np.linalg.cholesky(cov)
    densities = []
    for row in X:
        z = np.zeros(d)
        for i in range(d):
            z[i] = (row[i] - mu[i] - L[i, :i] @ z[:i]) / L[i, i]
        terms = -0.5 * z**2 - np.log(L.diagonal()) - 0.5 * math.log(2 * math.pi)
        densities.append(math.fsum(terms))
    return densities
