"""Hidden checks of exercise-20.

Oracles: exact arithmetic with fractions on the very float64 values that are handed over, sums over
pairs (a variance is half the mean squared difference of two draws, which needs no mean), closed forms
for dice, and statistics of chunks against those of the whole.
"""

import math
from fractions import Fraction

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure, assert_raises

# Data near 1e8: one rounding of the mean is 1e-8 of a spread near 1, some ways of summing lose more.
FAR = 1e-6


def exact_covariance(x, y, ddof=1):
    """Covariance of two columns in exact arithmetic."""
    x, y = ([Fraction(float(v)) for v in column] for column in (x, y))
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return float(sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / (len(x) - ddof))


def exact_matrix(X, ddof=1):
    """Covariance matrix of the columns in exact arithmetic."""
    return np.array([[exact_covariance(x, y, ddof) for y in X.T] for x in X.T])


def exact_stats(x):
    """The tuple (n, mean, M2) in exact arithmetic."""
    exact = [Fraction(float(v)) for v in x]
    mean = sum(exact) / len(exact)
    return len(exact), float(mean), float(sum((v - mean) ** 2 for v in exact))


def mixed(rng, n, d):
    """Columns that depend on one another, with scales and means of their own."""
    return rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) + rng.normal(scale=3.0, size=d)


def three(merged):
    """Take what merge_stats gives apart, once it is known to have three parts."""
    if not isinstance(merged, (tuple, list)) or len(merged) != 3:
        raise ComparisonFailed("merge_stats(a, b) must return a tuple of three numbers, (n, mean, M2).")
    return merged


def some_distributions(rng):
    """Values in no order, of both signs, with unequal probabilities."""
    return [(rng.normal(scale=4.0, size=n), rng.dirichlet(np.full(n, 2.0))) for n in (2, 3, 7, 1)]


def test_expectation_values(submission, rng):
    cases = some_distributions(rng)
    cases.append((np.array([-3.0, 8.0, 1e6]), np.array([0.25, 0.75, 0.0])))
    for (values, probs), found in zip(cases, submission.expectation.each(cases), strict=True):
        want = math.fsum(v * p for v, p in zip(values.tolist(), probs.tolist(), strict=True))
        assert_close(found, want, rtol=1e-9, atol=1e-12, name="expectation(values, probs)")
    # In other units: nothing is rounded or cut off.
    values, probs = 1e-12 * rng.uniform(1.0, 2.0, size=4), rng.dirichlet(np.full(4, 2.0))
    want = math.fsum(v * p for v, p in zip(values.tolist(), probs.tolist(), strict=True))
    assert_close(submission.expectation(values, probs), want, rtol=1e-9, name="expectation of tiny values")


def test_variance_values(submission, rng):
    cases = some_distributions(rng)
    for (values, probs), found in zip(cases, submission.variance.each(cases), strict=True):
        # Half the mean squared difference of two independent draws.
        pairs = (values[:, None] - values) ** 2 * (probs[:, None] * probs)
        assert_close(found, pairs.sum() / 2, rtol=1e-8, atol=1e-12, name="variance(values, probs)")
    (values, probs), unit = cases[2], 1e-9
    pairs = (values[:, None] - values) ** 2 * (probs[:, None] * probs)
    assert_close(submission.variance(unit * values, probs), unit**2 * pairs.sum() / 2, rtol=1e-8,
                 name="variance in another unit")  # fmt: skip


def test_variance_large_offset(submission, rng):
    values, probs = 1e8 + rng.normal(size=6), rng.dirichlet(np.full(6, 2.0))
    v, p = ([Fraction(float(u)) for u in array] for array in (values, probs))
    mean = sum(a * q for a, q in zip(v, p, strict=True)) / sum(p)
    want = float(sum((a - mean) ** 2 * q for a, q in zip(v, p, strict=True)) / sum(p))
    assert_close(submission.variance(values, probs), want, rtol=1e-5, name="variance of values near 1e8")


