"""Hidden checks of exercise-22.

Oracles: the definitions themselves. What is called most likely is compared with its neighbours and
with a gradient that must vanish; likelihoods are products of densities in plain Python; the linear
model is solved by augmented least squares, with the prior as d more samples.
"""

import math
import statistics
from fractions import Fraction

import numpy as np

from grader.testing import (
    ComparisonFailed,
    as_array,
    assert_close,
    assert_pure,
    assert_raises,
    finite_difference,
)


def pair(estimate):
    """Take (mu, var) apart, once it is known to be two numbers."""
    if not isinstance(estimate, (tuple, list)) or len(estimate) != 2:
        raise ComparisonFailed("mle_gaussian(x) must return a tuple of two numbers, (mu, var).")
    return [as_array(part, shape=(), name=name) for part, name in zip(estimate, ("mu", "var"), strict=True)]


def nll(x, mu, var):
    """Mean negative log-likelihood, one density at a time."""
    bell = statistics.NormalDist(mu, math.sqrt(var))
    densities = [bell.pdf(v) for v in x.tolist()]
    return -math.fsum(map(math.log, densities)) / len(x) if min(densities) > 0 else math.inf


def log_posterior(w, X, y, noise_var, prior_var):
    """Logarithm of likelihood × prior of the weights, up to a constant."""
    return -((y - X @ w) ** 2).sum() / (2 * noise_var) - (w**2).sum() / (2 * prior_var)


def augmented(X, y, noise_var, prior_var):
    """Least squares with the prior as d more samples, each saying that one weight is 0."""
    d = X.shape[1]
    rows = np.vstack([X, math.sqrt(noise_var / prior_var) * np.eye(d)])
    return np.linalg.lstsq(rows, np.concatenate([y, np.zeros(d)]), rcond=None)[0]


def a_problem(rng, n, d):
    """Inputs that depend on one another, targets with noise, and two unequal variances."""
    X = rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) + rng.normal(size=d)
    y = X @ rng.normal(size=d) + rng.normal(scale=0.5, size=n) + 1.0
    return X, y, float(rng.uniform(0.3, 0.8)), float(rng.uniform(1.5, 4.0))


def test_mle(submission, rng):
    for n in (2, 5, 11):
        x = rng.normal(loc=3.0, scale=rng.uniform(1.5, 4.0), size=n)
        mu, var = pair(submission.mle_gaussian(x))
        exact = [Fraction(v) for v in x.tolist()]
        mean = sum(exact) / n
        assert_close(mu, float(mean), rtol=1e-9, atol=1e-12, name="mu")
        want = float(sum((v - mean) ** 2 for v in exact) / n)
        assert_close(var, want, rtol=1e-9, name="var", sizes={"n/(n − 1)": n / (n - 1)})
        # In another unit: nothing is added, rounded or held away from 0.
        mu, var = pair(submission.mle_gaussian(1e-9 * x))
        assert_close(mu, 1e-9 * float(mean), rtol=1e-8, atol=1e-20, name="mu in another unit")
        assert_close(var, 1e-18 * want, rtol=1e-8, name="var in another unit")


def test_mle_minimises_nll(submission, rng):
    x = rng.normal(loc=-2.0, scale=rng.uniform(1.5, 3.0), size=6)
    mu, var = (float(part) for part in pair(submission.mle_gaussian(x)))
    if not 0 < var < math.inf:
        raise ComparisonFailed("The variance that mle_gaussian gives isn't positive and finite.")
    best = nll(x, mu, var) if x.min() <= mu <= x.max() else math.inf
    if best == math.inf:
        raise ComparisonFailed(
            "Under the mean and variance that mle_gaussian gives, the data can hardly occur."
        )
    for step in (-0.02, 0.0, 0.02):
        for factor in (0.98, 1.0, 1.02):
            if nll(x, mu + step * math.sqrt(var), factor * var) < best - 1e-12:
                raise ComparisonFailed("Another mean or variance nearby makes the same data more likely.")


