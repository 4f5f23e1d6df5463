"""Hidden checks of exercise-32.

Oracles: exact sums, central differences (which are exact for a quadratic function), the laws of
independent draws, and a twin of the generator that is handed in.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure, assert_raises

SHAPES = [(7,), (4, 5), (3, 3), (2, 3, 4)]
SIGMAS = 5.0  # one right solution in a million fails a check of this width


def parameters(rng):
    """Weights and free parameters; the free ones are large, one has a W inside, one a small w in front."""
    weights = {"W1": (3, 4), "W2": (4, 4), "Wout": (2, 3, 2), "W": (5,)}
    free = {"b1": (4,), "bW2": (4, 4), "gamma": (5,), "w_gain": (3,)}
    params = {name: rng.normal(size=shape) for name, shape in weights.items()}
    params |= {name: rng.normal(scale=5.0, size=shape) for name, shape in free.items()}
    return {name: params[name] for name in sorted(params, key=str.lower)}


def weights_of(params):
    return {name: w for name, w in params.items() if name[0] == "W"}


def inner(one, other):
    """The inner product of two dicts of weights, as long vectors."""
    return math.fsum(
        float(x) * float(y) for k in one for x, y in zip(one[k].flat, other[k].flat, strict=True)
    )


def forward(submission, x, p, rng, **train):
    """Out and mask of a call, as arrays of x's shape."""
    result = submission.dropout_forward(x, p, rng, **train)
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed("dropout_forward(x, p, rng) must return two values: out and the mask.")
    return tuple(
        as_array(value, shape=x.shape, name=name)
        for value, name in zip(result, ("out", "The mask"), strict=True)
    )


def generator(rng):
    return np.random.default_rng(int(rng.integers(2**32)))


def positive(rng, shape):
    """Activations without a zero, so that a zero in `out` is a dropped entry."""
    return rng.uniform(0.5, 2.0, size=shape)


def test_penalty(submission, rng):
    for lam in (0.3, float(rng.uniform(1.0, 3.0))):
        weights = weights_of(parameters(rng))
        assert_close(submission.l2_penalty(weights, lam), lam * inner(weights, weights) / 2, rtol=1e-9,
                     name="l2_penalty(params, lam)")  # fmt: skip
    assert_close(submission.l2_penalty(lam=0.0, params=weights), 0.0, name="l2_penalty(params, 0)")
    assert_close(submission.l2_penalty({}, 0.5), 0.0, name="l2_penalty of no parameters")


def test_l2_grad(submission, rng):
    for lam in (0.3, float(rng.uniform(1.0, 3.0))):
        weights = weights_of(parameters(rng))
        want = {name: lam * w for name, w in weights.items()}
        assert_close(submission.l2_grads(weights, lam), want, rtol=1e-9, name="l2_grads(params, lam)")
    want = {name: 2.0 * w for name, w in weights.items()}
    assert_close(submission.l2_grads(lam=2.0, params=weights), want, rtol=1e-9, name="l2_grads(params, 2)")
    want = {name: np.zeros(w.shape) for name, w in weights.items()}
    assert_close(submission.l2_grads(weights, 0.0), want, name="l2_grads(params, 0)")


def test_bias_free(submission, rng):
    params, lam = parameters(rng), float(rng.uniform(0.5, 1.5))
    weights = weights_of(params)
    free = {name: b for name, b in params.items() if name not in weights}
    assert_close(submission.l2_penalty(params, lam), lam / 2 * inner(weights, weights), rtol=1e-9,
                 name="l2_penalty(params, lam) with biases")  # fmt: skip
    want = {name: lam * w if name in weights else np.zeros(w.shape) for name, w in params.items()}
    assert_close(submission.l2_grads(params, lam), want, rtol=1e-9, dtype=float,
                 name="l2_grads(params, lam) with biases")  # fmt: skip
    assert_close(submission.l2_penalty(free, lam), 0.0, name="l2_penalty of biases alone")


def test_l2_consistent(submission, rng):
    params, lam = parameters(rng), float(rng.uniform(0.5, 1.5))
    way = {name: rng.normal(size=w.shape) for name, w in params.items()}
    slope = lam * inner(weights_of(params), weights_of(way))
    size = lam * math.sqrt(
        inner(weights_of(params), weights_of(params)) * inner(weights_of(way), weights_of(way))
    )
    # A quadratic has no third derivative, so any step will do.
    ahead, behind = ({name: w + sign * way[name] for name, w in params.items()} for sign in (1, -1))
    above = as_array(submission.l2_penalty(ahead, lam), shape=(), name="l2_penalty(params, lam)")
    below = as_array(submission.l2_penalty(behind, lam), shape=(), name="l2_penalty(params, lam)")
    assert_close((above - below) / 2, slope, rtol=1e-9, atol=1e-9 * size, name="The slope of the penalty")
    want = {name: lam * w if name[0] == "W" else np.zeros(w.shape) for name, w in params.items()}
    assert_close(submission.l2_grads(params, lam), want, rtol=1e-9, name="l2_grads(params, lam)")