def test_probabilities(submission, rng):
    values = rng.normal(size=3)
    for name in ("expectation", "variance"):
        function = getattr(submission, name)
        # Rounded probabilities are probabilities still; the limit is 1e-9 on either side.
        for off in (1e-12, 5e-10, -5e-10):
            good = function(values, np.array([0.2, 0.3, 0.5]) * (1.0 + off))
            as_array(good, shape=(), name=f"{name}(values, probs)")
        for probs in (
            [0.2, 0.3, 0.4],
            [0.7, 0.5, -0.2],
            [0.5, 0.6, 0.7],
            [1.0, -1.0, 1.0],
            [0.2, 0.3, 0.500001],
            [0.2, 0.300000005, 0.5],
            [0.199999995, 0.3, 0.5],
            [0.5, -1e-6, 0.500001],
            [0.5, -5e-10, 0.5 + 5e-10],
        ):
            assert_raises(ValueError, function, values, np.array(probs))


def test_sample_variance(submission, rng):
    for n in (2, 5, 12):
        x = rng.normal(loc=3.0, scale=2.0, size=n)
        want = ((x[:, None] - x) ** 2).sum() / (2 * n * (n - 1))
        assert_close(submission.sample_variance(x), want, rtol=1e-9, name="sample_variance(x)",
                     sizes={"n/(n − 1)": n / (n - 1)})  # fmt: skip
    for unit in (1e-9, 1e9):
        assert_close(submission.sample_variance(unit * x), unit**2 * want, rtol=1e-8,
                     name="sample_variance(x) in another unit")  # fmt: skip


def test_sample_variance_ddof(submission, rng):
    x = rng.normal(loc=3.0, scale=2.0, size=6)
    total = ((x[:, None] - x) ** 2).sum() / 12
    found = submission.sample_variance.each([(x, ddof) for ddof in (0, 1, 2, 5)])
    for ddof, value in zip((0, 1, 2, 5), found, strict=True):
        assert_close(value, total / (6 - ddof), rtol=1e-9, name=f"sample_variance(x, ddof={ddof})")
    assert_close(
        submission.sample_variance(x, ddof=0), total / 6, rtol=1e-9, name="sample_variance(x, ddof=0)"
    )
    assert_close(
        submission.sample_variance(x[:1], ddof=0), 0.0, atol=1e-12, name="sample_variance of one value"
    )


def test_sample_variance_axis(submission, rng):
    x = rng.normal(loc=3.0, size=(3, 4, 5)) * rng.uniform(0.5, 3.0, size=(3, 4, 1))
    for axis in (0, 1, 2, -1, -3):
        n = x.shape[axis]
        moved = np.moveaxis(x, axis, 0)
        want = ((moved[:, None] - moved) ** 2).sum(axis=(0, 1)) / (2 * n)
        assert_close(submission.sample_variance(x, axis=axis), want / (n - 1), rtol=1e-8,
                     name="sample_variance(x, axis=…)")  # fmt: skip
        assert_close(submission.sample_variance(x, ddof=0, axis=axis), want / n, rtol=1e-8,
                     name="sample_variance(x, ddof=0, axis=…)")  # fmt: skip
    row = x[0, 0]
    assert_close(submission.sample_variance(row, axis=0), exact_covariance(row, row), rtol=1e-8,
                 name="sample_variance(x, axis=0) of a vector")  # fmt: skip
    square = rng.normal(size=(4, 4))
    want = [exact_covariance(column, column) for column in square.T]
    assert_close(submission.sample_variance(square, 1, 0), np.array(want), rtol=1e-8,
                 name="sample_variance(x, 1, 0)")  # fmt: skip


def test_sample_variance_all(submission, rng):
    for shape in ((3, 4), (2, 3, 4)):
        # Rows far apart: the spread between them counts.
        x = rng.normal(size=shape) + 5.0 * np.arange(shape[0]).reshape(-1, *[1] * (len(shape) - 1))
        want = exact_covariance(x.ravel(), x.ravel())
        assert_close(submission.sample_variance(x), want, rtol=1e-9, name="sample_variance of all entries")


