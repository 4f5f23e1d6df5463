"""Hidden checks of exercise-25.

Oracles: sums written out with math.fsum, finite differences of a loss of the test's own (exact for a
parabola, whatever the step), orthogonality of the residuals, data made from known weights.
"""

import math

import numpy as np

from grader.testing import (
    ComparisonFailed,
    as_array,
    assert_close,
    assert_pure,
    assert_raises,
    finite_difference,
)

SIZES = [(7, 3), (9, 2), (5, 4), (6, 1)]  # N samples, d features


def data(rng, n, d):
    """Features whose means and spreads differ, and prices that no line explains."""
    X = rng.normal(size=(n, d)) * rng.uniform(0.5, 3.0, size=d) + rng.uniform(1.0, 4.0, size=d)
    return X, X @ rng.normal(size=d) + rng.uniform(2.0, 5.0) + rng.normal(size=n)


def loss(X, y, w, b):
    """The mean squared error, written out."""
    residuals = [math.fsum(xi * wi for xi, wi in zip(x, w, strict=True)) + b for x in X.tolist()]
    return math.fsum((r - t) ** 2 for r, t in zip(residuals, y.tolist(), strict=True)) / len(y)


def two(result, d, first, second):
    """An array of shape (d,) and a number."""
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed(f"Two values must be returned: {first} and {second}.")
    return as_array(result[0], shape=(d,), name=first), as_array(result[1], shape=(), name=second)


def gradient(result, d):
    return two(result, d, "The gradient of w", "The derivative of b")


def fitted(result, d):
    return two(result, d, "The fitted w", "The fitted b")


def test_mse_mean(submission, rng):
    for shape in [(5,), (3, 4), (1,), (4, 1), (2, 3, 2)]:
        y, error = rng.normal(size=(2, *shape)) * 3.0
        want = math.fsum(e * e for e in error.ravel().tolist()) / error.size
        assert_close(submission.mse(y, y - error), want, rtol=1e-9, name="mse(y, yhat)",
                     sizes={"the number of entries": error.size})  # fmt: skip
    assert_close(submission.mse(y, y.copy()), 0.0, name="mse(y, y)")
    # In a tiny unit, and far from 0: nothing is rounded, and no digits cancel. Near 1e6 the numbers
    # themselves are rounded by 1e-10, and so are the errors here.
    y, error = rng.normal(size=(2, 7))
    want = math.fsum(e * e for e in error.tolist()) / 7
    for unit, start, close in [(1e-9, 0.0, 1e-9), (1.0, 1e6, 1e-7)]:
        far = start + unit * y
        assert_close(submission.mse(far, far - unit * error), unit**2 * want, rtol=close,
                     name="mse(y, yhat) in another unit or far from 0")  # fmt: skip


def test_shape_mismatch(submission, rng):
    # In this order, so that each way of comparing too little first shows at a pair of its own.
    pairs = [((1,), (3,)), ((1, 3), (3, 1)), ((3, 1), (3,)), ((3,), (3, 1)), ((3,), ()), ((2, 3), (3,)),
             ((4,), (3,)), ((2, 3), (3, 2)), ((1, 3), (2, 3)), ((3, 1), (3, 2)), ((1, 1), (1,))]  # fmt: skip
    for before, after in pairs:
        y, yhat = rng.normal(size=before), rng.normal(size=after)
        as_array(submission.mse(y, y + 1.0), name="mse(y, yhat)")
        assert_raises(ValueError, submission.mse, y, yhat)


def points(rng, n, d):
    return *data(rng, n, d), rng.normal(size=d), float(rng.normal())


def test_grad_w_fd(submission, rng):
    for n, d in [*SIZES, (3, 3), (1, 2)]:
        X, y, w, b = points(rng, n, d)
        # A parabola's central difference is exact for every step; a long one loses no digits.
        want = finite_difference(lambda v, X=X, y=y, b=b: loss(X, y, v, b), w, h=0.5)
        got = gradient(submission.mse_grad(X, y, w, b), d)[0]
        assert_close(got, want, rtol=1e-8, atol=1e-8, name="The gradient of w", sizes={"N": n, "d": d})


