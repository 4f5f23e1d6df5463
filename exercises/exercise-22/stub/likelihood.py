"""Maximum likelihood and maximum a posteriori (MAP) estimates.

Arrays come in and go out as float64; results are new arrays, and no function may change its
arguments. A single number may be a Python float or a NumPy scalar. All logarithms are natural.
"""

import numpy as np


def mle_gaussian(x):
    """Give the mean and variance under which N(mu, var) makes the data most likely.

    Args:
        x: Independent draws, shape (n,), n ≥ 2, not all equal. They may lie far from 0 compared
            with their spread (near 1e6, a spread of 1); six digits of the variance must be right
            there, too.

    Returns:
        A tuple (mu, var) of two numbers; var is the variance, not the standard deviation.
    """
    raise NotImplementedError


def gaussian_nll(x, mu, var):
    """Give the mean negative log-likelihood of the data: the average of −log N(x_i; mu, var).

    Args:
        x: Data, shape (n,). They may lie so far from mu that their density is 0 in float64.
        mu: The mean, one number.
        var: The variance (not the standard deviation), one number, positive.

    Returns:
        One number: a mean over the n values, not a sum; all constants counted in. It may be negative.

    Raises:
        ValueError: var is 0 or negative.
    """
    raise NotImplementedError


def mle_bernoulli(k, n):
    """Give the probability of success that makes k successes in n trials most likely.

    Args:
        k: The number of successes, a whole number, 0 ≤ k ≤ n.
        n: The number of trials, a whole number ≥ 1.

    Returns:
        One number in [0, 1].
    """
    raise NotImplementedError


def map_bernoulli(k, n, a, b):
    """Give the mode of the posterior of the probability of success under the prior Beta(a, b).

    Args:
        k: The number of successes, a whole number, 0 ≤ k ≤ n.
        n: The number of trials, a whole number ≥ 0. With n = 0 there is only the prior, and the
            result is its mode.
        a: First parameter of the prior, a ≥ 1, with the density proportional to p^(a−1)·(1−p)^(b−1).
        b: Second parameter, b ≥ 1. Not all three of n = 0, a = 1, b = 1.

    Returns:
        The p at which the posterior is highest (not the posterior's mean), one number in [0, 1].

    Raises:
        ValueError: a or b is below 1.
    """
    raise NotImplementedError


def map_linear(X, y, noise_var, prior_var):
    """Give the most probable weights of a linear model after the data, under a Gaussian prior.

    The model is y = X w + noise, the noise of each sample drawn from N(0, noise_var); before the
    data, each weight is drawn from N(0, prior_var). There is no intercept, and nothing is centred.

    Args:
        X: Inputs, shape (n, d), one sample a row; n may be smaller than d.
        y: Targets, shape (n,).
        noise_var: Variance of the noise, one number, positive.
        prior_var: Variance of each weight before the data, one number, positive.

    Returns:
        The weights w, shape (d,).
    """
    raise NotImplementedError