def test_uses_mask(submission, rng):
    for shape in [*SHAPES, (40, 30)]:
        x = rng.normal(size=shape)
        out, mask = forward(submission, x, 0.4, generator(rng))
        assert_close(out, x * mask, rtol=1e-12, name="out")
    if not (mask == 0).any() or not (mask != 0).any():
        raise ComparisonFailed("The mask of 1200 entries and p = 0.4 is the same everywhere.")


def test_inverted_scaling(submission, rng):
    for p in (0.5, 0.2, float(rng.uniform(0.6, 0.75))):
        x = positive(rng, (60, 50)) * rng.choice([-1.0, 1.0], size=(60, 50))
        out, mask = forward(submission, x, p, generator(rng))
        kept = out != 0
        if kept.all() or not kept.any():
            raise ComparisonFailed("Of 3000 entries all or none are dropped.")
        assert_close(out[kept] / x[kept], np.full(kept.sum(), 1 / (1 - p)), rtol=1e-9,
                     name="out/x where the entry is kept")  # fmt: skip
        assert_close(mask, kept / (1 - p), rtol=1e-9, name="The mask")


def test_drop_rate(submission, rng):
    x = positive(rng, 30000)
    for p in (0.2, 0.9, float(rng.uniform(0.55, 0.8))):
        out, mask = forward(submission, x, p, generator(rng))
        tolerance = SIGMAS * math.sqrt(p * (1 - p) / x.size)
        assert_close(np.mean(out == 0), p, rtol=0.0, atol=tolerance, name="The share of dropped entries")
        assert_close(np.mean(mask == 0), p, rtol=0.0, atol=tolerance, name="The share of zeros in the mask")


def test_expectation_preserved(submission, rng):
    n, p = 5000, float(rng.uniform(0.2, 0.4))
    row = rng.normal(scale=2.0, size=6)
    out, mask = forward(submission, np.tile(row, (n, 1)), p, generator(rng))
    # One entry of the mask has mean 1 and variance p/(1 − p).
    tolerance = SIGMAS * math.sqrt(p / (1 - p) / n)
    assert_close(
        out.mean(axis=0) / row, np.ones(6), rtol=0.0, atol=tolerance, name="The mean of out by that of x"
    )
    assert_close(mask.mean(axis=0), np.ones(6), rtol=0.0, atol=tolerance, name="The mean of the mask")
    if out.std() == 0 or (out == np.tile(row, (n, 1))).all():
        raise ComparisonFailed("Nothing is dropped.")


def test_independent_units(submission, rng):
    for shape, p in (((90, 80), 0.5), ((30, 8, 40), 0.3)):
        dropped = forward(submission, positive(rng, shape), p, generator(rng))[0] == 0
        same = p * p + (1 - p) ** 2
        for axis in range(len(shape)):
            pairs = np.diff(dropped.astype(float), axis=axis) == 0
            # Neighbouring pairs share an entry, which widens the spread of their mean a little.
            tolerance = SIGMAS * math.sqrt(2 * same * (1 - same) / pairs.size)
            assert_close(pairs.mean(), same, rtol=0.0, atol=tolerance,
                         name=f"The share of neighbours along axis {axis} that are dropped or kept together")  # fmt: skip


def test_backward_same_mask(submission, rng):
    for shape, p in zip(SHAPES, (0.2, 0.5, 0.7, 0.35), strict=True):
        # A mask as dropout_forward makes it, both kinds of entries among it.
        kept = rng.random(shape) >= p
        kept.flat[:2] = (True, False)
        dout = rng.normal(size=shape)
        want = np.where(kept, dout / (1 - p), 0.0)
        assert_close(
            submission.dropout_backward(dout, kept / (1 - p)),
            want,
            rtol=1e-9,
            name="dropout_backward(dout, mask)",
        )
    ones = np.ones(shape)
    assert_close(
        submission.dropout_backward(mask=ones, dout=dout),
        dout,
        rtol=1e-9,
        name="dropout_backward(dout, ones)",
    )


def test_identity_at_test(submission, rng):
    for shape, p in zip(SHAPES, (0.2, 0.5, 0.7, 0.0), strict=True):
        x = rng.normal(size=shape)
        out, mask = forward(submission, x, p, generator(rng), train=False)
        assert_close(out, x, rtol=1e-12, name="out when train is False")
        assert_close(mask, np.ones(shape), rtol=1e-12, dtype=float, name="The mask when train is False")
    # A use of the network between two steps of training changes nothing in the second.
    x, seed = positive(rng, (6, 10)), int(rng.integers(2**32))
    draws = np.random.default_rng(seed)
    forward(submission, x, 0.5, draws, train=False)
    want = forward(submission, x, 0.5, np.random.default_rng(seed))[1]
    assert_close(forward(submission, x, 0.5, draws)[1], want, rtol=1e-12,
                 name="The mask of a call after one with train=False, which may not use the generator,")  # fmt: skip