def test_large_offset(submission, rng):
    for size in (10, 1000):
        x = 1e8 + rng.normal(size=size)
        assert_close(submission.sample_variance(x), exact_covariance(x, x), rtol=FAR,
                     name="sample_variance of data near 1e8")  # fmt: skip
    x = rng.normal(size=(6, 2)) + np.array([1e8, -1e8])
    want = [exact_covariance(column, column, ddof=0) for column in x.T]
    assert_close(submission.sample_variance(x, 0, 0), np.array(want), rtol=FAR,
                 name="sample_variance of columns near 1e8")  # fmt: skip


def test_too_few_values(submission, rng):
    x = rng.normal(size=(3, 5))
    as_array(
        submission.sample_variance(x, ddof=2, axis=0), shape=(5,), name="sample_variance(x, ddof=2, axis=0)"
    )
    for ddof in (3, 4):
        assert_raises(ValueError, submission.sample_variance, x, ddof=ddof, axis=0)
    assert_raises(ValueError, submission.sample_variance, x[0, :1])
    # Each variance along the other axis has five values.
    for axis in (1, -1):
        for ddof in (3, 4):
            as_array(
                submission.sample_variance(x, ddof, axis), shape=(3,), name="sample_variance(x, ddof, axis=1)"
            )
        for ddof in (5, 6):
            assert_raises(ValueError, submission.sample_variance, x, ddof, axis)
    assert_raises(ValueError, submission.sample_variance, x, ddof=15)


def test_covariance_values(submission, rng):
    for n, d in ((7, 3), (4, 4), (3, 6), (5, 1)):
        X = mixed(rng, n, d)
        assert_close(submission.covariance(X), exact_matrix(X), rtol=1e-8, atol=1e-9, name="covariance(X)",
                     sizes={"n/(n − 1)": n / (n - 1)})  # fmt: skip


def test_covariance_ddof(submission, rng):
    X = mixed(rng, 6, 3)
    for ddof in (0, 2):
        assert_close(submission.covariance(X, ddof=ddof), exact_matrix(X, ddof), rtol=1e-8, atol=1e-9,
                     name=f"covariance(X, ddof={ddof})")  # fmt: skip
    assert_close(
        submission.covariance(X, 0), exact_matrix(X, 0), rtol=1e-8, atol=1e-9, name="covariance(X, 0)"
    )
    assert_close(
        submission.covariance(X[:1], 0), np.zeros((3, 3)), atol=1e-12, name="covariance of one sample"
    )
    assert_close(submission.covariance(1e-9 * X), 1e-18 * exact_matrix(X), rtol=1e-8, atol=1e-27,
                 name="covariance(X) in another unit")  # fmt: skip
    for ddof in (6, 7):
        assert_raises(ValueError, submission.covariance, X, ddof)
    assert_raises(ValueError, submission.covariance, X[:1])


def test_covariance_large_offset(submission, rng):
    X = mixed(rng, 8, 3) + np.array([1e8, -1e8, 0.0])
    # Compared with the spread of the columns, some of whose covariances may be near 0.
    assert_close(submission.covariance(X), exact_matrix(X), rtol=FAR, atol=1e-5,
                 name="covariance of data near 1e8")  # fmt: skip


def correlated(X):
    """Correlation of columns from the exact covariance."""
    S = exact_matrix(X)
    return np.array([[S[i, j] / math.sqrt(S[i, i] * S[j, j]) for j in range(len(S))] for i in range(len(S))])


def test_correlation(submission, rng):
    for n, d in ((7, 3), (4, 4), (3, 5), (4, 1)):
        X = mixed(rng, n, d)
        assert_close(submission.correlation(X), correlated(X), rtol=1e-8, atol=1e-9, name="correlation(X)")
    # Two samples lie on a line. And a weak correlation is one, too.
    found = submission.correlation(np.array([[1.0, 5.0, 0.2], [3.0, 4.0, 0.7]]))
    assert_close(found, np.outer([1, -1, 1], [1, -1, 1]), rtol=1e-9, name="correlation of two samples")
    weak = float(rng.uniform(1e-5, 2e-5))
    found = submission.correlation(
        np.array([[1.0, 1.0 + weak], [1.0, weak - 1.0], [-1.0, 1.0 - weak], [-1.0, -weak - 1.0]])
    )
    want = weak / math.sqrt(1.0 + weak**2)
    assert_close(found, [[1.0, want], [want, 1.0]], rtol=1e-8, name="a weak correlation")


