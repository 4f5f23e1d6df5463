"""Hidden checks of exercise-31.

Oracles: the named points and the symmetry of a cosine, ratios of successive learning rates, and
the length and direction of one long vector.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_no_warnings, assert_pure

SHAPES = [(3, 4), (4,), (2, 3, 2)]
ODD_SHAPES = [(), (0, 3), (2, 2)]  # a single number and an empty array are gradients too


def rates(function, calls, name):
    """The learning rates of many calls, each a single number."""
    return np.array([as_array(value, shape=(), name=name) for value in function.each(calls)], dtype=float)


def gradients(rng, sizes=(1.0, 1.0, 1.0), shapes=SHAPES):
    return [np.array(size * rng.normal(size=shape)) for size, shape in zip(sizes, shapes, strict=True)]


def length(grads):
    return math.sqrt(math.fsum(float(x) ** 2 for g in grads for x in g.ravel()))


def two(result):
    """What clip_by_global_norm returns, as two values."""
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed(
            "clip_by_global_norm(grads, max_norm) must return two values: the list and the norm."
        )
    return result


def assert_clipped(result, want, rtol=1e-9, name="The list of clipped gradients"):
    assert_close(two(result)[0], want, rtol=rtol, name=name)


def test_warmup(submission, rng):
    # The last two: lr_min above the first rates of the warmup, and equal to lr_max.
    for warmup, total, share in ((8, 50, 0.1), (3, 4, 0.2), (1, 9, 0.1), (12, 30, 0.4), (5, 20, 1.0)):
        lr_max = float(rng.uniform(0.5, 2.0))
        lr_min = share * lr_max
        got = rates(submission.warmup_cosine, [(s, warmup, total, lr_max, lr_min) for s in range(warmup)],
                    "warmup_cosine(step, …) in the warmup")  # fmt: skip
        want = np.linspace(0.0, lr_max, warmup + 1)[1:]
        assert_close(got, want, rtol=1e-9, name="The learning rates of the warmup")


def test_cosine_points(submission, rng):
    warmup, quarter = int(rng.integers(5, 9)), int(rng.integers(10, 20))
    total = warmup + 4 * quarter
    lr_max, lr_min = float(rng.uniform(0.5, 2.0)), float(rng.uniform(0.1, 0.3))
    mean, half = (lr_max + lr_min) / 2, (lr_max - lr_min) / 2
    # cos(k π/4) for k = 0 … 4
    want = mean + half * np.array([1.0, math.sqrt(0.5), 0.0, -math.sqrt(0.5), -1.0])
    calls = [(warmup + k * quarter, warmup, total, lr_max, lr_min) for k in range(5)]
    got = rates(submission.warmup_cosine, calls, "warmup_cosine(step, …)")
    assert_close(got, want, rtol=1e-9, name="The learning rates at the quarters of the cosine")
    for step in (0, warmup - 1):
        assert_close(submission.warmup_cosine(step=step, warmup=warmup, total=total, lr_max=lr_max, lr_min=lr_min),
                     lr_max * (step + 1) / warmup, rtol=1e-9, name="warmup_cosine(step, …) in the warmup")  # fmt: skip
    # Sixth parts too, of ordinary learning rates and of tiny ones.
    want = np.array([1.0, math.sqrt(0.75), 0.5, 0.0, -0.5, -math.sqrt(0.75), -1.0])
    for size in (1.0, 1e-7):
        calls = [(step, 5, 11, size * lr_max, size * lr_min) for step in range(5, 12)]
        got = rates(submission.warmup_cosine, calls, "warmup_cosine(step, …)")
        assert_close(got, size * (mean + half * want), rtol=1e-9, name="The learning rates at the sixths")


def test_after_the_end(submission, rng):
    warmup, total = int(rng.integers(0, 9)), int(rng.integers(20, 40))
    lr_max, lr_min = float(rng.uniform(0.5, 2.0)), float(rng.uniform(0.1, 0.3))
    steps = [total, total + 1, total + 7, 2 * total - warmup, 5 * total]
    got = rates(submission.warmup_cosine, [(s, warmup, total, lr_max, lr_min) for s in steps],
                "warmup_cosine(step, …) after the end")  # fmt: skip
    assert_close(got, np.full(5, lr_min), rtol=1e-9, name="The learning rates from total on")
    # A cosine of a single step.
    got = rates(submission.warmup_cosine, [(s, w, w + 1, lr_max, lr_min) for w in (0, 3) for s in (w, w + 1)],
                "warmup_cosine(step, …) with total = warmup + 1")  # fmt: skip
    assert_close(got, [lr_max, lr_min] * 2, rtol=1e-9, name="The learning rates with total = warmup + 1")
    before = as_array(submission.warmup_cosine(total - 5, warmup, total, lr_max, lr_min), shape=())
    if not before > lr_min:
        raise ComparisonFailed("The learning rate has reached lr_min before total.")


def test_no_warmup(submission, rng):
    n, lr_max, lr_min = int(rng.integers(5, 12)), float(rng.uniform(0.5, 2.0)), float(rng.uniform(0.1, 0.3))
    steps = [0, n, 2 * n, 3 * n, 8 * n]
    got = rates(submission.warmup_cosine, [(s, 0, 3 * n, lr_max, lr_min) for s in steps],
                "warmup_cosine(step, 0, …)")  # fmt: skip
    want = [lr_max, (3 * lr_max + lr_min) / 4, (lr_max + 3 * lr_min) / 4, lr_min, lr_min]
    assert_close(got, want, rtol=1e-9, name="The learning rates without a warmup")


def test_default_lr_min(submission, rng):
    lr_max = float(rng.uniform(0.5, 2.0))
    got = rates(
        submission.warmup_cosine, [(s, 10, 40, lr_max) for s in (25, 40, 60)], "warmup_cosine(step, …)"
    )
    # 1 + cos π is 0 up to rounding.
    assert_close(got, [lr_max / 2, 0.0, 0.0], rtol=1e-9, atol=1e-12, name="The learning rates without lr_min")


def test_step_decay(submission, rng):
    for every, gamma in ((7, float(rng.uniform(0.3, 0.9))), (1, 0.5), (30, 0.1), (4, 1.25), (49, 3.0)):
        lr0 = float(rng.uniform(0.5, 2.0))
        got = rates(submission.step_decay, [(s, lr0, gamma, every) for s in range(3 * every + 1)],
                    "step_decay(step, …)")  # fmt: skip
        want = np.append(
            np.repeat([lr0, lr0 * gamma, lr0 * gamma * gamma], every), lr0 * gamma * gamma * gamma
        )
        assert_close(got, want, rtol=1e-9, name="The learning rates of step_decay")
        far = submission.step_decay(12 * every, lr0, gamma, every)
        assert_close(far, lr0 * math.prod([gamma] * 12), rtol=1e-9, name="step_decay after twelve stairs")
    assert_close(
        submission.step_decay(step=9, lr0=3.0, gamma=0.5, every=5), 1.5, rtol=1e-9, name="step_decay(9, …)"
    )


def test_noam(submission, rng):
    for d_model, warmup in ((512, 4000), (int(rng.integers(50, 100)), 36), (16, 16), (300, 1)):
        steps = [0, 1, warmup // 2, warmup - 1, warmup, 2 * warmup, 9 * warmup - 1]
        got = rates(submission.noam, [(s, d_model, warmup) for s in steps], "noam(step, d_model, warmup)")
        peak = 1.0 / math.sqrt(d_model * warmup)
        # Relative to the peak: (s/warmup) on the way up, √(warmup/s) on the way down.
        ratio = np.array([s + 1 for s in steps]) / warmup
        want = peak * np.where(ratio <= 1.0, ratio, 1.0 / np.sqrt(ratio))
        assert_close(got, want, rtol=1e-9, name="The learning rates of noam")
    assert_close(
        submission.noam(step=3, d_model=64, warmup=16), 4 / 64 / 8, rtol=1e-9, name="noam(3, 64, 16)"
    )


def test_global_norm(submission, rng):
    for shapes in (SHAPES, [(3, 3)] * 3, [(5,)], [(1,), (1, 1)], ODD_SHAPES):
        for unit in (1.0, 1e-8, 1e80):
            grads = gradients(rng, unit * rng.uniform(0.2, 3.0, size=len(shapes)), shapes)
            norm = length(grads)
            for max_norm in (0.3 * norm, 4.0 * norm):
                got = two(submission.clip_by_global_norm(grads, max_norm))[1]
                assert_close(got, norm, rtol=1e-9, name="The norm before clipping")


def test_clip_direction(submission, rng):
    # Tiny gradients and a tiny limit: there is no smallest number in the factor.
    grads = gradients(rng, (1e-11, 1e-10, 1e-12))
    norm = length(grads)
    result = submission.clip_by_global_norm(max_norm=0.1 * norm, grads=grads)
    assert_clipped(result, [0.1 * g for g in grads], name="The list of clipped tiny gradients")
    for sizes, shapes in (((5.0, 1.0, 0.01), SHAPES), ((1.0, 2.0, 3.0), [(3, 3)] * 3), ((4.0,), [(6,)]),
                          ((3.0, 1.0, 1.0), ODD_SHAPES)):  # fmt: skip
        grads = gradients(rng, sizes, shapes)
        norm = length(grads)
        for max_norm in (0.9999 * norm, 0.9 * norm, 0.5 * norm, 0.05 * norm):
            want = [max_norm * (g / norm) for g in grads]
            assert_clipped(submission.clip_by_global_norm(grads, max_norm), want)


def test_below_limit(submission, rng):
    for shapes in (SHAPES, [(2, 2)] * 3, ODD_SHAPES):
        grads = gradients(rng, (0.1, 1.0, 0.3), shapes)
        for factor in (1.01, 3.0, 50.0):
            # Each array alone stays as it is, too: the longest is shorter than the whole.
            result = submission.clip_by_global_norm(grads, factor * length(grads))
            assert_clipped(result, grads, rtol=1e-12, name="The list of gradients below the limit")


def test_zero_gradient(submission, rng):
    zeros = [np.zeros(shape) for shape in SHAPES]
    # One array of zeros beside others is shortened with them, and stays 0.
    grads = [np.zeros((2, 3)), *gradients(rng)]
    norm = length(grads)
    assert_clipped(submission.clip_by_global_norm(grads, 0.5 * norm), [0.5 * g for g in grads])
    clipped, norm = two(submission.clip_by_global_norm(zeros, 2.5))
    assert_close(norm, 0.0, name="The norm of zeros")
    assert_close(clipped, zeros, name="The list of clipped zeros")


def test_clip_value(submission, rng):
    for shape in [(40,), (4, 6), (3, 3), (2, 3, 4)]:
        g, limit = rng.normal(size=shape), float(rng.uniform(0.4, 0.8))
        g.flat[:4] = [5.0, -5.0, 0.1, -0.1]
        want = np.where(np.abs(g) > limit, np.copysign(limit, g), g)
        assert_close(submission.clip_by_value(g, limit), want, rtol=1e-12, name="clip_by_value(g, limit)")
    inside = rng.uniform(-1.0, 1.0, size=5)
    assert_close(
        submission.clip_by_value(limit=1.5, g=inside), inside, rtol=1e-12, name="clip_by_value(g, limit)"
    )
    for limit in (7.0, 1e5, 1e-9):
        assert_close(submission.clip_by_value(np.array([-1e300, 0.0, 1e300]), limit), [-limit, 0.0, limit], rtol=1e-12,
                     name="clip_by_value(g, limit)")  # fmt: skip
    for g in (np.array(-3.0), np.array(0.5), np.zeros((0, 3))):
        want = np.clip(g, -1.5, 1.5)
        assert_close(submission.clip_by_value(g, 1.5), want, rtol=1e-12, name="clip_by_value(g, limit)")


def test_no_warnings(submission, rng):
    grads = gradients(rng)
    result = assert_no_warnings(submission.clip_by_global_norm, grads, 0.5 * length(grads))
    assert_clipped(result, [0.5 * g for g in grads])
    assert_no_warnings(submission.clip_by_global_norm, [np.zeros(shape) for shape in SHAPES], 1.0)
    assert_no_warnings(submission.clip_by_value, np.array([-1e300, 0.0, 1e300]), 0.5)


def test_no_mutation(submission, rng):
    grads = gradients(rng)
    norm = length(grads)
    assert_clipped(assert_pure(submission.clip_by_global_norm, grads, 0.5 * norm), [0.5 * g for g in grads])
    assert_clipped(assert_pure(submission.clip_by_global_norm, grads, 2.0 * norm), grads)
    assert_clipped(
        assert_pure(submission.clip_by_global_norm, grads[:1], 1e-3), [1e-3 / length(grads[:1]) * grads[0]]
    )
    assert_pure(submission.clip_by_global_norm, [np.zeros(3)], 2.0)
    whole = rng.normal(size=(3, 4))
    for g, limit in ((whole, 0.3), (whole, 50.0), (whole[0], 0.3), (whole.reshape(2, 3, 2), 0.3)):
        want = np.where(np.abs(g) > limit, np.copysign(limit, g), g)
        assert_close(
            assert_pure(submission.clip_by_value, g, limit), want, rtol=1e-12, name="clip_by_value(g, limit)"
        )
