"""Distributions in log space: Gaussian, Bernoulli, binomial, multinomial.

All logarithms are natural. A single number may be a Python float or a NumPy scalar; arrays go out
as new float64 arrays; no function may change its arguments. 0 · log 0 counts as 0 everywhere. An
outcome that can't happen has the log-probability −inf (`-np.inf`); that is an answer, not an error.
A parameter outside its range is an error: ValueError, whatever the outcome, even an impossible one.
"""

import numpy as np


def gaussian_logpdf(x, mu, sigma):
    """Give the logarithm of the density of N(mu, sigma²) at x, entry by entry.

    Args:
        x: A number or a float64 array of any shape. It may lie thousands of sigma away from mu,
            where the density itself is too small for a float64.
        mu: The mean, one number.
        sigma: The standard deviation (not the variance), one number, positive; 1e-9 is as good as 1e9.

    Returns:
        Log-densities, the shape of x; they may be positive.

    Raises:
        ValueError: sigma is 0 or negative.
    """
    raise NotImplementedError


def bernoulli_logpmf(k, p):
    """Give the log-probability of one trial: k = 1 (success) has probability p, k = 0 has 1 − p.

    Args:
        k: The outcome, one whole number. Other numbers than 0 and 1 can't happen: −inf.
        p: The probability of success, one number in [0, 1]; 0 and 1 are allowed.

    Returns:
        One number: 0 for what is certain, −inf for what is impossible. For an outcome that is
        possible (also under p = 0 or p = 1) no overflow, invalid-value or division-by-zero warning
        may come up on the way.

    Raises:
        ValueError: p is below 0 or above 1.
    """
    raise NotImplementedError


def binomial_logpmf(k, n, p):
    """Give the log-probability of k successes in n independent trials, in whatever order they come.

    Args:
        k: The number of successes, one whole number. Below 0 and above n can't happen: −inf.
        n: The number of trials, a whole number ≥ 0, perhaps many thousands. With n = 0 the outcome
            k = 0 is certain: 0.
        p: The probability of success in each trial, one number in [0, 1]; 0 and 1 are allowed.

    Returns:
        One number.

    Raises:
        ValueError: n is negative, or p is below 0 or above 1.
    """
    raise NotImplementedError


def multinomial_logpmf(counts, p):
    """Give the log-probability of these counts of C categories, in whatever order the draws came.

    Args:
        counts: How often each category came up, whole numbers, shape (C,). Their sum n is the number
            of draws, perhaps many thousands; n = 0 gives 0. A negative count can't happen: −inf.
        p: The probability of each category, shape (C,), each ≥ 0, sum 1 up to rounding (1e-9). An
            entry may be 0: fine where its count is 0 too, impossible (−inf) where it isn't.

    Returns:
        One number, with the multinomial coefficient counted in.

    Raises:
        ValueError: An entry of p is negative, or the sum of p is further from 1 than 1e-9 (what
            np.isclose allows by default, 1e-5, is too much).
    """
    raise NotImplementedError


def mvn_logpdf(X, mu, cov):
    """Give the log-density of the multivariate normal distribution N(mu, cov) at each row of X.

    Args:
        X: Points, one a row, shape (n, d). d may be some hundreds; the determinant of cov can then
            be too small or too large for a float64.
        mu: The mean, shape (d,).
        cov: The covariance matrix, shape (d, d), symmetric and positive definite. Its diagonal holds
            variances, not standard deviations; they may be as small as 1e-9, and differ in size.

    Returns:
        Log-densities, shape (n,).

    Raises:
        ValueError: cov isn't positive definite (numpy.linalg.LinAlgError is a ValueError too): some
            eigenvalue is negative, or 0 as in a matrix of zeros.
    """
    raise NotImplementedError
