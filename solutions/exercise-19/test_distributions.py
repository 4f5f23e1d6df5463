"""Hidden checks of exercise-19.

Oracles: exact integer coefficients (math.comb, math.factorial) whose logarithm Python takes at any
size, sums over all outcomes, and covariances built from chosen eigenvalues and axes, for which the
density is a product of one-dimensional ones.
"""

import itertools
import math

import numpy as np

from grader.testing import as_array, assert_close, assert_no_warnings, assert_pure, assert_raises

HALF_LOG_TWO_PI = 0.5 * math.log(2.0 * math.pi)


def log_coefficient(counts):
    """Logarithm of the exact integer n! / Π k_i!."""
    orders = math.factorial(sum(counts))
    for k in counts:
        orders //= math.factorial(k)
    return math.log(orders)


def multinomial(counts, p):
    """Exact coefficient, and one logarithm for each category that came up."""
    return log_coefficient(counts) + math.fsum(
        k * math.log(q) for k, q in zip(counts, p, strict=True) if k > 0
    )


def covariance(rng, d, low=-1.0, high=1.0):
    """A covariance of known eigenvalues: its axes (columns), eigenvalues and the matrix."""
    axes = np.eye(d)
    for v in rng.normal(size=(2, d)):  # two reflections: orthogonal, and cheap for d = 400
        axes = axes - np.outer(axes @ v, v) * (2.0 / (v @ v))
    eigenvalues = np.exp(rng.uniform(low, high, size=d))
    cov = (axes * eigenvalues) @ axes.T
    return axes, eigenvalues, (cov + cov.T) / 2


def along_axes(X, mu, axes, eigenvalues):
    """Log-density as a sum of one-dimensional Gaussians along the axes."""
    z = (X - mu) @ axes
    return (-0.5 * z**2 / eigenvalues - 0.5 * np.log(eigenvalues) - HALF_LOG_TWO_PI).sum(axis=1)


def test_gaussian(submission, rng):
    for shape in [(4, 3), (5,), (3, 3), (2, 3, 4)]:
        mu, sigma = float(rng.normal(scale=3.0)), float(rng.uniform(1.5, 4.0))
        z = rng.normal(size=shape)
        want = -0.5 * z**2 - math.log(sigma) - HALF_LOG_TWO_PI
        assert_close(submission.gaussian_logpdf(mu + sigma * z, mu, sigma), want, rtol=1e-9, atol=1e-9,
                     name="gaussian_logpdf(x, mu, sigma)")  # fmt: skip
    # A narrow bell is higher than 1: its log-density is positive at the top.
    mu, sigma = float(rng.normal()), float(rng.uniform(0.01, 0.1))
    top, side = submission.gaussian_logpdf.each([(mu, mu, sigma), (mu - 2 * sigma, mu, sigma)])
    assert_close(top, -math.log(sigma) - HALF_LOG_TWO_PI, rtol=1e-9, name="gaussian_logpdf(mu, mu, sigma)")
    assert_close(side, -2.0 - math.log(sigma) - HALF_LOG_TWO_PI, rtol=1e-9, atol=1e-9,
                 name="gaussian_logpdf of one number")  # fmt: skip
    assert_close(submission.gaussian_logpdf(3, 1, 4), -0.125 - math.log(4) - HALF_LOG_TWO_PI, rtol=1e-9,
                 name="gaussian_logpdf of whole numbers")  # fmt: skip
    # Nothing is added to sigma, nor is it held away from 0.
    for sigma in (3e-9, 3e9):
        z = rng.normal(size=4)
        want = -0.5 * z**2 - math.log(sigma) - HALF_LOG_TWO_PI
        assert_close(submission.gaussian_logpdf(sigma * z, 0.0, sigma), want, rtol=1e-9, atol=1e-9,
                     name="gaussian_logpdf with a tiny or huge sigma")  # fmt: skip


def test_far_tail(submission, rng):
    sigma = float(rng.uniform(0.5, 2.0))
    z = np.array([100.0, -100.0, 40.0, -1e4, 1e6, 0.3]) * rng.uniform(0.99, 1.01, size=6)
    want = -0.5 * z**2 - math.log(sigma) - HALF_LOG_TWO_PI
    assert_close(submission.gaussian_logpdf(sigma * z + 2.0, 2.0, sigma), want, rtol=1e-9,
                 name="gaussian_logpdf, far from the mean")  # fmt: skip