def test_units_do_not_matter(submission, rng):
    X = mixed(rng, 9, 4)
    # Metres or nanometres, and the direction of an axis.
    for scale in np.array([[1e-9, -3.0, 1e6, 0.01], [1e30, 1.0, -5.0, 1e-30]]):
        sign = np.sign(np.outer(scale, scale))
        assert_close(submission.correlation(X * scale), sign * correlated(X), rtol=1e-7, atol=1e-8,
                     name="correlation(X) in other units")  # fmt: skip
    assert_close(submission.correlation(X + np.array([1e8, 0.0, -1e8, 5.0])), correlated(X), rtol=1e-5, atol=1e-5,
                 name="correlation(X), columns shifted")  # fmt: skip


def test_unit_diagonal(submission, rng):
    X = mixed(rng, 8, 3)
    X = np.column_stack([X, 2.0 * X[:, 0] + 1.0, -X[:, 1]])
    R = as_array(submission.correlation(X), shape=(5, 5), name="correlation(X)")
    assert_close(np.diag(R), np.ones(5), rtol=1e-9, name="The diagonal of correlation(X)")
    assert_close(R[0, 3], 1.0, rtol=1e-9, name="The correlation of x with 2x + 1")
    assert_close(R[4, 1], -1.0, rtol=1e-9, name="The correlation of x with −x")


def test_constant_column(submission, rng):
    X = mixed(rng, 10, 3)
    want = np.eye(5)
    want[np.ix_([0, 2, 4], [0, 2, 4])] = correlated(X)
    # The mean of ten times 0.1 isn't quite 0.1: what rounding leaves is no spread.
    for constant in (0.0, 0.1, 1e8 + 0.1):
        full = np.insert(X, [1, 2], [[constant, -7.3]], axis=1)
        assert_close(submission.correlation(full), want, rtol=1e-8, atol=1e-9,
                     name="correlation(X) with constant columns")  # fmt: skip
    assert_close(submission.correlation(np.tile([0.1, -7.3, 0.0], (6, 1))), np.eye(3), atol=1e-12,
                 name="correlation(X) with constant columns alone")  # fmt: skip
    # What begins and ends alike isn't constant yet.
    X = mixed(rng, 10, 3)
    X[[0, 1, -2, -1], 2] = X[0, 2]
    assert_close(submission.correlation(X), correlated(X), rtol=1e-8, atol=1e-9,
                 name="correlation(X) with a column that begins and ends alike")  # fmt: skip
    # What varies by a trillionth of its size isn't constant. Rounding near 1e8 is 1e-3 of that spread.
    for spread in (1e-2, 1e-5):
        X[:, 1] = 1e8 + spread * rng.uniform(0.5, 1.5, size=10) * np.sign(X[:, 0])
        assert_close(submission.correlation(X), correlated(X), rtol=0.0, atol=0.02,
                     name="correlation(X) with a column that varies little")  # fmt: skip


def orders_of_parts_around_zero(x):
    """Give some data and a part whose mean is 0, one after the other in both orders."""
    some = exact_stats(x)
    return [pair for part in ((4, 0.0, 3.5), (1, 0.0, 0.0)) for pair in ((some, part), (part, some))]


def test_merge_n(submission, rng):
    for n_a, n_b in ((3, 8), (5, 5), (1, 1)):
        a, b = (exact_stats(rng.normal(size=n)) for n in (n_a, n_b))
        n, _, _ = three(submission.merge_stats(a, b))
        assert_close(n, n_a + n_b, rtol=0.0, name="n")