def test_mle_far_from_zero(submission, rng):
    x = 1e6 + rng.normal(scale=1.5, size=8)
    mu, var = pair(submission.mle_gaussian(x))
    exact = [Fraction(v) for v in x.tolist()]
    mean = sum(exact) / 8
    assert_close(mu, float(mean), rtol=1e-12, name="mu of data near 1e6")
    assert_close(var, float(sum((v - mean) ** 2 for v in exact) / 8), rtol=1e-6, name="var of data near 1e6")


def test_nll(submission, rng):
    for n in (1, 4, 9):
        x = rng.normal(loc=1.0, scale=2.0, size=n)
        mu, var = float(rng.normal()), float(rng.uniform(1.5, 6.0))
        assert_close(submission.gaussian_nll(x, mu, var), nll(x, mu, var), rtol=1e-9,
                     name="gaussian_nll(x, mu, var)", sizes={"n": n})  # fmt: skip
    # A narrow density is higher than 1: the negative logarithm is negative.
    narrow = submission.gaussian_nll(var=1e-4, mu=2.0, x=np.array([2.0, 2.01]))
    assert_close(narrow, 0.25 - math.log(100.0) + 0.5 * math.log(2 * math.pi), rtol=1e-7,
                 name="gaussian_nll with a small variance")  # fmt: skip
    z = rng.normal(size=5)
    found = submission.gaussian_nll(1e-9 * z, 0.0, 1e-18)
    assert_close(found, (z**2).mean() / 2 + math.log(1e-9) + 0.5 * math.log(2 * math.pi), rtol=1e-9,
                 name="gaussian_nll with a tiny variance")  # fmt: skip


def test_nll_is_squared_error(submission, rng):
    x, var = rng.normal(loc=2.0, size=7), float(rng.uniform(2.0, 5.0))
    first, second = (float(v) for v in rng.normal(scale=2.0, size=2))
    one, two = (
        as_array(value, shape=(), name="gaussian_nll(x, mu, var)")
        for value in submission.gaussian_nll.each([(x, first, var), (x, second, var)])
    )
    mse = ((x - first) ** 2).mean() - ((x - second) ** 2).mean()
    assert_close(one - two, mse / (2 * var), rtol=1e-8, atol=1e-9,
                 name="The difference of gaussian_nll between two means")  # fmt: skip


def test_nll_far_away(submission, rng):
    mu, var = float(rng.normal()), float(rng.uniform(0.5, 2.0))
    z = np.array([100.0, -60.0, 1e4])
    want = (z**2).mean() / 2 + 0.5 * math.log(2 * math.pi * var)
    assert_close(submission.gaussian_nll(mu + math.sqrt(var) * z, mu, var), want, rtol=1e-9,
                 name="gaussian_nll, far from the mean")  # fmt: skip


def test_variance_positive(submission, rng):
    x = rng.normal(size=4)
    as_array(submission.gaussian_nll(x, 0.5, 1.5), shape=(), name="gaussian_nll(x, mu, var)")
    for var in (0.0, -0.5, -1.5):
        assert_raises(ValueError, submission.gaussian_nll, x, 0.5, var)


def test_mle_bernoulli(submission, rng):
    cases = [(7, 10), (0, 4), (5, 5), (1, 3), (int(rng.integers(20, 40)), 90), (0, 1)]
    for (k, n), found in zip(cases, submission.mle_bernoulli.each(cases), strict=True):
        assert_close(found, k / n, rtol=1e-9, atol=1e-15, name="mle_bernoulli(k, n)")


def test_bernoulli_cross_entropy(submission, rng):
    k, n = int(rng.integers(3, 8)), 11
    p = float(as_array(submission.mle_bernoulli(k, n), shape=(), name="mle_bernoulli(k, n)"))
    if not 0.01 < p < 0.99:
        raise ComparisonFailed("With several successes and failures, p lies well between 0 and 1.")

    def loss(q):
        """Cross-entropy of the observed shares and q: the mean negative log-likelihood."""
        return -(k * math.log(q) + (n - k) * math.log(1 - q)) / n

    slope = finite_difference(loss, p, h=1e-6)
    assert_close(slope, 0.0, atol=1e-6, name="The slope of the cross-entropy at mle_bernoulli(k, n)")