def test_integrates_to_one(submission, rng):
    for low, high in ((0.05, 0.2), (3.0, 9.0)):
        mu, sigma = float(rng.normal(scale=5.0)), float(rng.uniform(low, high))
        # Beyond 12 σ lies 1e-32; a sum of equal steps of σ/8 is exact up to rounding.
        x = mu + sigma * np.arange(-96, 97) / 8.0
        log_density = as_array(
            submission.gaussian_logpdf(x, mu, sigma), shape=x.shape, name="gaussian_logpdf(x, mu, sigma)"
        )
        assert_close(
            np.exp(log_density).sum() * sigma / 8.0, 1.0, rtol=1e-9, name="The area under the density"
        )


def test_sigma_positive(submission, rng):
    x = rng.normal(size=3)
    as_array(submission.gaussian_logpdf(x, 0.5, 0.7), shape=(3,), name="gaussian_logpdf(x, mu, sigma)")
    for sigma in (0.0, -0.7, -2.0):
        assert_raises(ValueError, submission.gaussian_logpdf, x, 0.5, sigma)
        assert_raises(ValueError, submission.gaussian_logpdf, 0.3, 0.5, sigma)


def test_bernoulli(submission, rng):
    chances = [float(p) for p in rng.uniform(0.02, 0.45, size=3)] + [float(rng.uniform(0.6, 0.98))]
    found = submission.bernoulli_logpmf.each([(k, p) for p in chances for k in (1, 0)])
    for p, yes, no in zip(chances, found[::2], found[1::2], strict=True):
        assert_close(yes, math.log(p), rtol=1e-9, name="bernoulli_logpmf(1, p)")
        assert_close(no, math.log(1.0 - p), rtol=1e-9, name="bernoulli_logpmf(0, p)")
    # Hardly possible is possible.
    for p in (1e-20, 3e-13, 1e-300):
        assert_close(
            submission.bernoulli_logpmf(1, p), math.log(p), rtol=1e-9, name="bernoulli_logpmf(1, p), p tiny,"
        )
    assert_close(submission.bernoulli_logpmf(0, 1.0 - 2.0**-50), -50 * math.log(2.0), rtol=1e-9,
                 name="bernoulli_logpmf(0, p), p nearly 1,")  # fmt: skip


def test_bernoulli_edges(submission):
    cases = [(0, 0.0), (1, 1.0), (1, 0.0), (0, 1.0)]
    for (k, p), found, want in zip(
        cases, submission.bernoulli_logpmf.each(cases), (0.0, 0.0, -math.inf, -math.inf), strict=True
    ):
        assert_close(found, want, atol=1e-12, name=f"bernoulli_logpmf({k}, {p:g})")


def test_binomial(submission, rng):
    cases = [
        (int(rng.integers(1, n)), n, float(rng.uniform(0.1, 0.9))) for n in (5, 8, 13, 30) for _ in range(2)
    ]
    cases += [(0, 7, float(rng.uniform(0.1, 0.4))), (7, 7, float(rng.uniform(0.1, 0.4)))]
    for (k, n, p), found in zip(cases, submission.binomial_logpmf.each(cases), strict=True):
        want = math.log(math.comb(n, k) * p**k * (1.0 - p) ** (n - k))
        assert_close(found, want, rtol=1e-8, atol=1e-9, name="binomial_logpmf(k, n, p)")
    # 1 − p is exact here, however it is come by.
    almost = 1.0 - 2.0**-50
    for k, p, want in [
        (3, 1e-15, math.log(120) + 3 * math.log(1e-15)),
        (7, almost, math.log(120) - 150 * math.log(2.0)),
    ]:
        assert_close(
            submission.binomial_logpmf(k, 10, p), want, rtol=1e-8, name="binomial_logpmf, p near an end"
        )


def test_binomial_sums(submission, rng):
    for n in (9, 40):
        p = float(rng.uniform(0.1, 0.4))
        found = submission.binomial_logpmf.each([(k, n, p) for k in range(n + 1)])
        chance = np.exp([as_array(f, shape=(), name="binomial_logpmf(k, n, p)") for f in found])
        assert_close(chance.sum(), 1.0, rtol=1e-9, name="The sum over k = 0 … n")
        assert_close((chance * np.arange(n + 1)).sum(), n * p, rtol=1e-9, name="The mean number of successes")