def test_merge_mean(submission, rng):
    for n_a, n_b in ((3, 8), (9, 2), (5, 5)):
        x = rng.normal(loc=2.0, scale=3.0, size=n_a + n_b)
        _, mean, _ = three(submission.merge_stats(exact_stats(x[:n_a]), exact_stats(x[n_a:])))
        assert_close(mean, exact_stats(x)[1], rtol=1e-9, atol=1e-11, name="The mean")
    # A part with the mean 0 isn't empty.
    for a, b in orders_of_parts_around_zero(x):
        _, mean, _ = three(submission.merge_stats(a, b))
        want = (a[0] * a[1] + b[0] * b[1]) / (a[0] + b[0])
        assert_close(mean, want, rtol=1e-9, name="The mean, a part of it being 0,")


def test_merge_M2(submission, rng):  # noqa: N802 - M2 is the letter of the field
    for n_a, n_b in ((3, 8), (9, 2), (5, 5), (1, 6)):
        # Parts with means of their own, as with data that come in an order.
        x = rng.normal(size=n_a + n_b) + np.repeat(rng.normal(scale=3.0, size=2), (n_a, n_b))
        _, _, m2 = three(submission.merge_stats(exact_stats(x[:n_a]), exact_stats(x[n_a:])))
        assert_close(m2, exact_stats(x)[2], rtol=1e-9, name="M2")
    for a, b in orders_of_parts_around_zero(x):
        _, _, m2 = three(submission.merge_stats(a, b))
        want = a[2] + b[2] + (a[1] - b[1]) ** 2 * a[0] * b[0] / (a[0] + b[0])
        assert_close(m2, want, rtol=1e-9, name="M2, the mean of a part being 0,")


def test_merge_large_offset(submission, rng):
    x = 1e8 + rng.normal(size=9) + np.repeat([0.0, 3.0], (4, 5))
    n, mean, m2 = three(submission.merge_stats(exact_stats(x[:4]), exact_stats(x[4:])))
    for found, want, name in zip((n, mean, m2), exact_stats(x), ("n", "The mean", "M2"), strict=True):
        assert_close(found, want, rtol=FAR, name=f"{name} of data near 1e8")


def test_merge_one_by_one(submission, rng):
    x = rng.normal(loc=4.0, size=7)
    so_far = (0, 0.0, 0.0)
    for value in x:
        so_far = tuple(three(submission.merge_stats(so_far, (1, float(value), 0.0))))
        for part, name in zip(so_far, ("n", "The mean", "M2"), strict=True):
            as_array(part, shape=(), name=name)
    for found, want, name in zip(so_far, exact_stats(x), ("n", "The mean", "M2"), strict=True):
        assert_close(found, want, rtol=1e-9, name=f"{name} of values that come one by one")


def test_merge_empty(submission, rng):
    some, empty = exact_stats(rng.normal(loc=4.0, size=5)), (0, 0.0, 0.0)
    for a, b, want in ((some, empty, some), (empty, some, some), (empty, empty, empty)):
        for part, right in zip(three(submission.merge_stats(a, b)), want, strict=True):
            assert_close(part, right, rtol=1e-12, name="merge_stats with an empty part")


def test_mse(submission, rng):
    for bias in (float(rng.uniform(0.3, 2.0)), -float(rng.uniform(0.3, 2.0)), 0.0):
        error = rng.normal(size=6)
        error = bias + error - error.mean()
        var = float(((error - error.mean()) ** 2).mean())
        assert_close(submission.mse_from_bias_variance(bias, var), (error**2).mean(), rtol=1e-9,
                     name="mse_from_bias_variance(bias, var)")  # fmt: skip
    assert_close(submission.mse_from_bias_variance(bias=0.3, var=0.0), 0.09, rtol=1e-9,
                 name="mse_from_bias_variance without variance")  # fmt: skip


def test_no_mutation(submission, rng):
    values, probs = rng.normal(size=4), rng.dirichlet(np.full(4, 2.0))
    as_array(assert_pure(submission.expectation, values, probs), shape=())
    as_array(assert_pure(submission.variance, values, probs), shape=())
    X = mixed(rng, 6, 3)
    as_array(assert_pure(submission.sample_variance, X, axis=0), shape=(3,))
    as_array(assert_pure(submission.covariance, X), shape=(3, 3))
    as_array(assert_pure(submission.correlation, X), shape=(3, 3))
