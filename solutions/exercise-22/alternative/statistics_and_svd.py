"""The standard library for one variable, singular values for many."""

import math
import statistics

import numpy as np


def mle_gaussian(x):
    values = [float(v) for v in x]
    return statistics.fmean(values), statistics.pvariance(values)


def gaussian_nll(x, mu, var):
    if var <= 0:
        raise ValueError("var <= 0")
    total = 0.0
    for value in x:
        total += (float(value) - mu) ** 2 / var
    return total / len(x) / 2 + math.log(math.sqrt(2 * math.pi * var))


def mle_bernoulli(k, n):
    return float(np.true_divide(k, n))


def map_bernoulli(k, n, a, b):
    for shape in (a, b):
        if shape < 1:
            raise ValueError("Beta parameters below 1 have no inner mode")
    alpha, beta = k + a, n - k + b  # the posterior is Beta(alpha, beta)
    return (alpha - 1) / (alpha + beta - 2)


def map_linear(X, y, noise_var, prior_var):
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    shrink = s * prior_var / (s * s * prior_var + noise_var)
    return Vt.T @ (shrink * (U.T @ y))
