"""The prior as more data: trials seen before, and one more sample for each weight."""

import numpy as np


def mle_gaussian(x):
    n = np.size(x)
    mu = np.sum(x) / n
    away = np.subtract(x, mu)
    return [mu, np.dot(away, away) / n]


def gaussian_nll(x, mu, var):
    if not var > 0:
        raise ValueError(f"var = {var}")
    z = (np.asarray(x) - mu) / np.sqrt(var)
    return np.mean(np.log(2 * np.pi) + np.log(var) + z * z) / 2


def mle_bernoulli(k, n):
    outcomes = np.zeros(n)
    outcomes[:k] = 1.0
    return outcomes.mean()


def map_bernoulli(k, n, a, b):
    if a < 1 or b < 1:
        raise ValueError("no mode")
    heads = k + (a - 1)
    tails = (n - k) + (b - 1)
    return np.float64(heads / (heads + tails))


def map_linear(X, y, noise_var, prior_var):
    d = X.shape[1]
    rows = np.concatenate([X / np.sqrt(noise_var), np.identity(d) / np.sqrt(prior_var)])
    targets = np.concatenate([y / np.sqrt(noise_var), np.zeros(d)])
    return np.linalg.lstsq(rows, targets, rcond=None)[0]