def test_binomial_edges(submission, rng):
    p = float(rng.uniform(0.2, 0.8))
    cases = [(0, 6, 0.0), (6, 6, 1.0), (0, 0, p), (2, 6, 0.0), (5, 6, 1.0), (6, 6, 0.0), (0, 6, 1.0)]
    cases += [(0, 0, 0.0), (0, 0, 1.0)]
    certain = {0: "p = 0, k = 0", 1: "p = 1, k = n", 2: "n = 0", 7: "n = 0, p = 0", 8: "n = 0, p = 1"}
    for index, found in enumerate(submission.binomial_logpmf.each(cases)):
        want = 0.0 if index in certain else -math.inf
        assert_close(found, want, atol=1e-12,
                     name=f"binomial_logpmf with {certain.get(index, 'an impossible outcome')}")  # fmt: skip


def test_binomial_large(submission, rng):
    cases = [(1000, 2000, 0.5), (int(rng.integers(900, 1100)), 2000, float(rng.uniform(0.3, 0.6)))]
    cases += [(int(rng.integers(5, 20)), 2000, float(rng.uniform(0.3, 0.6)))]
    cases += [(int(rng.integers(9000, 11000)), 20000, float(rng.uniform(0.45, 0.55)))]
    for (k, n, p), found in zip(cases, submission.binomial_logpmf.each(cases), strict=True):
        want = math.log(math.comb(n, k)) + k * math.log(p) + (n - k) * math.log1p(-p)
        # log n! is about 2e5 for the largest n, so sums round by some 1e-10.
        assert_close(found, want, rtol=1e-8, atol=1e-7, name="binomial_logpmf with a large n")


def test_multinomial(submission, rng):
    cases = []
    for size in (4, 3, 6, 1):
        p = rng.dirichlet(np.full(size, 2.0))
        cases.append((rng.integers(1, 6, size=size), p))
    # A category that can't come up, and didn't.
    cases.append((np.array([3, 0, 2, 1]), np.insert(rng.dirichlet(np.full(3, 2.0)), 1, 0.0)))
    cases.append((np.array([0, 4, 0]), rng.dirichlet(np.full(3, 2.0))))
    for (counts, p), found in zip(cases, submission.multinomial_logpmf.each(cases), strict=True):
        want = multinomial(counts.tolist(), p.tolist())
        assert_close(found, want, rtol=1e-8, atol=1e-9, name="multinomial_logpmf(counts, p)")
    # Hardly possible is possible.
    counts, p = [2, 3, 1], [1e-20, 0.3, 0.7]
    assert_close(submission.multinomial_logpmf(np.array(counts), np.array(p)), multinomial(counts, p), rtol=1e-8,
                 name="multinomial_logpmf with a tiny probability")  # fmt: skip


def test_multinomial_sums(submission, rng):
    p = rng.dirichlet(np.full(3, 2.0))
    outcomes = [(a, b, 5 - a - b) for a, b in itertools.product(range(6), repeat=2) if a + b <= 5]
    found = submission.multinomial_logpmf.each([(np.array(counts), p) for counts in outcomes])
    chance = np.exp([as_array(f, shape=(), name="multinomial_logpmf(counts, p)") for f in found])
    assert_close(chance.sum(), 1.0, rtol=1e-9, name="The sum over all counts of five draws")


def test_multinomial_edges(submission, rng):
    p = rng.dirichlet(np.full(3, 2.0))
    gap = np.append(p, 0.0)
    cases = [(np.zeros(3, int), p), (np.array([0, 5, 0]), np.array([0.0, 1.0, 0.0]))]
    cases += [(np.array([1, 2, 0, 1]), gap), (np.array([0, 0, 0, 3]), gap)]
    names = ["no draws", "a certain category", "an impossible category", "an impossible category alone"]
    wants = [0.0, 0.0, -math.inf, -math.inf]
    for name, want, found in zip(names, wants, submission.multinomial_logpmf.each(cases), strict=True):
        assert_close(found, want, atol=1e-12, name=f"multinomial_logpmf with {name}")


def test_multinomial_large(submission, rng):
    counts = rng.integers(300, 900, size=5)
    # Rounded probabilities sum to 1 up to rounding only.
    p = rng.dirichlet(np.full(5, 3.0)) * (1.0 + 1e-12)
    want = multinomial(counts.tolist(), p.tolist())
    assert_close(submission.multinomial_logpmf(counts, p), want, rtol=1e-8, atol=1e-7,
                 name="multinomial_logpmf with thousands of draws")  # fmt: skip


