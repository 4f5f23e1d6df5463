"""Hidden checks of exercise-14.

Oracles: closed forms of the central difference itself, right at every step h: for a polynomial
of degree 3 it is p'(x) + a·h², and for sin(kx + φ) it is the slope times sin(kh)/(kh). At the
default step the values are compared within 1e-4, so that a one-sided difference (off by about
1e-5) fails the checks on its order and not the others.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure, assert_raises

COARSE = {"rtol": 1e-9, "atol": 1e-9}  # the step is large, so rounding stays near 1e-15
FINE = {"rtol": 1e-4, "atol": 1e-4}  # at h = 1e-5, rounding alone gives about 1e-10


def given(x, shape):
    """Take what f was called with; a wrong shape is worth a sentence of its own."""
    if isinstance(x, (list, tuple)):
        raise ComparisonFailed("f is called with a list; it takes an array.")
    got = as_array(x, name="What f is called with")
    if got.shape != shape:
        raise ComparisonFailed(f"f is called with the shape {got.shape}, but x has the shape {shape}.")
    return got


def waves(k, phase):
    """Give X ↦ Σ sin(k·X + phase), entry by entry, and its central differences at step h."""

    def f(x):
        return float(np.sum(np.sin(k * given(x, k.shape) + phase)))

    def slopes(x, h):
        return k * np.cos(k * x + phase) * np.sinc(k * h / np.pi)

    return f, slopes


def mixed(a, b):
    """Give x ↦ sin(⟨a, x⟩) + Σ b·x², which ties all entries together, and its gradient."""

    def f(x):
        x = given(x, a.shape)
        return math.sin(float(np.sum(a * x))) + float(np.sum(b * x * x))

    def slopes(x):
        return math.cos(float(np.sum(a * x))) * a + 2 * b * x

    return f, slopes


def pairs(c, shape):
    """For x of this shape give x ↦ Σ c[p, q]·x[p]·x[q] over p < q, and its gradient.

    It is linear in each entry, so differences are exact at any step, as long as the other
    entries stand exactly at their values.
    """
    c = np.triu(c, 1)

    def f(x):
        flat = given(x, shape).reshape(-1)
        return float(flat @ c @ flat)

    return f, lambda x: ((c + c.T) @ x.reshape(-1)).reshape(x.shape)


def away_from_zero(rng, shape):
    """Numbers of both signs with magnitude 0.5 to 1.5."""
    return rng.uniform(0.5, 1.5, size=shape) * rng.choice([-1.0, 1.0], size=shape)


def test_cubic(submission, rng):
    for _ in range(4):
        a, b, c, d, x = map(float, away_from_zero(rng, 5))
        slope = submission.derivative(lambda t, p=(a, b, c, d): np.polyval(p, t), x)
        assert_close(slope, 3 * a * x * x + 2 * b * x + c, **FINE, name="derivative(f, x)")


def test_second_order(submission, rng):
    x = float(rng.uniform(1.2, 2.0))
    error = [
        as_array(submission.derivative(math.exp, x, h), shape=(), name="derivative(f, x, h)") - math.exp(x)
        for h in (0.02, 0.01)
    ]
    # The next term of the error is h²/20 of the first, and three quarters of that show in the ratio.
    assert_close(error[0], 4 * error[1], rtol=1e-3, name="The error at step h, beside 4 times that at h/2,")
    for h in (0.6, 0.3):
        want = math.exp(x) * math.sinh(h) / h
        assert_close(submission.derivative(math.exp, x, h), want, **COARSE, name="derivative(f, x, h)")
        a, b, c, d = map(float, away_from_zero(rng, 4))
        slope = submission.derivative(lambda t, p=(a, b, c, d): np.polyval(p, t), -x, h=h)
        assert_close(slope, 3 * a * x * x - 2 * b * x + c + a * h * h, **COARSE, name="derivative(f, x, h)")


def test_kink(submission, rng):
    a = float(rng.uniform(1.0, 3.0))
    assert_close(submission.derivative(lambda t: a * abs(t), 0.0), 0.0, atol=1e-9, name="derivative(|x|, 0)")
    assert_close(submission.derivative(lambda t: a * abs(t), 0.25, h=1.0), a / 4, **COARSE,
                 name="derivative(|x|, h/4)")  # fmt: skip


def test_partial(submission, rng):
    for n in (5, 2, 1):
        x, a, b = away_from_zero(rng, (3, n))
        f, slopes = mixed(a, b)
        g, other_slopes = pairs(rng.normal(size=(n, n)), (n,))
        for i in range(n):
            assert_close(submission.partial(f, x, i), slopes(x)[i], **FINE, name="partial(f, x, i)")
            assert_close(
                submission.partial(g, x, i, 0.5), other_slopes(x)[i], **COARSE, name="partial(f, x, i)"
            )


def test_partial_second_order(submission, rng):
    x, k, phase = away_from_zero(rng, (3, 4))
    f, slopes = waves(k, phase)
    for h in (0.4, 0.2, 1.3):
        for i in range(4):
            assert_close(
                submission.partial(f, x, i, h=h), slopes(x, h)[i], **COARSE, name="partial(f, x, i, h)"
            )


def test_gradient(submission, rng):
    for n in (6, 3, 1):
        x, a, b = away_from_zero(rng, (3, n))
        f, slopes = mixed(a, b)
        assert_close(submission.gradient(f, x), slopes(x), **FINE, dtype=np.float64, name="gradient(f, x)")
        g, other_slopes = pairs(rng.normal(size=(n, n)), (n,))
        assert_close(submission.gradient(g, x, 0.5), other_slopes(x), **COARSE, name="gradient(f, x)")


def test_gradient_matrix(submission, rng):
    x = away_from_zero(rng, (2, 2))
    cofactors = np.array([[x[1, 1], -x[1, 0]], [-x[0, 1], x[0, 0]]])
    assert_close(
        submission.gradient(lambda m: float(np.linalg.det(given(m, (2, 2)))), x),
        cofactors,
        **FINE,
        name="gradient(det, X)",
    )
    for shape in [(3, 4), (4, 1), (2, 3, 2)]:
        x, a, b = away_from_zero(rng, (3, *shape))
        f, slopes = mixed(a, b)
        assert_close(submission.gradient(f, x), slopes(x), **FINE, dtype=np.float64, name="gradient(f, X)")
        # Columns stored one after the other: each slope stands where its entry stands.
        columns = np.asfortranarray(x)
        assert_close(submission.gradient(f, columns), slopes(x), **FINE, name="gradient(f, X)")
        g, other_slopes = pairs(rng.normal(size=(x.size, x.size)), shape)
        assert_close(submission.gradient(g, x, h=0.5), other_slopes(x), **COARSE, name="gradient(f, X)")


def test_gradient_second_order(submission, rng):
    for shape in [(5,), (2, 3)]:
        x, k, phase = away_from_zero(rng, (3, *shape))
        f, slopes = waves(k, phase)
        for h in (0.4, 0.2, 1.3):
            assert_close(submission.gradient(f, x, h=h), slopes(x, h), **COARSE, name="gradient(f, x, h)")


def test_directional(submission, rng):
    x, a, b = away_from_zero(rng, (3, 2))
    f, slopes = mixed(a, b)
    u = np.array([3, 4])
    assert_close(submission.directional_derivative(f, x, u), slopes(x) @ u / 5.0, **FINE,
                 name="directional_derivative(f, x, u)")  # fmt: skip
    for n in (5, 3, 1):
        x, a, b, u = away_from_zero(rng, (4, n))
        f, slopes = mixed(a, b)
        u = u * rng.uniform(0.2, 4.0, size=n)
        want = slopes(x) @ u / math.sqrt(u @ u)
        assert_close(submission.directional_derivative(f, x, u), want, **FINE,
                     name="directional_derivative(f, x, u)")  # fmt: skip


def test_directional_scale(submission, rng):
    x, c, u = away_from_zero(rng, (3, 3))
    u = np.copysign(u, c)  # so that f, which is (c·x)³, is curved along u
    f, slopes = (lambda y: float(np.sum(c * given(y, (3,)))) ** 3), (lambda x: 3 * (c @ x) ** 2 * c)
    want = slopes(x) @ u / math.sqrt(u @ u)
    # Squares of the entries stay far from the smallest and the largest float.
    for factor in (1e-100, 1e-20, 1e-4, 0.2, 30.0, 1e5, 1e100):
        for sign in (1.0, -1.0):
            slope = submission.directional_derivative(f, x, sign * factor * u)
            assert_close(slope, sign * want, **FINE, name="directional_derivative(f, x, c·u)")
    for j in range(3):
        axis = np.zeros(3)
        axis[j] = 2.0
        assert_close(submission.directional_derivative(f, x, axis), slopes(x)[j], **FINE,
                     name="directional_derivative along an axis")  # fmt: skip


def test_directional_second_order(submission, rng):
    # f is (c·x)³, whose slope along û is 3(c·x)²(c·û). Two points on the line add h²(c·û)³ to that,
    # but partial derivatives combined with û would add h² Σ û_i c_i³.
    for n in (4, 2):
        x, c, u = away_from_zero(rng, (3, n))
        unit = u / math.sqrt(u @ u)
        for h in (0.5, 0.25):
            got = submission.directional_derivative(
                lambda y, c=c: float(np.sum(c * given(y, c.shape))) ** 3, x, u, h=h
            )
            want = 3 * (c @ x) ** 2 * (c @ unit) + h**2 * (c @ unit) ** 3
            assert_close(got, want, rtol=1e-9, atol=1e-8, name="directional_derivative(f, x, u, h)")


def test_zero_direction(submission, rng):
    x, a, b = away_from_zero(rng, (3, 2))
    f, _ = mixed(a, b)
    for u in ([1.0, -1.0], [0.0, 2.0]):
        slope = submission.directional_derivative(f, x, np.array(u))
        as_array(slope, shape=(), name="directional_derivative(f, x, u)")
    assert_raises(ValueError, submission.directional_derivative, f, x, np.zeros(2))
    assert_raises(ValueError, submission.directional_derivative, f, x, np.zeros(2, dtype=int))


def test_integer_input(submission, rng):
    n = int(rng.integers(2, 5))
    assert_close(
        submission.derivative(lambda t: t**3, n), 3.0 * n * n, **FINE, name="derivative(f, a whole number)"
    )
    a, b = away_from_zero(rng, (2, 3))
    f, slopes = mixed(a, b)
    whole = rng.integers(-3, 4, size=3)
    for x, kind in [(whole, "whole numbers"), ((whole + 0.3).astype(np.float32), "float32")]:
        want = slopes(x.astype(np.float64))
        assert_close(
            submission.gradient(f, x), want, **FINE, dtype=np.float64, name=f"The gradient at {kind}"
        )
        assert_close(submission.partial(f, x, 1), want[1], **FINE, name=f"The partial derivative at {kind}")
        line, slope = mixed(a[:1], b[:1])
        for u in (np.array([-1]), np.array([-1], dtype=np.float32)):
            got = submission.directional_derivative(line, x[:1], u)
            want = -slope(x[:1].astype(np.float64))[0]
            assert_close(got, want, **FINE, name=f"The directional derivative at {kind}")


def test_default_step(submission, rng):
    # f changes so fast (k is about 1e4) that its differences at the steps 1e-5, 1e-6 and 1e-3 differ.
    k = 1e4 * rng.uniform(0.9, 1.1, size=3)
    x, phase, u = away_from_zero(rng, (3, 3))
    f, _ = waves(k, phase)
    single, _ = waves(k[0], phase[0])
    for function, args in [
        (submission.derivative, (single, float(x[0]))),
        (submission.partial, (f, x, 2)),
        (submission.gradient, (f, x)),
        (submission.directional_derivative, (f, x, u)),
    ]:
        name = f"{function.__name__} without a step"
        fine, coarse = (
            as_array(function(*args, h=h), name=f"{function.__name__}(…, h)") for h in (1e-5, 1e-3)
        )
        # Slopes are about 1e4; rounding x ± h by 1e-16 moves them by about 1e-7.
        assert_close(function(*args), fine, rtol=1e-7, atol=1e-3, name=name)
        if np.allclose(fine, coarse, rtol=1e-3):
            raise ComparisonFailed(f"{function.__name__} gives the same with the steps 1e-3 and 1e-5.")


def test_no_mutation(submission, rng):
    x, a, b, u = away_from_zero(rng, (4, 3))
    f, _ = mixed(a, b)
    for function, args in [
        (submission.gradient, (f, x)),
        (submission.partial, (f, x, 1)),
        (submission.directional_derivative, (f, x, 1.7 * u)),
    ]:
        ordinary = as_array(function(*args), name=function.__name__)
        assert_close(
            assert_pure(function, *args), ordinary, name=f"{function.__name__} with read-only arrays"
        )
        if not ordinary.any():
            raise ComparisonFailed(f"{function.__name__} is 0 where f has a slope.")
