"""One sample after the other: running means, and the posterior of the weights updated row by row."""

import numpy as np


def mle_gaussian(x):
    mu = m2 = 0.0
    for count, value in enumerate(x, start=1):
        gap = value - mu
        mu += gap / count
        m2 += gap * (value - mu)
    return mu, m2 / len(x)


def gaussian_nll(x, mu, var):
    if var <= 0.0:
        raise ValueError("the variance must be positive")
    centre, spread = mle_gaussian(x)
    return np.array(0.5 * (spread + (centre - mu) ** 2) / var + 0.5 * np.log(var) + 0.5 * np.log(2 * np.pi))


def mle_bernoulli(k, n):
    return 1 - (n - k) / n


def map_bernoulli(k, n, a, b):
    if not (a >= 1 and b >= 1):
        raise ValueError("a, b >= 1")
    seen_before = a + b - 2
    mode = (a - 1) / seen_before if seen_before else 0.0
    share = k / n if n else 0.0
    return (seen_before * mode + n * share) / (seen_before + n)


def map_linear(X, y, noise_var, prior_var):
    d = X.shape[1]
    mean, cov = np.zeros(d), prior_var * np.eye(d)
    if prior_var > 1e6 * noise_var:  # one by one, so wide a prior would lose digits
        return np.linalg.inv(X.T @ X / noise_var + np.eye(d) / prior_var) @ (X.T @ y / noise_var)
    for row, target in zip(X, y):
        gain = cov @ row / (noise_var + row @ cov @ row)
        mean = mean + gain * (target - row @ mean)
        cov = cov - np.outer(gain, row @ cov)
    return mean