def test_grad_b_fd(submission, rng):
    for n, d in [*SIZES, (3, 3), (1, 2)]:
        X, y, w, b = points(rng, n, d)
        want = finite_difference(lambda c, X=X, y=y, w=w: loss(X, y, w, float(c)), b, h=0.5)
        got = gradient(submission.mse_grad(X, y, w, b), d)[1]
        assert_close(got, want, rtol=1e-8, atol=1e-8, name="The derivative of b", sizes={"N": n, "d": d})


def test_grad_repeated_batch(submission, rng):
    X, y, w, b = points(rng, 5, 3)
    once = gradient(submission.mse_grad(X, y, w, b), 3)
    thrice = gradient(submission.mse_grad(np.tile(X, (3, 1)), np.tile(y, 3), w, b), 3)
    if not np.any(once[0]) or not np.any(once[1]):
        raise ComparisonFailed("The gradient is 0 where the loss isn't at its least.")
    assert_close(thrice[0], once[0], rtol=1e-9, atol=1e-12, name="The gradient of w, every sample thrice,")
    assert_close(thrice[1], once[1], rtol=1e-9, atol=1e-12, name="The derivative of b, every sample thrice,")


def test_exact_line(submission, rng):
    for n, d in SIZES:
        X, w, b = data(rng, n, d)[0], rng.normal(size=d), float(rng.uniform(1.0, 5.0))
        got_w, got_b = fitted(submission.fit_least_squares(X, X @ w + b), d)
        assert_close(got_w, w, rtol=1e-7, atol=1e-7, name="The fitted w")
        assert_close(got_b, b, rtol=1e-7, atol=1e-7, name="The fitted b")
    area = rng.uniform(60.0, 180.0, size=(8, 1))
    got_w, got_b = fitted(submission.fit_least_squares(area, 1.2 * area[:, 0] + 35.0), 1)
    assert_close(got_w @ [110.0] + got_b, 167.0, rtol=1e-7, name="The price of a house of 110 ㎡")


def test_normal_equations(submission, rng):
    for n, d in SIZES:
        X, y = data(rng, n, d)
        w, b = fitted(submission.fit_least_squares(X, y), d)
        residual = X @ w + b - y
        # Measured by the lengths of what is multiplied, so that the check has no unit.
        size = np.linalg.norm(y)
        for column in (*X.T, np.ones(n)):
            assert_close(residual @ column / np.linalg.norm(column) / size, 0.0, atol=1e-9,
                         name="The product of the residuals with a column")  # fmt: skip
    for n, d in [(8, 1), (9, 3), (12, 2)]:
        X, y = data(rng, n, d)
        near = X[:, 0] + 3e-7 * rng.normal(size=n) * np.abs(X[:, 0])
        # Exact, for the two are neighbours. In the product with either column it would drown.
        difference = near - X[:, 0]
        X = np.column_stack([X, near])
        w, b = fitted(submission.fit_least_squares(X, y), d + 1)
        size = np.linalg.norm(y - y.mean()) * np.linalg.norm(difference)
        # Methods that work on X leave 1e-8 at most; XᵀX, whose condition number is near 1e15, 3e-6 and more.
        assert_close((X @ w + b - y) @ difference / size, 0.0, atol=2e-7,
                     name="The product of the residuals with the difference of two columns")  # fmt: skip


def test_fit_shifted(submission, rng):
    X, y = data(rng, 8, 3)
    w, b = fitted(submission.fit_least_squares(X, y), 3)
    if not np.any(w):
        raise ComparisonFailed("All fitted weights are 0.")
    up_w, up_b = fitted(submission.fit_least_squares(X, y + 7.0), 3)
    assert_close(up_w, w, rtol=1e-7, atol=1e-8, name="The fitted w of prices that are 7 higher")
    assert_close(up_b, b + 7.0, rtol=1e-7, atol=1e-8, name="The fitted b of prices that are 7 higher")
    # In other units the weights change with them. The condition number is 1e7 or so.
    units = np.array([1e-4, 1.0, 1e2])
    far_w, far_b = fitted(submission.fit_least_squares(units * X, 1e-6 * y), 3)
    assert_close(
        1e6 * units * far_w, w, rtol=1e-6, atol=1e-6, name="The fitted w in other units, taken back,"
    )
    assert_close(1e6 * far_b, b, rtol=1e-6, atol=1e-6, name="The fitted b in another unit, taken back,")
    shift = rng.uniform(1.0, 3.0, size=3)
    far_w, far_b = fitted(submission.fit_least_squares(X + shift, y), 3)
    assert_close(far_w, w, rtol=1e-7, atol=1e-8, name="The fitted w of shifted features")
    assert_close(far_b, b - shift @ w, rtol=1e-7, atol=1e-8, name="The fitted b of shifted features")