def test_mvn(submission, rng):
    cases, wants = [], []
    for n, d in ((5, 3), (4, 4), (1, 6), (6, 2)):
        axes, eigenvalues, cov = covariance(rng, d)
        X, mu = rng.normal(scale=2.0, size=(n, d)), rng.normal(size=d)
        cases.append((X, mu, cov))
        wants.append(along_axes(X, mu, axes, eigenvalues))
    # A narrow cloud, to whose variances nothing may be added: (X − mu) is rounded by 1e-11 of its size.
    axes, eigenvalues, cov = covariance(rng, 3)
    X, mu = 3e-5 * rng.normal(size=(4, 3)), rng.normal(size=3)
    cases.append((mu + X, mu, 1e-9 * cov))
    wants.append(along_axes(mu + X, mu, axes, 1e-9 * eigenvalues))
    for want, found in zip(wants, submission.mvn_logpdf.each(cases), strict=True):
        assert_close(found, want, rtol=1e-8, atol=1e-8, name="mvn_logpdf(X, mu, cov)")
    # Variables in other units, one of them far out: the density goes with the product of the units.
    axes, eigenvalues, cov = covariance(rng, 3)
    units, X = np.array([3e-5, 3e-2, 1e-2]), rng.normal(size=(4, 3)) * [[1.0], [2.0], [0.5], [1e3]]
    found = submission.mvn_logpdf(units * X, np.zeros(3), cov * np.outer(units, units))
    want = along_axes(X, np.zeros(3), axes, eigenvalues) - np.log(units).sum()
    assert_close(found, want, rtol=1e-7, atol=1e-6, name="mvn_logpdf with variables of different size")


def test_mvn_one_dimension(submission, rng):
    sigma, mu = float(rng.uniform(2.0, 5.0)), float(rng.normal())
    z = rng.normal(size=(4, 1))
    found = submission.mvn_logpdf(mu + sigma * z, np.array([mu]), np.array([[sigma**2]]))
    assert_close(found, -0.5 * z[:, 0] ** 2 - math.log(sigma) - HALF_LOG_TWO_PI, rtol=1e-8, atol=1e-9,
                 name="mvn_logpdf with d = 1")  # fmt: skip


def test_mvn_high_dim(submission, rng):
    d = 400
    mu = rng.normal(size=d)
    # log det is near −1000, then near 1000: e^±1000 is no float64.
    for low, high in ((-4.0, -1.0), (1.0, 4.0)):
        axes, eigenvalues, cov = covariance(rng, d, low, high)
        X = mu + (rng.normal(size=(2, d)) * np.sqrt(eigenvalues)) @ axes.T
        assert_close(submission.mvn_logpdf(X, mu, cov), along_axes(X, mu, axes, eigenvalues), rtol=1e-8, atol=1e-7,
                     name="mvn_logpdf with d = 400")  # fmt: skip


def test_outside_support(submission, rng):
    p = float(rng.uniform(0.2, 0.8))
    found = submission.bernoulli_logpmf.each([(1, p), (2, p), (-1, p)])
    for value, want in zip(found, (math.log(p), -math.inf, -math.inf), strict=True):
        assert_close(value, want, rtol=1e-9, name="bernoulli_logpmf(k, p)")
    found = submission.binomial_logpmf.each(
        [(4, 4, p), (5, 4, p), (9, 4, p), (-1, 4, p), (-3, 4, p), (1, 0, p)]
    )
    for value, want in zip(found, (4 * math.log(p), *[-math.inf] * 5), strict=True):
        assert_close(value, want, rtol=1e-8, name="binomial_logpmf(k, n, p)")
    for counts, chances in [
        ([3, -1, 2], [0.5, 0.25, 0.25]),
        ([1, -1, 0], [0.5, 0.25, 0.25]),  # no draws on the whole
        ([3, -1, 2], [0.5, 0.0, 0.5]),
    ]:
        impossible = submission.multinomial_logpmf(np.array(counts), np.array(chances))
        assert_close(impossible, -math.inf, name="multinomial_logpmf with a negative count")