def test_p_zero(submission, rng):
    for shape in SHAPES:
        x = rng.normal(size=shape)
        out, mask = forward(submission, x, 0.0, generator(rng))
        assert_close(out, x, rtol=1e-12, name="out for p = 0")
        assert_close(mask, np.ones(shape), rtol=1e-12, dtype=float, name="The mask for p = 0")
    out, mask = forward(submission, positive(rng, (30, 30)), 0.5, generator(rng))
    if not (out == 0).any():
        raise ComparisonFailed("Of 900 entries none is dropped for p = 0.5.")
    # Another p uses as many draws: the step after one with p = 0 is that after any other.
    seed, x = int(rng.integers(2**32)), positive(rng, (6, 10))
    masks = []
    for p in (0.3, 0.0):
        draws = np.random.default_rng(seed)
        forward(submission, x, p, draws)
        masks.append(forward(submission, x, 0.5, draws)[1])
    assert_close(masks[1], masks[0], rtol=1e-12,
                 name="The mask of a call after one with p = 0, which draws all the same,")  # fmt: skip


def test_reproducible(submission, rng):
    for shape in [*SHAPES, ()]:
        seed, p = int(rng.integers(2**32)), float(rng.uniform(0.3, 0.6))
        x = np.array(rng.normal(size=shape))
        draws, twin = np.random.default_rng(seed), np.random.default_rng(seed)
        for turn in ("", ", the second call with one generator"):
            kept = twin.random(shape) >= p
            out, mask = forward(submission, x, p, draws, train=True)
            assert_close(mask, kept / (1 - p), rtol=1e-9, name=f"The mask{turn}")
            assert_close(out, kept * x / (1 - p), rtol=1e-9, name=f"out{turn}")
    # Of an array laid out by columns, too, the draws belong to x's shape.
    seed, x = int(rng.integers(2**32)), positive(rng, (3, 5)).T
    kept = np.random.default_rng(seed).random(x.shape) >= 0.4
    out, mask = forward(submission, x, 0.4, np.random.default_rng(seed))
    assert_close(mask, kept / 0.6, rtol=1e-9, name="The mask of a transposed array")
    seed, x = int(rng.integers(2**32)), positive(rng, (30, 40))
    kept = np.random.default_rng(seed).random(x.shape) >= 0.99
    out, mask = forward(submission, x, 0.99, np.random.default_rng(seed))
    assert_close(mask, kept / (1 - 0.99), rtol=1e-9, name="The mask for p = 0.99")
    # Both masks of two calls in a row are kept: each call makes its own.
    x, seeds = positive(rng, (4, 6)), [int(rng.integers(2**32)) for _ in range(2)]
    results = submission.dropout_forward.each([(x, 0.5, np.random.default_rng(seed)) for seed in seeds])
    for result, seed in zip(results, seeds, strict=True):
        if type(result) not in (tuple, list) or len(result) != 2:
            raise ComparisonFailed("dropout_forward(x, p, rng) must return two values: out and the mask.")
        kept = np.random.default_rng(seed).random(x.shape) >= 0.5
        assert_close(result[1], 2.0 * kept, rtol=1e-9, name="The mask of one of two calls")
    # p is one of the draws themselves, to the last bit: that entry is kept.
    seed, x = int(rng.integers(2**32)), positive(rng, (5, 3))
    u = np.random.default_rng(seed).random(x.shape)
    p = float(np.median(u))
    out, mask = forward(submission, x, p, np.random.default_rng(seed))
    assert_close(mask, (u >= p) / (1 - p), rtol=1e-9, name="The mask where one draw is equal to p")
    assert_close(out, (u >= p) * x / (1 - p), rtol=1e-9, name="out where one draw is equal to p")


def test_p_range(submission, rng):
    x = rng.normal(size=(3, 4))
    for train in (True, False):
        forward(submission, x, 0.99, generator(rng), train=train)
    for p in (1.0, 1.5, -0.1, -1e-6):
        for train in (True, False):
            assert_raises(ValueError, submission.dropout_forward, x, p, generator(rng), train=train)


def test_no_mutation(submission, rng):
    params = parameters(rng)
    weights = weights_of(params)
    assert_close(assert_pure(submission.l2_penalty, params, 0.7), 0.35 * inner(weights, weights), rtol=1e-9,
                 name="l2_penalty(params, lam)")  # fmt: skip
    for lam in (0.7, 1.0):
        want = {name: lam * w if name in weights else np.zeros(w.shape) for name, w in params.items()}
        assert_close(
            assert_pure(submission.l2_grads, params, lam), want, rtol=1e-9, name="l2_grads(params, lam)"
        )
    x, dout = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    mask = np.tile([0.0, 2.0], (3, 2))
    for p in (0.0, 0.5):
        assert_pure(submission.dropout_forward, x, p, generator(rng))
        assert_pure(submission.dropout_forward, x, p, generator(rng), train=False)
    assert_close(assert_pure(submission.dropout_backward, dout, mask), dout * mask, rtol=1e-9,
                 name="dropout_backward(dout, mask)")  # fmt: skip
    assert_pure(submission.dropout_backward, dout, np.ones((3, 4)))
    assert_pure(submission.dropout_backward, dout[0], mask[0])
    assert_pure(submission.dropout_backward, dout.reshape(2, 3, 2), mask.reshape(2, 3, 2))
