"""
message: >-
  The penalty is 1/prior_var alone. The noisier the data, the more the prior must count.
fails: [map_linear_values, map_gradient_zero, only_the_ratio_counts, wide_prior_is_mle, narrow_prior, fewer_samples_than_weights]
"""

import numpy as np


def mle_gaussian(x):
    mu = np.mean(x)
    return mu, np.mean((x - mu) ** 2)


def gaussian_nll(x, mu, var):
    if var <= 0:
        raise ValueError("var must be positive")
    return np.mean((x - mu) ** 2) / (2 * var) + 0.5 * np.log(2 * np.pi * var)


def mle_bernoulli(k, n):
    return k / n


def map_bernoulli(k, n, a, b):
    if a < 1 or b < 1:
        raise ValueError("a and b must be at least 1")
    return (k + a - 1) / (n + a + b - 2)


def map_linear(X, y, noise_var, prior_var):
    n, d = X.shape
    penalty = 1 / prior_var
    return np.linalg.solve(X.T @ X + penalty * np.eye(d), X.T @ y)
