"""The inverse and slogdet for many dimensions, vectorised lgamma, the other distributions from the multinomial."""

import numpy as np
from math import inf, lgamma, log, pi

lgammas = np.vectorize(lgamma, otypes=[float])


def gaussian_logpdf(x, mu, sigma):
    if sigma <= 0:
        raise ValueError
    precision = sigma**-2.0
    return 0.5 * log(precision) - 0.5 * log(2 * pi) - 0.5 * precision * np.square(np.subtract(x, mu))


def multinomial_logpmf(counts, p):
    counts, p = np.asarray(counts, float), np.asarray(p, float)
    if p.min() < 0 or not abs(p.sum() - 1.0) < 1e-9:
        raise ValueError("bad probabilities")
    if counts.min() < 0 or ((p == 0) & (counts > 0)).any():
        return -inf
    logs = np.log(p, where=p > 0, out=np.zeros_like(p))
    return float(lgamma(counts.sum() + 1) - lgammas(counts + 1).sum() + counts @ logs)


def bernoulli_logpmf(k, p):
    return multinomial_logpmf([1 - k, k], [1 - p, p])


def binomial_logpmf(k, n, p):
    if n < 0:
        raise ValueError("n < 0")
    return multinomial_logpmf([n - k, k], [1 - p, p])


def mvn_logpdf(X, mu, cov):
    sign, log_det = np.linalg.slogdet(cov)
    if sign <= 0 or np.linalg.eigvalsh(cov).min() <= 0:
        raise ValueError("cov must be positive definite")
    away = np.asfortranarray(X - mu)
    return -0.5 * np.sum(away @ np.linalg.inv(cov) * away, axis=1) - 0.5 * (log_det + len(mu) * np.log(2 * np.pi))