def test_collinear_min_norm(submission, solution, rng):
    for n, d, column, copies in [(7, 1, 0, 2), (8, 3, 1, 2), (9, 2, 1, 3)]:
        X, y = data(rng, n, d)
        once_w, once_b = solution.fit_least_squares(X, y)
        share = np.where(np.arange(d) == column, once_w / copies, once_w)
        want = np.append(share, [once_w[column] / copies] * (copies - 1))
        repeated = np.hstack([X, *[X[:, [column]]] * (copies - 1)])
        w, b = fitted(submission.fit_least_squares(repeated, y), d + copies - 1)
        # Methods that are right may leave 1e-8 or so, the root of rounding, where columns repeat.
        assert_close(w, want, rtol=1e-6, atol=1e-6, name="The fitted w with columns that repeat each other")
        assert_close(b, once_b, rtol=1e-6, atol=1e-6, name="The fitted b with columns that repeat each other")


def test_r2_value(submission, rng):
    for n in (5, 12, 2):
        y = rng.normal(size=n) * 2.0 + 3.0
        yhat = y + rng.normal(size=n)
        mean = math.fsum(y.tolist()) / n
        missed = math.fsum((t - p) ** 2 for t, p in zip(y.tolist(), yhat.tolist(), strict=True))
        spread = math.fsum((t - mean) ** 2 for t in y.tolist())
        assert_close(submission.r2(y, yhat), 1 - missed / spread, rtol=1e-9, atol=1e-9, name="r2(y, yhat)")


def test_r2_mean_predictor(submission, rng):
    y = rng.normal(size=7) + 2.0
    assert_close(submission.r2(y, y.copy()), 1.0, rtol=1e-12, name="R² of perfect predictions")
    assert_close(submission.r2(y, np.full(7, y.mean())), 0.0, atol=1e-12, name="R² of the mean")


def test_r2_below_zero(submission, rng):
    y = rng.normal(size=6)
    variance = float(np.mean((y - y.mean()) ** 2))
    # Perfectly correlated, and worse than the mean.
    assert_close(submission.r2(y, y + 3.0), 1 - 9.0 / variance, rtol=1e-9,
                 name="R² of predictions that are all 3 too high")  # fmt: skip
    assert_close(submission.r2(y, y + 3e4), 1 - 9e8 / variance, rtol=1e-8,
                 name="R² of predictions that are far too high")  # fmt: skip


def test_r2_units(submission, rng):
    y, error = rng.normal(size=(2, 9))
    plain = as_array(submission.r2(y, y + error), shape=(), name="r2(y, yhat)")
    other = submission.r2(20.0 * y + 5.0, 20.0 * (y + error) + 5.0)
    assert_close(other, plain, rtol=1e-9, atol=1e-9, name="R² in another unit, counted from another zero,")
    # Numbers near 1e6 are rounded by 1e-10.
    for unit, start in [(1e-9, 0.0), (1.0, 1e6)]:
        other = submission.r2(start + unit * y, start + unit * (y + error))
        assert_close(other, plain, rtol=1e-7, atol=1e-7, name="R² in a tiny unit, or far from 0,")
    if not plain < 1.0:
        raise ComparisonFailed("R² is 1, although the predictions aren't perfect.")


def test_no_mutation(submission, rng):
    X, y, w, b = points(rng, 6, 2)
    as_array(assert_pure(submission.mse, y, y + 1.0), shape=(), name="mse(y, yhat)")
    gradient(assert_pure(submission.mse_grad, X, y, w, b), 2)
    fitted(assert_pure(submission.fit_least_squares, X, y), 2)
    as_array(assert_pure(submission.r2, y, y + 1.0), shape=(), name="r2(y, yhat)")