def test_map_mode(submission, rng):
    cases = [(7, 10, 3.0, 3.0), (2, 9, 5.0, 2.0), (0, 6, 2.5, 4.0), (6, 6, 1.5, 7.0)]
    cases += [(int(rng.integers(1, 8)), 8, *(float(v) for v in rng.uniform(1.5, 6.0, size=2)))]
    for (k, n, a, b), found in zip(cases, submission.map_bernoulli.each(cases), strict=True):
        p = as_array(found, shape=(), name="map_bernoulli(k, n, a, b)")
        # At the mode successes/p = failures/(1 − p), with those of the prior: cleared of fractions.
        heads, tails = k + a - 1, n - k + b - 1
        assert_close(p * (heads + tails), heads, rtol=1e-9,
                     name="The mode's share of successes, map_bernoulli(k, n, a, b)")  # fmt: skip


def test_map_is_highest(submission, rng):
    k, n = int(rng.integers(1, 3)), 12
    a, b = float(rng.uniform(2.0, 2.5)), float(rng.uniform(4.0, 5.0))
    p = float(as_array(submission.map_bernoulli(k, n, a, b), shape=(), name="map_bernoulli(k, n, a, b)"))
    if not 0 < p < 1:
        raise ComparisonFailed("map_bernoulli(k, n, a, b) must lie between 0 and 1.")

    def height(q):
        """Logarithm of likelihood × prior."""
        return k * math.log(q) + (n - k) * math.log(1 - q) + (a - 1) * math.log(q) + (b - 1) * math.log(1 - q)

    for q in (0.99 * p, 1 - 0.99 * (1 - p)):
        if height(q) > height(p):
            raise ComparisonFailed("Another probability nearby is more probable after the data.")


def test_flat_prior(submission, rng):
    cases = [(k, 9, 1, 1) for k in (0, 2, 9)] + [(int(rng.integers(1, 30)), 31, 1.0, 1.0)]
    for (k, n, _, _), found in zip(cases, submission.map_bernoulli.each(cases), strict=True):
        assert_close(found, k / n, rtol=1e-9, atol=1e-12, name="map_bernoulli(k, n, 1, 1)")


def test_prior_alone(submission, rng):
    a, b = (float(v) for v in rng.uniform(2.0, 5.0, size=2))
    before, certain = submission.map_bernoulli.each([(0, 0, a, b), (0, 0, 1.0, b)])
    assert_close(before, (a - 1) / (a - 1 + b - 1), rtol=1e-9, name="map_bernoulli without data")
    assert_close(certain, 0.0, atol=1e-12, name="map_bernoulli(0, 0, 1, b)")
    sure = submission.map_bernoulli(0, 0, a, 1.0)
    assert_close(sure, 1.0, rtol=1e-12, name="map_bernoulli(0, 0, a, 1)")
    # The same prior is soon outvoted.
    many = submission.map_bernoulli(300_000, 1_000_000, a, b)
    assert_close(many, (300_000 + a - 1) / (1_000_000 + a + b - 2), rtol=1e-9,
                 name="map_bernoulli with a million trials")  # fmt: skip
    seldom = submission.map_bernoulli(3, 1_000_000_000, a, b)
    assert_close(
        seldom, (3 + a - 1) / (1e9 + a + b - 2), rtol=1e-9, name="map_bernoulli, success being rare,"
    )


def test_prior_parameters(submission):
    as_array(submission.map_bernoulli(3, 5, 1.0, 2.0), shape=(), name="map_bernoulli(k, n, a, b)")
    for a, b in ((0.5, 2.0), (2.0, 0.5), (0.9, 1.0), (1.0, 0.0), (-1.0, 3.0)):
        assert_raises(ValueError, submission.map_bernoulli, 3, 5, a, b)


def test_map_linear_values(submission, rng):
    for n, d in ((9, 3), (4, 4), (6, 1)):
        X, y, noise_var, prior_var = a_problem(rng, n, d)
        w = submission.map_linear(X, y, noise_var, prior_var)
        assert_close(
            w, augmented(X, y, noise_var, prior_var), rtol=1e-6, atol=1e-8, name="map_linear(X, y, …)"
        )
        wide = submission.map_linear(X, y, prior_var=noise_var, noise_var=prior_var)
        assert_close(wide, augmented(X, y, prior_var, noise_var), rtol=1e-6, atol=1e-8,
                     name="map_linear with noise_var and prior_var exchanged")  # fmt: skip


