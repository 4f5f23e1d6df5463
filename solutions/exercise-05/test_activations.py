"""Hidden checks of exercise-05.

Oracles: the odds σ(x)/σ(−x) = e^x, the symmetries σ(x) + σ(−x) = 1 and gelu(x) − gelu(−x) = x,
the normal distribution function through `math.erfc` (one number at a time), and finite
differences of these oracles. Shapes and dtypes are compared with what the submission itself gives
for a flat float64 array, so that a wrong formula costs no more than its own checks.
"""

import math

import numpy as np

from grader.testing import (
    ComparisonFailed,
    as_array,
    assert_close,
    assert_no_warnings,
    assert_pure,
    finite_difference,
)

NAMES = ("relu", "relu_grad", "sigmoid", "sigmoid_grad", "gelu", "gelu_grad")
SHAPES = ((7,), (3, 4), (3, 3), (2, 1, 5))


def spread(rng, shape, limit):
    """Numbers of both signs with magnitudes between 0.05 and `limit`, never all of one sign."""
    x = rng.uniform(0.05, limit, size=shape) * rng.choice([-1.0, 1.0], size=shape)
    x.flat[0], x.flat[-1] = -abs(x.flat[0]), abs(x.flat[-1])
    return x


def scales(rng):
    """Numbers from 1e-30 to 1e30, each with its opposite, in one array: relu knows no scale."""
    x = rng.uniform(1.0, 3.0, size=11) * np.logspace(-30, 30, 11)
    return rng.permutation(np.concatenate([x, -x]))


def outside(rng, low, high):
    """Numbers whose magnitudes fill the range from `low` to `high`, each with its opposite."""
    x = np.arange(low, high, 0.5)
    x += rng.uniform(0.0, 0.5, size=x.shape)
    return np.concatenate([x, -x])


def entrywise(f, x):
    """Apply a function of one number to every entry."""
    return np.array([f(float(v)) for v in np.ravel(x)]).reshape(np.shape(x))


def logistic(x):
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0 else math.exp(x) / (1.0 + math.exp(x))


def normal_cdf(x):
    return math.erfc(-x / math.sqrt(2.0)) / 2.0


def gelu_slope(x):
    return normal_cdf(x) + x * math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def slope(f, x):
    """Differentiate a function of one number at every entry of x; the error is below 1e-9 here."""
    return entrywise(lambda v: finite_difference(lambda u: f(float(u)), v), x)


def answers(f, x, name, dtype=None):
    """Take f(x) as finite numbers that aren't all the same: f doesn't get by on doing nothing."""
    y = as_array(f(x), shape=np.shape(x), dtype=dtype, name=name)
    if not np.isfinite(y).all() or np.ptp(y) == 0:
        raise ComparisonFailed(
            f"{name} is the same number everywhere, or isn't finite; this counts once it is right."
        )
    return y


def test_relu_values(submission, rng):
    for shape in SHAPES:
        x = spread(rng, shape, 6.0)
        assert_close(submission.relu(x), (x + np.abs(x)) / 2, rtol=1e-12, name="relu(x)")
    x = scales(rng)
    assert_close(submission.relu(x), (x + np.abs(x)) / 2, rtol=1e-12, name="relu(x)")


def test_relu_grad_values(submission, rng):
    for shape in SHAPES:
        x = spread(rng, shape, 6.0)
        assert_close(submission.relu_grad(x), (np.sign(x) + 1) / 2, name="relu_grad(x)")
    x = scales(rng)
    assert_close(submission.relu_grad(x), (np.sign(x) + 1) / 2, name="relu_grad(x)")


