"""Hidden checks of exercise-33.

Oracles: laws of the distributions (limit, variance, shares of the mass), the derivative of the
recurrence by a complex step, which is exact to rounding, and stacks of scaled orthogonal
matrices, whose spectral norm is the product of the scales.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure

# One tall, one wide, one nearly square; the first two show draws that rows or columns share.
FANS = [(4, 8000), (8000, 5), (150, 200)]
SMALL_FANS = [(1, 1), (1, 2), (2, 1), (3, 1)]
SIGMAS = 5.0  # one right solution in a million fails a comparison of this width
# Stacks on which a power iteration comes to nothing, stays where it starts or has hardly moved after
# a thousand steps: ones are in the null space, or the weaker singular vector, or e_1 is; singular
# values that almost agree.
TREACHEROUS = [
    np.array(rows)
    for rows in (
        [[2.0, -2.0], [0.0, 0.0]],
        [[1.0, -1.0], [0.5, 0.5]],
        [[0.5, 0.0], [0.0, 3.0]],
        [[1.0, 0.0], [0.0, 0.99]],
        [[0.999, 0.0], [0.0, 1.0]],
    )
]
INITIALISERS = ("xavier_uniform", "he_normal")


def generator(rng):
    return np.random.default_rng(int(rng.integers(2**32)))


def drawn(submission, function, fans, rng, dtype=None):
    weights = getattr(submission, function)(*fans, rng)
    return as_array(weights, shape=fans, dtype=dtype, name=f"{function}(fan_in, fan_out, rng)")


def small_mean_square(submission, function, fans, rng):
    """The mean square of 900 weights: its relative deviation is 0.03 for uniform ones, 0.047 for normal ones."""
    calls = getattr(submission, function).each([(*fans, generator(rng))] * (900 // math.prod(fans)))
    name = f"{function}{fans}"
    return np.mean([as_array(weights, shape=fans, name=name) ** 2 for weights in calls])


def assert_share(inside, share, name):
    """A share of independent entries, within what chance allows."""
    tolerance = SIGMAS * math.sqrt(share * (1 - share) / inside.size)
    assert_close(np.mean(inside), share, rtol=0.0, atol=tolerance, name=name)


def orthogonal(rng, n):
    return np.linalg.qr(rng.normal(size=(n, n)))[0]


def near_ties(rng, n):
    """Matrices whose two largest singular values differ by a part in ten up to one in ten thousand."""
    for gap in (0.1, 0.01, 0.001, 0.0001):
        sizes = 1.7 * np.array([1.0 - gap, 1.0, *rng.uniform(0.1, 0.8, size=n - 2)])
        yield orthogonal(rng, n) @ (sizes[:, None] * orthogonal(rng, n))


def largest_singular_value(stack):
    """The root of the largest eigenvalue of AᵀA."""
    return math.sqrt(np.linalg.eigvalsh(stack.T @ stack)[-1])


def states(W, inputs, h0):
    """The states h_1 … h_T of the recurrence; h0 may be complex."""
    hs = []
    for u in inputs:
        h0 = np.tanh(W @ h0 + u)
        hs.append(h0)
    return np.array(hs)


def derivative(W, inputs, h0):
    """∂h_T/∂h_0: the imaginary part of a tiny imaginary step has no difference to cancel in."""
    columns = [states(W, inputs, h0 + 1e-30j * e)[-1].imag / 1e-30 for e in np.eye(len(h0))]
    return np.array(columns).T


def test_shape(submission, rng):
    for function in INITIALISERS:
        for fans in ((3, 7), (7, 3), (5, 5), (1, 1), (1, 4)):
            weights = drawn(submission, function, fans, generator(rng), dtype=float)
            if not np.isfinite(weights).all() or (weights == 0).any():
                raise ComparisonFailed(
                    f"{function}(fan_in, fan_out, rng) has an entry that is 0 or not finite."
                )
    got = submission.xavier_uniform(rng=generator(rng), fan_out=3, fan_in=2)
    as_array(got, shape=(2, 3), name="xavier_uniform(fan_in=2, fan_out=3, rng=rng)")
    got = submission.he_normal(rng=generator(rng), fan_out=3, fan_in=2)
    as_array(got, shape=(2, 3), name="he_normal(fan_in=2, fan_out=3, rng=rng)")


def test_xavier_limit(submission, rng):
    for fans in FANS:
        weights = drawn(submission, "xavier_uniform", fans, generator(rng))
        limit = math.sqrt(6.0 / sum(fans))
        # The largest of n draws lies within 2e-3 of the limit, but for a chance of e^(-n/1000).
        for edge, sign in ((weights.max(), 1), (weights.min(), -1)):
            assert_close(
                edge, sign * limit, rtol=2e-3, name=("The smallest", "", "The largest")[sign + 1] + " weight"
            )
            if abs(edge) > limit * (1 + 1e-12):
                raise ComparisonFailed("xavier_uniform(fan_in, fan_out, rng) has a weight beyond the limit.")


def test_xavier_variance(submission, rng):
    for fans in FANS:
        weights = drawn(submission, "xavier_uniform", fans, generator(rng))
        variance = 2.0 / sum(fans)
        # The mean of w has the variance σ²/n; that of w² has a relative deviation of √(4/5)/√n.
        deviation = SIGMAS / math.sqrt(weights.size)
        assert_close(
            np.mean(weights**2), variance, rtol=math.sqrt(0.8) * deviation, name="The variance of the weights"
        )
        assert_close(
            weights.mean(), 0.0, atol=math.sqrt(variance) * deviation, name="The mean of the weights"
        )
        limit = math.sqrt(3 * variance)
        for share in (0.25, 0.5, 0.75):
            assert_share(
                np.abs(weights) < share * limit, share, "The share of weights in a middle part of the range"
            )

    for fans in SMALL_FANS:
        assert_close(small_mean_square(submission, "xavier_uniform", fans, rng), 2.0 / sum(fans),
                     rtol=0.15, name="The variance of the weights of layers of one or two units")  # fmt: skip


def test_he_variance(submission, rng):
    for fans in FANS:
        weights = drawn(submission, "he_normal", fans, generator(rng))
        deviation = SIGMAS / math.sqrt(weights.size)
        # The mean of w² has a relative deviation of √2/√n.
        assert_close(np.mean(weights**2), 2.0 / fans[0], rtol=math.sqrt(2) * deviation, name="The variance of the weights",
                     sizes={"fan_in": fans[0], "fan_out": fans[1]})  # fmt: skip
        assert_close(
            weights.mean(), 0.0, atol=math.sqrt(2.0 / fans[0]) * deviation, name="The mean of the weights"
        )
    for fans in SMALL_FANS:
        assert_close(small_mean_square(submission, "he_normal", fans, rng), 2.0 / fans[0],
                     rtol=0.25, name="The variance of the weights of layers of one or two units")  # fmt: skip


def test_he_bell(submission, rng):
    farthest = 0.0
    for fans in FANS:
        weights = drawn(submission, "he_normal", fans, generator(rng))
        deviation = math.sqrt(np.mean(weights**2))
        if not deviation > 0:
            raise ComparisonFailed("he_normal(fan_in, fan_out, rng) is all 0.")
        # Measured by their own deviation, the shares scatter even less.
        size = np.abs(weights) / deviation
        for z in (0.5, 1.0, 2.0, 3.0):
            share = math.erf(z / math.sqrt(2))
            assert_share(size < z, share, "The share of weights within so many standard deviations")
        farthest = max(farthest, size.max())
    # Some 15 of 102,000 lie beyond 3.8 standard deviations; that none does has the chance e^-15.
    if farthest < 3.8:
        raise ComparisonFailed("No weight of he_normal lies as far out as a normal distribution reaches.")


def test_independent(submission, rng):
    for function in INITIALISERS:
        for fans in ((200, 150), (150, 200)):
            weights = drawn(submission, function, fans, generator(rng))
            weights = weights - weights.mean()
            size = np.mean(weights**2)
            if not size > 0:
                raise ComparisonFailed(
                    f"{function}(fan_in, fan_out, rng) has one and the same weight everywhere."
                )
            for axis in (0, 1):
                for step in (1, fans[axis] // 2):
                    one, other = weights, np.roll(weights, step, axis=axis)
                    # Products of independent entries have mean 0 and deviation σ²; half a turn
                    # counts each pair twice.
                    tolerance = SIGMAS * math.sqrt(2 / weights.size)
                    assert_close(np.mean(one * other) / size, 0.0, atol=tolerance,
                                 name=f"The correlation of weights along axis {axis}")  # fmt: skip
        # Many small draws: independent squares scatter about their mean 16 times less in groups of 16.
        calls = getattr(submission, function).each([(4, 4, generator(rng))] * 200)
        name = f"{function}(4, 4, rng)"
        squares = np.array([as_array(weights, shape=(4, 4), name=name).ravel() for weights in calls]) ** 2
        alone, groups = np.var(squares), np.var(squares.mean(axis=1))
        # Their ratio has the deviation 0.1.
        assert_close(16 * groups, alone, rtol=0.5, atol=1e-12,
                     name=f"The scatter of the weights of {name} taken together")  # fmt: skip


def test_reproducible(submission, rng):
    for function in INITIALISERS:
        seed, fans = int(rng.integers(2**31)), (4, 6)
        one = np.random.default_rng(seed)
        first, second = (drawn(submission, function, fans, one) for _ in range(2))
        again = drawn(submission, function, fans, np.random.default_rng(seed))
        assert_close(again, first, rtol=1e-12, name=f"{function} with a generator of the same seed")
        other = drawn(submission, function, fans, np.random.default_rng(seed + 1))
        if (np.isclose(first, second) | np.isclose(first, other)).any():
            raise ComparisonFailed(f"{function} draws the same weights from generators in different states.")


def test_he_preserves_second_moment(submission, rng):
    n, depth = 256, 20
    layers = submission.he_normal.each([(n, n, generator(rng)) for _ in range(depth)])
    x = rng.normal(size=(32, n))
    start = np.mean(x**2)
    for W in layers:
        x = np.maximum(x @ as_array(W, shape=(n, n), name="he_normal(256, 256, rng)"), 0.0)
    # E[relu(z)²] = E[z²]/2, which the 2 makes up for: the second moment keeps its mean, and its
    # logarithm wanders by about √(20 · 5/256) = 0.6. Without the 2 it would shrink by 2^20.
    ratio = np.mean(x**2) / start
    assert_close(math.log(max(ratio, 1e-300)), 0.0, atol=math.log(20.0),
                 name="The logarithm of the factor by which 20 ReLU layers change the second moment")  # fmt: skip


def test_rnn_jacobian_fd(submission, rng):
    for n, steps in ((4, 3), (3, 6), (3, 3), (1, 4), (5, 2)):
        W, h0 = rng.normal(size=(n, n)), rng.normal(scale=0.3, size=n)
        inputs = rng.normal(scale=0.4, size=(steps, n))
        want = derivative(W, inputs, h0)
        assert_close(submission.rnn_jacobian(W, states(W, inputs, h0)), want, rtol=1e-8,
                     atol=1e-10 * np.abs(want).max(), name="rnn_jacobian(W, hs)")  # fmt: skip
    assert_close(submission.rnn_jacobian(hs=states(W, inputs, h0), W=W), want, rtol=1e-8,
                 atol=1e-10 * np.abs(want).max(), name="rnn_jacobian(W=W, hs=hs)")  # fmt: skip


def test_rnn_one_step(submission, rng):
    for n in (4, 2):
        W, h = rng.normal(size=(n, n)), rng.uniform(-0.9, 0.9, size=n)
        want = [[(1 - h[i]) * (1 + h[i]) * W[i, j] for j in range(n)] for i in range(n)]
        assert_close(
            submission.rnn_jacobian(W, h[None, :]), want, rtol=1e-9, name="rnn_jacobian(W, hs) for one step"
        )


def test_rnn_long(submission, rng):
    n, steps = 4, 40
    for scale in (0.6, 1.4):
        W = scale * orthogonal(rng, n)
        # In states of 0 tanh has slope 1: the Jacobian is W^40, a multiple of an orthogonal matrix.
        J = as_array(
            submission.rnn_jacobian(W, np.zeros((steps, n))), shape=(n, n), name="rnn_jacobian(W, hs)"
        )
        J = J / scale**steps
        assert_close(
            J.T @ J,
            np.eye(n),
            atol=1e-9,
            name="JᵀJ by scale^80, for 40 states of 0 and W = scale · orthogonal",
        )
        # A saturated unit passes nothing on; half a state passes three quarters.
        hs = np.zeros((3, n))
        hs[0], hs[-1] = 0.5, [1.0, -1.0, 0.0, -0.5]
        want = np.diag([0.0, 0.0, 1.0, 0.75]) @ W @ W @ (0.75 * W)
        assert_close(submission.rnn_jacobian(W, hs), want, rtol=1e-8, atol=1e-10 * np.abs(want).max(),
                     name="rnn_jacobian(W, hs) with saturated units")  # fmt: skip
        J = as_array(submission.rnn_jacobian(W, hs), shape=(n, n), name="rnn_jacobian(W, hs)")
        assert_close(J[:2], np.zeros((2, n)), atol=1e-15, name="The rows of saturated units")


def test_depth_gain(submission, rng):
    for sizes in ((3, 5, 2, 4), (4, 4, 4), (6, 2), (2, 6, 3), (5, 3, 1), (4, 1), (1, 3), (3, 3)):
        weights = [rng.normal(size=shape) for shape in zip(sizes[1:], sizes[:-1], strict=True)]
        stack = weights[0]
        for W in weights[1:]:
            stack = W @ stack
        want = largest_singular_value(stack)
        assert_close(submission.depth_gain(weights), want, rtol=1e-6, name="depth_gain(weights)")
    assert_close(submission.depth_gain(residual=False, weights=weights), want, rtol=1e-6,
                 name="depth_gain(weights, residual=False)")  # fmt: skip
    for stack in [*TREACHEROUS, *near_ties(rng, 4)]:
        n = len(stack)
        turn = orthogonal(rng, n)
        for weights in ([stack], [turn @ stack, turn.T]):
            assert_close(submission.depth_gain(weights), largest_singular_value(stack), rtol=1e-6,
                         name="depth_gain(weights)")  # fmt: skip


def test_depth_gain_residual(submission, rng):
    for n, depth in ((4, 3), (3, 3), (2, 5), (5, 1)):
        weights = [rng.normal(scale=0.7, size=(n, n)) for _ in range(depth)]
        # Where the n vectors of the identity end, sent through layer by layer.
        ends = np.eye(n)
        for W in weights:
            ends = ends + np.einsum("ij,jk->ik", W, ends)
        want = largest_singular_value(ends)
        assert_close(submission.depth_gain(weights, residual=True), want, rtol=1e-6,
                     name="depth_gain(weights, residual=True)")  # fmt: skip
    assert_close(submission.depth_gain(weights, True), want, rtol=1e-6, name="depth_gain(weights, True)")
    for stack in [*TREACHEROUS, *near_ties(rng, 3)]:
        weights = [stack - np.eye(len(stack))]
        assert_close(submission.depth_gain(weights, residual=True), largest_singular_value(stack), rtol=1e-6,
                     name="depth_gain(weights, residual=True)")  # fmt: skip


def test_vanishes(submission, rng):
    for low, high in ((0.4, 0.6), (1.4, 1.6)):
        scales = rng.uniform(low, high, size=30)
        weights = [scale * orthogonal(rng, 5) for scale in scales]
        want = math.exp(math.fsum(map(math.log, scales)))  # below 1e-6, or above 1e4
        assert_close(submission.depth_gain(weights), want, rtol=1e-6, name="depth_gain of 30 layers")


def test_residual_keeps_gradient(submission, rng):
    # Layers that share their axes: each axis is stretched by the product of its 1 + λ.
    axes = orthogonal(rng, 4)
    rates = rng.uniform(-0.05, 0.03, size=(30, 4))
    weights = [axes @ np.diag(rate) @ axes.T for rate in rates]
    want = np.prod(1 + rates, axis=0).max()
    assert_close(submission.depth_gain(weights, residual=True), want, rtol=1e-6,
                 name="depth_gain of 30 weak layers with skips")  # fmt: skip


def test_no_mutation(submission, rng):
    W, hs = rng.normal(size=(3, 3)), rng.uniform(-0.8, 0.8, size=(2, 3))
    J = as_array(assert_pure(submission.rnn_jacobian, W, hs), shape=(3, 3), name="rnn_jacobian(W, hs)")
    if (J == 0).any():
        raise ComparisonFailed("rnn_jacobian(W, hs) has an entry of 0 that doesn't belong there.")
    as_array(
        assert_pure(submission.rnn_jacobian, W, np.zeros((1, 3))), shape=(3, 3), name="rnn_jacobian(W, hs)"
    )
    weights = [rng.normal(size=(3, 3)) for _ in range(3)]
    plain = as_array(assert_pure(submission.depth_gain, weights), shape=(), name="depth_gain(weights)")
    skips = as_array(
        assert_pure(submission.depth_gain, weights, residual=True), shape=(), name="depth_gain(weights)"
    )
    assert_pure(submission.depth_gain, weights[:1])
    assert_pure(submission.depth_gain, weights[:1], residual=True)
    if not (plain > 0 and skips > 0):
        raise ComparisonFailed("depth_gain isn't positive.")