def test_map_gradient_zero(submission, rng):
    X, y, noise_var, prior_var = a_problem(rng, 8, 3)
    w = as_array(submission.map_linear(X, y, noise_var, prior_var), shape=(3,), name="map_linear(X, y, …)")
    slope = finite_difference(lambda v: log_posterior(v, X, y, noise_var, prior_var), w, h=1e-4)
    # A parabola has no error of differences; a posterior of size 100 rounds by 1e-14/1e-4.
    assert_close(
        slope, np.zeros(3), atol=1e-6, name="The gradient of the log posterior at map_linear(X, y, …)"
    )


def test_only_the_ratio_counts(submission, rng):
    X, y, noise_var, prior_var = a_problem(rng, 7, 3)
    want = augmented(X, y, noise_var, prior_var)
    # Every sample twice with twice the noise variance tells as much as once.
    for size in (1e-9, 1e9):
        found = submission.map_linear(X, y, size * noise_var, size * prior_var)
        assert_close(found, want, rtol=1e-6, atol=1e-8, name=f"map_linear with both variances times {size:g}")
    # Inputs in a tiny unit have weights as much larger.
    found = submission.map_linear(1e-5 * X, y, noise_var, 1e10 * prior_var)
    assert_close(1e-5 * as_array(found, shape=(3,), name="map_linear(X, y, …)"), want, rtol=1e-6, atol=1e-8,
                 name="map_linear with inputs in another unit, the weights in theirs,")  # fmt: skip
    cases = [
        (X, y, 9 * noise_var, 9 * prior_var),
        (np.vstack([X, X]), np.concatenate([y, y]), 2 * noise_var, prior_var),
    ]
    names = ("both variances nine times larger", "every sample twice and twice the noise variance")
    for name, found in zip(names, submission.map_linear.each(cases), strict=True):
        assert_close(found, want, rtol=1e-6, atol=1e-8, name=f"map_linear with {name}")


def test_wide_prior_is_mle(submission, rng):
    X = rng.normal(size=(10, 4)) + np.array([2.0, 0.0, 0.0, -1.0])
    y = X @ rng.normal(size=4) + rng.normal(scale=0.3, size=10)
    want = np.linalg.lstsq(X, y, rcond=None)[0]
    # λ is 5e-8 here. Wider still, and the route through X Xᵀ, as right as any, loses digits.
    assert_close(submission.map_linear(X, y, 0.5, 1e7), want, rtol=2e-6, atol=2e-6,
                 name="map_linear with a prior that says nothing")  # fmt: skip
    # Columns of different size: the system's condition number is about 1e8.
    X = X * np.array([1.0, 1e-2, 30.0, 0.3])
    assert_close(submission.map_linear(X, y, 0.5, 1e4), augmented(X, y, 0.5, 1e4), rtol=1e-5, atol=1e-5,
                 name="map_linear with columns of different size")  # fmt: skip


def test_narrow_prior(submission, rng):
    X, y, noise_var, _ = a_problem(rng, 7, 3)
    # With a vanishing prior variance only the pull of the data at w = 0 is left, times prior/noise.
    prior_var = 1e-9
    want = X.T @ y * prior_var / noise_var
    assert_close(submission.map_linear(X, y, noise_var, prior_var), want, rtol=1e-4, atol=1e-11,
                 name="map_linear with a narrow prior")  # fmt: skip


def test_fewer_samples_than_weights(submission, rng):
    X, y, noise_var, prior_var = a_problem(rng, 3, 6)
    want = X.T @ np.linalg.solve(X @ X.T + noise_var / prior_var * np.eye(3), y)
    assert_close(submission.map_linear(X, y, noise_var, prior_var), want, rtol=1e-6, atol=1e-8,
                 name="map_linear with fewer samples than weights")  # fmt: skip


def test_no_mutation(submission, rng):
    x = rng.normal(size=5)
    pair(assert_pure(submission.mle_gaussian, x))
    as_array(assert_pure(submission.gaussian_nll, x, 0.5, 2.0), shape=())
    X, y, noise_var, prior_var = a_problem(rng, 6, 3)
    as_array(assert_pure(submission.map_linear, X, y, noise_var, prior_var), shape=(3,))