def test_relu_grad_zero(submission, rng):
    x = np.abs(spread(rng, (3, 2), 2.0)) * [[0.0, 1.0], [0.0, -1.0], [1.0, 0.0]]
    assert_close(submission.relu_grad(x), np.array([[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]), name="relu_grad(x)")


def test_relu_inf(submission, rng):
    a = float(rng.uniform(1.0, 5.0))
    x = np.array([-np.inf, a, np.inf, -a, -1e300, 1e300])
    assert_close(submission.relu(x), np.array([0.0, a, np.inf, 0.0, 0.0, 1e300]), name="relu(x)")
    assert_close(submission.relu_grad(x), np.array([0.0, 1.0, 1.0, 0.0, 0.0, 1.0]), name="relu_grad(x)")


def test_sigmoid_values(submission, rng):
    for shape in SHAPES:
        x = spread(rng, shape, 5.0)
        p = as_array(submission.sigmoid(x), shape=x.shape, name="sigmoid(x)")
        q = as_array(submission.sigmoid(-x), shape=x.shape, name="sigmoid(−x)")
        assert_close(p, entrywise(logistic, x), rtol=1e-9, name="sigmoid(x)")
        assert_close(p / q, np.exp(x), rtol=1e-9, name="sigmoid(x)/sigmoid(−x)")


def test_sigmoid_symmetry(submission, rng):
    x = spread(rng, (4, 6), 12.0)
    p = as_array(submission.sigmoid(x), shape=x.shape, name="sigmoid(x)")
    q = as_array(submission.sigmoid(-x), shape=x.shape, name="sigmoid(−x)")
    assert_close(p + q, np.ones(x.shape), rtol=1e-12, name="sigmoid(x) + sigmoid(−x)")
    # The sum alone holds for ½ everywhere: the size of the difference, which is tanh(x/2), too.
    assert_close(p - q, np.tanh(x / 2), rtol=1e-9, atol=1e-12, name="sigmoid(x) − sigmoid(−x)")


def test_sigmoid_extreme(submission, rng):
    far = float(rng.uniform(800.0, 1200.0))
    x = np.array([-1000.0, -far, -50.0, -32.0, -20.0, -2.0, 0.0, 20.0, 50.0, far, 1000.0])
    # Below −37 the true value is less than the spacing of floats at 1, so forms such as
    # (1 + tanh(x/2))/2 may give 0: 1e-15 absolute, as the stub says.
    assert_close(submission.sigmoid(x), entrywise(logistic, x), rtol=1e-9, atol=1e-15, name="sigmoid(x)")
    rows = np.array([[-np.inf, -1.0], [1.0, np.inf], [-1e300, 1e300]])
    want = [[0.0, logistic(-1.0)], [logistic(1.0), 1.0], [0.0, 1.0]]
    assert_close(submission.sigmoid(rows), np.array(want), rtol=1e-9, atol=1e-15, name="sigmoid(x)")
    # exp overflows at 89 in float32, which ends near 3.4e38.
    x = np.array([-3e38, -far, -100.0, -50.0, 0.0, 50.0, 100.0, far, 3e38], dtype=np.float32)
    assert_close(submission.sigmoid(x), entrywise(logistic, x), rtol=1e-5, atol=1e-6,
                 name="sigmoid(x) for x in float32")  # fmt: skip
    limit = submission.sigmoid(np.array([-np.inf, 1.0]))
    assert_close(limit, np.array([0.0, logistic(1.0)]), rtol=1e-9, name="sigmoid(x) with x = −∞")


def test_sigmoid_grad_fd(submission, rng):
    for shape in SHAPES:
        x = spread(rng, shape, 5.0)
        # A difference quotient with h = 1e-6 is good to about 1e-10; the slopes are at least 6e-3.
        assert_close(submission.sigmoid_grad(x), slope(logistic, x), rtol=1e-6, name="sigmoid_grad(x)")
    assert_close(submission.sigmoid_grad(np.zeros(2)), np.full(2, 0.25), rtol=1e-12, name="sigmoid_grad(0)")


def test_sigmoid_grad_tails(submission, rng):
    # 1 − σ(18) is 1.5e-8 and rounded to 1e-16, so σ(1 − σ) is good to 1e-8 there.
    x = spread(rng, (8,), 4.0) + np.array([-14.0, 14.0] * 4)
    want = entrywise(lambda v: logistic(v) * logistic(-v), x)
    assert_close(submission.sigmoid_grad(x), want, rtol=1e-6, name="sigmoid_grad(x)")
    far = float(rng.uniform(800.0, 1200.0))
    x = np.array([-np.inf, -1e300, -far, -50.0, 0.0, 50.0, far, 1e300, np.inf])
    want = np.array([0.0, 0.0, 0.0, 0.0, 0.25, 0.0, 0.0, 0.0, 0.0])
    assert_close(submission.sigmoid_grad(x), want, atol=1e-15, name="sigmoid_grad(x)")
    # exp overflows at 89 in float32 already.
    x = np.array([-np.inf, -3e38, -far, -100.0, 0.0, 100.0, far, 3e38, np.inf], np.float32)
    assert_close(submission.sigmoid_grad(x), want, atol=1e-7, name="sigmoid_grad(x) for x in float32")
    limits = submission.sigmoid_grad(np.array([-np.inf, 0.0, np.inf]))
    assert_close(limits, np.array([0.0, 0.25, 0.0]), rtol=1e-12, name="sigmoid_grad(x) with x = ±∞")


def test_gelu_exact(submission, rng):
    for shape in SHAPES:
        x = spread(rng, shape, 5.0)
        # 1 + erf loses digits near −5: 1e-12 absolute lets every exact form through, and no
        # approximation (tanh is off by 5e-4, the usual polynomials for erf by 1e-7).
        assert_close(submission.gelu(x), entrywise(lambda v: v * normal_cdf(v), x), rtol=1e-9, atol=1e-12,
                     name="gelu(x)")  # fmt: skip
    assert_close(submission.gelu(np.zeros(3)), np.zeros(3), name="gelu(0)")


def test_gelu_tails(submission, rng):
    # Φ is near 1 or 0 here, where every exact form has 15 digits behind the point.
    x = outside(rng, 4.0, 10.0)
    assert_close(submission.gelu(x), entrywise(lambda v: v * normal_cdf(v), x), rtol=1e-11, atol=1e-12,
                 name="gelu(x)")  # fmt: skip
    far = float(rng.uniform(800.0, 1200.0))
    x = np.array([-np.inf, -1e300, -far, -45.0, 45.0, far, 1e300, np.inf])
    want = np.array([0.0, 0.0, 0.0, 0.0, 45.0, far, 1e300, np.inf])
    assert_close(submission.gelu(x), want, rtol=1e-9, atol=1e-12, name="gelu(x)")
    x = np.array([-np.inf, -1e30, -far, -100.0, 100.0, far, 1e30, np.inf], np.float32)
    assert_close(
        submission.gelu(x), np.maximum(x, 0.0), rtol=1e-5, atol=1e-6, name="gelu(x) for x in float32"
    )
    limits = submission.gelu(np.array([-np.inf, 45.0, np.inf]))
    assert_close(limits, np.array([0.0, 45.0, np.inf]), rtol=1e-9, name="gelu(x) with x = ±∞")


def test_gelu_grad_fd(submission, rng):
    for shape in SHAPES:
        x = spread(rng, shape, 5.0)
        # The difference quotient is good to 1e-9 absolute.
        assert_close(submission.gelu_grad(x), slope(lambda v: v * normal_cdf(v), x), rtol=1e-7, atol=1e-8,
                     name="gelu_grad(x)")  # fmt: skip
        assert_close(submission.gelu_grad(x), entrywise(gelu_slope, x), rtol=1e-9, atol=1e-11,
                     name="gelu_grad(x)")  # fmt: skip
    x = spread(rng, (9,), 5.0)
    left = as_array(submission.gelu_grad(-x), shape=x.shape, name="gelu_grad(−x)")
    right = as_array(submission.gelu_grad(x), shape=x.shape, name="gelu_grad(x)")
    assert_close(left + right, np.ones(9), rtol=1e-11, name="gelu_grad(x) + gelu_grad(−x)")
    assert_close(submission.gelu_grad(np.zeros(2)), np.full(2, 0.5), rtol=1e-12, name="gelu_grad(0)")


def test_gelu_grad_tails(submission, rng):
    x = outside(rng, 3.0, 10.0)
    assert_close(submission.gelu_grad(x), entrywise(gelu_slope, x), rtol=1e-9, atol=1e-9, name="gelu_grad(x)")
    far = float(rng.uniform(800.0, 1200.0))
    x = np.array([-np.inf, -1e300, -far, -45.0, -12.0, 12.0, 45.0, far, 1e300, np.inf])
    want = np.repeat([0.0, 1.0], 5)
    assert_close(submission.gelu_grad(x), want, rtol=1e-9, atol=1e-9, name="gelu_grad(x)")
    x = np.array([-np.inf, -1e30, -far, -100.0, -15.0, 15.0, 100.0, far, 1e30, np.inf], np.float32)
    assert_close(submission.gelu_grad(x), want, atol=1e-6, name="gelu_grad(x) for x in float32")
    limits = submission.gelu_grad(np.array([-np.inf, 45.0, np.inf]))
    assert_close(limits, np.array([0.0, 1.0, 1.0]), rtol=1e-9, name="gelu_grad(x) with x = ±∞")


def test_dtype_float32(submission, rng):
    x = spread(rng, (4, 3), 4.0).astype(np.float32)
    for name in NAMES:
        f = getattr(submission, name)
        single = answers(f, x, f"{name}(x) for x in float32", np.float32)
        double = answers(f, x.astype(np.float64), f"{name}(x) for x in float64", np.float64)
        # A float32 has 7 digits; 1 + erf and 1 − σ lose some of them.
        assert_close(single, double, rtol=1e-5, atol=1e-5, name=f"{name}(x) for x in float32")


def test_any_shape(submission, rng):
    flat = spread(rng, (24,), 4.0)
    whole = rng.permutation(np.arange(-6, 7)).reshape(13, 1)
    for name in NAMES:
        f = getattr(submission, name)
        base = answers(f, flat, f"{name}(x)")
        for shape in ((4, 6), (2, 3, 4), (1, 24)):
            assert_close(f(flat.reshape(shape)), base.reshape(shape), rtol=1e-12, name=f"{name}(x)")
        # Columns stored one after the other: each result stands where its x stands.
        columns = np.asfortranarray(flat.reshape(4, 6))
        assert_close(f(columns), base.reshape(4, 6), rtol=1e-12, name=f"{name}(x)")
        assert_close(f(np.array(flat[5])), base[5], rtol=1e-12, name=f"{name}(x) for a single number")
        floats = answers(f, whole.astype(np.float64), f"{name}(x)")
        assert_close(f(whole), floats, rtol=1e-12, name=f"{name}(x) for integers")


def test_no_warnings(submission, rng):
    x = np.concatenate(
        [spread(rng, (5,), 5.0), [-np.inf, -1e300, -1000.0, -50.0, 0.0, 1000.0, 1e300, np.inf]]
    )
    # float32 is narrower: exp overflows at 89 already.
    single = np.array([-np.inf, -3e38, -1000.0, -100.0, -2.0, 0.0, 100.0, 1000.0, 3e38, np.inf], np.float32)
    for name in ("relu", "sigmoid"):
        f = getattr(submission, name)
        answers(f, x[:5], f"{name}(x)")
        assert_no_warnings(f, x)
        assert_no_warnings(f, single)


def test_no_mutation(submission, rng):
    x = spread(rng, (3, 5), 4.0)
    for name in NAMES:
        f = getattr(submission, name)
        before = answers(f, x, f"{name}(x)")
        assert_close(assert_pure(f, x), before, rtol=1e-12, name=f"{name}(x)")
        # Where nothing has to be cut, x itself would be the answer, but it is no new array.
        assert_pure(f, np.abs(x))