def test_parameters(submission, rng):
    as_array(submission.bernoulli_logpmf(1, 0.4), shape=(), name="bernoulli_logpmf(k, p)")
    as_array(submission.binomial_logpmf(1, 3, 0.4), shape=(), name="binomial_logpmf(k, n, p)")
    for p in (-0.2, 1.2):
        for k in (0, 1):
            assert_raises(ValueError, submission.bernoulli_logpmf, k, p)
            assert_raises(ValueError, submission.binomial_logpmf, k, 3, p)
    for n in (-1, -2):
        assert_raises(ValueError, submission.binomial_logpmf, 0, n, 0.4)
    # An outcome that can't happen, or is certain under any p, doesn't excuse the parameters.
    for p in (1.2, -0.2):
        for k in (2, -1):
            assert_raises(ValueError, submission.bernoulli_logpmf, k, p)
        for k, n in ((4, 3), (-1, 3), (0, 0)):
            assert_raises(ValueError, submission.binomial_logpmf, k, n, p)
    for k, n in ((1, -1), (-2, -1), (-1, -1)):
        assert_raises(ValueError, submission.binomial_logpmf, k, n, 0.4)


def test_multinomial_parameters(submission, rng):
    counts, p = np.array([1, 2, 1]), rng.dirichlet(np.full(3, 2.0))
    as_array(submission.multinomial_logpmf(counts, p), shape=(), name="multinomial_logpmf(counts, p)")
    assert_raises(ValueError, submission.multinomial_logpmf, counts, np.array([0.7, -0.2, 0.5]))
    assert_raises(ValueError, submission.multinomial_logpmf, counts, 0.9 * p)
    assert_raises(ValueError, submission.multinomial_logpmf, counts, 1.1 * p)
    for slip in (1e-3, 1e-6, -1e-6, 3e-9, -3e-9):
        assert_raises(ValueError, submission.multinomial_logpmf, counts, (1.0 + slip) * p)
    for slip in (5e-10, -5e-10):
        as_array(submission.multinomial_logpmf(counts, (1.0 + slip) * p), shape=(), name="multinomial_logpmf")
    for slip in (1e-6, 5e-10):
        negative = np.array([0.5, -slip, 0.5 + slip])
        assert_raises(ValueError, submission.multinomial_logpmf, np.array([1, 0, 1]), negative)
    # Counts that can't happen, or are certain under any p, don't excuse the parameters.
    for other in ([3, -1, 2], [0, 0, 0], [0, 1, 0]):
        for bad in (np.array([0.8, 0.0, 0.3]), np.array([0.7, -0.2, 0.5])):
            assert_raises(ValueError, submission.multinomial_logpmf, np.array(other), bad)


def test_not_positive_definite(submission, rng):
    X, mu = rng.normal(size=(4, 2)), rng.normal(size=2)
    a, b = (float(v) for v in rng.uniform(1.0, 2.0, size=2))
    good, bad = 0.5 * math.sqrt(a * b), 1.5 * math.sqrt(a * b)
    as_array(submission.mvn_logpdf(X, mu, np.array([[a, good], [good, b]])), shape=(4,), name="mvn_logpdf")
    assert_raises(ValueError, submission.mvn_logpdf, X, mu, np.array([[a, bad], [bad, b]]))
    # Two negative eigenvalues hide in a positive determinant. Zeros are exact here, so that no
    # rounding decides.
    for diagonal in ([-1.0, -1.0], [-a, -b], [0.0, 0.0], [a, 0.0]):
        assert_raises(ValueError, submission.mvn_logpdf, X, mu, np.diag(diagonal))
    X, mu = rng.normal(size=(4, 3)), rng.normal(size=3)
    axes, eigenvalues, _ = covariance(rng, 3)
    hidden = (axes * (eigenvalues * [1.0, -0.3, -0.3])) @ axes.T
    assert_raises(ValueError, submission.mvn_logpdf, X, mu, (hidden + hidden.T) / 2)


def test_no_warnings(submission):
    for k, p in ((0, 0.0), (1, 1.0), (1, 0.3)):
        found = assert_no_warnings(submission.bernoulli_logpmf, k, p)
        assert_close(
            found, 0.0 if k == p else math.log(p), rtol=1e-9, atol=1e-12, name="bernoulli_logpmf(k, p)"
        )


def test_no_mutation(submission, rng):
    as_array(assert_pure(submission.gaussian_logpdf, rng.normal(size=(2, 3)), 0.5, 2.0), shape=(2, 3))
    counts, p = rng.integers(1, 5, size=4), rng.dirichlet(np.full(4, 2.0))
    as_array(assert_pure(submission.multinomial_logpmf, counts, p), shape=())
    _, _, cov = covariance(rng, 3)
    X, mu = rng.normal(size=(5, 3)), rng.normal(size=3)
    as_array(assert_pure(submission.mvn_logpdf, X, mu, cov), shape=(5,))
