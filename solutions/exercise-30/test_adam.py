"""Hidden checks of exercise-30.

Oracles: the correction 1 − βᵗ summed up as a geometric series, running averages unrolled into
weighted means, closed-form trajectories, and laws that hold whatever the rest does (what the decay
adds is linear in it; entries don't meet).
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure, assert_raises

SHAPES = [(6,), (3, 4), (2, 2), (2, 3, 4)]


def state(rng, shape):
    """w, g, m, v of a training that has been running: nothing is 0, v is a square's size."""
    w, g, m = (rng.normal(size=shape) for _ in range(3))
    return w, g, m, rng.uniform(0.5, 2.0, size=shape)


def rates(rng):
    """lr, beta1, beta2 other than the defaults; a large lr shows the step beside w."""
    return {
        "lr": float(rng.uniform(0.3, 1.5)),
        "beta1": float(rng.uniform(0.6, 0.85)),
        "beta2": float(rng.uniform(0.9, 0.99)),
    }


def total_weight(beta, t):
    """1 − βᵗ as the sum of the weights (1 − β) βⁱ that t gradients have."""
    return (1 - beta) * math.fsum(beta**i for i in range(t))


def adam(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.0):
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g * g - v)
    scale = np.sqrt(v / total_weight(beta2, t)) + eps
    return w * (1 - lr * weight_decay) - lr / total_weight(beta1, t) * m / scale, m, v


def part(result, index, shape=None):
    """One of the three results, as an array."""
    if type(result) not in (tuple, list) or len(result) != 3:
        raise ComparisonFailed("A step must return three values: the new w, m and v.")
    return as_array(result[index], shape=shape, name=("The new w", "The new m", "The new v")[index])


def assert_w(result, want, rtol=1e-7, atol=1e-6, name="The new w"):
    """Compare w, whose step is of order 1, as tightly as lets ε = 1e-8 stand anywhere: that has checks of its own."""
    assert_close(part(result, 0), want, rtol=rtol, atol=atol, name=name)


def test_moments(submission, rng):
    for shape, size in zip(SHAPES, (1.0, 1e-4, 1e3, 1e8), strict=True):
        w, g, m, v = state(rng, shape)
        g, m, v = size * g, size * m, size**2 * v
        given = rates(rng)
        t = int(rng.integers(2, 9))
        result = submission.adam_step(w, g, m, v, t, **given)
        _, want_m, want_v = adam(w, g, m, v, t, **given)
        # m is a sum of two numbers that may nearly cancel, hence the absolute part.
        assert_close(part(result, 1), want_m, rtol=1e-9, atol=1e-12 * size, name="The new m")
        assert_close(part(result, 2), want_v, rtol=1e-9, name="The new v")
    # A past without weight: the averages are the gradient and its square.
    w, g, m, v = state(rng, (3,))
    result = submission.adam_step(w, g, m, v, 4, beta1=0.0, beta2=0.0)
    assert_close(part(result, 1), g, rtol=1e-9, name="The new m with beta1 = 0")
    assert_close(part(result, 2), g * g, rtol=1e-9, name="The new v with beta2 = 0")


def test_step_t1(submission, rng):
    for shape in SHAPES:
        start = state(rng, shape)
        usual = {
            "lr": 5.0,
            "beta1": 0.9,
            "beta2": 0.999,
        }  # v is far too large for a first step: a long lr shows it
        assert_w(submission.adam_step(*start, 1, **usual), adam(*start, 1, **usual)[0])
        given = rates(rng)
        assert_w(submission.adam_step(*start, 1, **given), adam(*start, 1, **given)[0])


def test_step_t5(submission, rng):
    for shape in SHAPES:
        start, given = state(rng, shape), rates(rng)
        want = adam(*start, 5, **given)[0]
        assert_w(submission.adam_step(*start, 5, given["lr"], given["beta1"], given["beta2"], 1e-8), want)
        usual = {"lr": 2.0, "beta1": 0.9, "beta2": 0.999}
        assert_w(submission.adam_step(*start, 2, **usual), adam(*start, 2, **usual)[0])
        # Beside gradients near 1e4, ε is 1e-12 wherever it stands; a float32 on the way is 1e-8.
        size = np.array([0.0, 1e4, 1e4, 1e8])
        large = tuple(s * a for s, a in zip(size, start, strict=True))
        assert_w(submission.adam_step(*large, 2, **usual), adam(*large, 2, **usual)[0], rtol=1e-9, atol=1e-10)
        still = submission.adam_step(*start, 5, lr=0.0)
        assert_w(still, start[0], rtol=0, atol=0, name="The new w with lr = 0")


def test_step_t1000(submission, rng):
    for shape in [(5,), (3, 2)]:
        start = state(rng, shape)
        want = adam(*start, 1000, lr=0.8, beta1=0.95, beta2=0.9995)[0]
        assert_w(submission.adam_step(*start, beta2=0.9995, lr=0.8, t=1000, beta1=0.95), want)
        # The longer the memory, the longer the correction is needed.
        for t, beta1, beta2 in [(150, 0.99, 0.999), (1500, 0.999, 0.9995), (12_000, 0.9, 0.9999)]:
            given = {"lr": 0.8, "beta1": beta1, "beta2": beta2}
            assert_w(submission.adam_step(*start, t, **given), adam(*start, t, **given)[0])


def test_weighted_mean(submission, rng):
    gradients = rng.choice([-1.0, 1.0], size=(6, 4)) * rng.uniform(0.5, 2.0, size=(6, 4))
    w = rng.normal(size=4)
    gradients[0] *= 15.0  # so that v falls afterwards
    given = {**rates(rng), "beta2": float(rng.uniform(0.85, 0.9))}
    now = w, np.zeros(4), np.zeros(4)
    for t in range(1, 7):
        result = submission.adam_step(now[0], gradients[t - 1], now[1], now[2], t, **given)
        now = tuple(part(result, i, shape=(4,)) for i in range(3))
        first, second = (given[beta] ** np.arange(t - 1, -1, -1) for beta in ("beta1", "beta2"))
        mean = first @ gradients[:t] / first.sum()
        mean_square = second @ gradients[:t] ** 2 / second.sum()
        w = w - given["lr"] * mean / np.sqrt(mean_square)
        # ε = 1e-8 is left out here; in six steps of order 1 it takes less than 1e-6, wherever it stands.
        assert_w(now, w, name=f"w after {t} steps from averages of 0")


def test_steady_gradient(submission, rng):
    g = rng.choice([-1.0, 1.0], size=5) * np.array([0.1, 0.5, 1.0, 30.0, 1e3])
    w = rng.normal(size=5)
    now = w, np.zeros(5), np.zeros(5)
    for t in range(1, 21):
        result = submission.adam_step(now[0], g, now[1], now[2], t, lr=0.05)
        now = tuple(part(result, i, shape=(5,)) for i in range(3))
    # Beside such gradients ε = 1e-8 is nothing, wherever it stands.
    assert_w(now, w - 20 * 0.05 * np.sign(g), atol=1e-5, name="w after 20 equal gradients")


def test_first_step_is_lr(submission, rng):
    g = np.array([1e-4, 1.0, -1e4])
    lr = float(rng.uniform(0.01, 0.1))
    result = submission.adam_step(np.zeros(3), g, np.zeros(3), np.zeros(3), 1, lr=lr, eps=1e-20)
    # ε plays no part, and hardly one if it is taken to be 1e-8: 1e-4 of the smallest gradient.
    assert_w(result, -lr * np.sign(g), rtol=5e-4, atol=0, name="The new w after a first step from w = 0")


def test_eps_outside(submission, rng):
    assert_eps_outside(submission.adam_step, rng)


def test_adamw_eps(submission, rng):
    assert_eps_outside(submission.adamw_step, rng, weight_decay=0.0)


def assert_eps_outside(step, rng, **no_decay):
    """Where g has been the same for ever, m = g and v = g², and the step is lr·g/(|g| + ε)."""
    t = 50_000  # β^t < 1e-21: the correction has faded out
    lr = float(rng.uniform(0.01, 0.1))
    tiny = rng.choice([-1.0, 1.0], size=4) * np.array([1e-9, 3e-9, 1e-8, 3e-7])
    assert_w(step(np.zeros(4), tiny, tiny.copy(), tiny**2, t, lr=lr, **no_decay), -lr * tiny / (np.abs(tiny) + 1e-8),
             rtol=1e-7, atol=0, name="The new w for tiny gradients that stay the same")  # fmt: skip
    g = rng.normal(size=(3, 4))
    # Only rounding is left here: 1e-15, or 1e-7 if the root is taken in float32.
    for eps in (0.03, 0.4):
        assert_w(step(np.zeros((3, 4)), g, g.copy(), g**2, t, lr=lr, eps=eps, **no_decay), -lr * g / (np.abs(g) + eps),
                 rtol=1e-11, atol=0, name="The new w with a large ε")  # fmt: skip


def test_eps_after_correction(submission, rng):
    lr = float(rng.uniform(0.01, 0.1))
    g = rng.choice([-1.0, 1.0], size=3) * np.array([1e-9, 1e-8, 3e-7])
    result = submission.adam_step(np.zeros(3), g, np.zeros(3), np.zeros(3), 1, lr=lr)
    assert_w(
        result, -lr * g / (np.abs(g) + 1e-8), rtol=1e-7, atol=0, name="The new w after a first tiny gradient"
    )


def test_zero_gradient(submission, rng):
    w, _, m, v = state(rng, (4,))
    zero = np.zeros(4)
    rest = submission.adam_step(w, zero, zero, zero, 3)
    assert_w(rest, w, rtol=0, atol=0, name="The new w where nothing ever happened")
    assert_close(part(rest, 1), zero, name="The new m where nothing ever happened")
    assert_close(part(rest, 2), zero, name="The new v where nothing ever happened")
    moving = submission.adam_step(w, zero, m, v, 50, lr=0.3, beta1=0.9, beta2=0.999)
    assert_close(part(moving, 1), 0.9 * m, rtol=1e-9, name="The new m after a gradient of 0")
    assert_close(part(moving, 2), 0.999 * v, rtol=1e-9, name="The new v after a gradient of 0")
    moved = part(moving, 0, shape=(4,)) - w
    if not (np.isfinite(moved).all() and (np.sign(moved) == -np.sign(m)).all()):
        raise ComparisonFailed("After a gradient of 0, w doesn't move on against the old average m.")


def test_defaults(submission, rng):
    assert_defaults(submission.adam_step, rng, {"lr": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8})


def test_adamw_defaults(submission, rng):
    named = {"lr": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.01}
    assert_defaults(submission.adamw_step, rng, named)


def assert_defaults(step, rng, named):
    """A call without the parameters is the call with their defaults; a tiny entry shows ε."""
    w, g, m, v = (
        np.append(a, tiny) for a, tiny in zip(state(rng, (3,)), (0.0, 2e-9, 1e-9, 1e-18), strict=True)
    )
    silent, spoken = step(w, g, m, v, 4), step(w, g, m, v, 4, **named)
    for index, before in enumerate((w, m, v)):
        want = part(spoken, index, shape=before.shape)
        # Tight enough for a weight decay of 0.01 at lr = 0.001; relative where a tiny entry decides.
        assert_close(
            part(silent, index), want, rtol=1e-9, name=("The new w", "The new m", "The new v")[index]
        )
        if (want == before).all():
            raise ComparisonFailed("A step leaves w, m or v as it was.")


def test_any_shape(submission, rng):
    for shape in [(1,), (7,), (2, 3), (2, 1, 3), (2, 2, 2, 2)]:
        arrays = state(rng, shape)
        result = submission.adam_step(*arrays, 3, lr=0.5)
        flat = submission.adam_step(*(a.reshape(-1) for a in arrays), 3, lr=0.5)
        turned = submission.adam_step(*(a.T for a in arrays), 3, lr=0.5)
        reverse = submission.adam_step(*(a[::-1] for a in arrays), 3, lr=0.5)
        for index, before in enumerate((arrays[0], arrays[2], arrays[3])):
            got = part(result, index, shape=shape)
            name = ("w", "m", "v")[index]
            if not np.isfinite(got).all() or (index == 0 and (got == before).all()):
                raise ComparisonFailed(f"The new {name} isn't finite, or hasn't changed.")
            size = (got.size,)
            assert_close(
                part(flat, index, shape=size),
                got.reshape(-1),
                rtol=1e-9,
                name=f"The new {name}, laid out flat",
            )
            assert_close(part(turned, index), got.T, rtol=1e-9, name=f"The new {name} of transposed arrays")
            assert_close(part(reverse, index), got[::-1], rtol=1e-9, name=f"The new {name} in reverse order")

    # One number, as an array without axes.
    arrays = state(rng, (1,))
    several = submission.adam_step(*arrays, 3, lr=0.5)
    single = submission.adam_step(*(a.reshape(()) for a in arrays), 3, lr=0.5)
    for index, name in enumerate(("w", "m", "v")):
        got = part(several, index, shape=(1,))
        assert_close(part(single, index, shape=()), got[0], rtol=1e-9, name=f"The new {name} of shape ()")


def test_t_from_one(submission, rng):
    assert_counts_from_one(submission.adam_step, rng)


def test_adamw_t_from_one(submission, rng):
    assert_counts_from_one(submission.adamw_step, rng)


def assert_counts_from_one(step, rng):
    start = state(rng, (3,))
    if not np.isfinite(part(step(*start, 1), 0, shape=(3,))).all():
        raise ComparisonFailed("The new w at t = 1 isn't finite.")
    for t in (-4, -1, 0):
        assert_raises(ValueError, step, *start, t)


def test_adamw_values(submission, rng):
    for shape, t in [((5,), 1), ((3, 4), 4), ((2, 2), 300)]:
        start, given = state(rng, shape), rates(rng)
        decay = float(rng.uniform(0.05, 0.4))
        want_w, want_m, want_v = adam(*start, t, **given, weight_decay=decay)
        result = submission.adamw_step(*start, t, **given, weight_decay=decay)
        assert_w(result, want_w)
        assert_close(part(result, 1), want_m, rtol=1e-9, atol=1e-12, name="The new m")
        assert_close(part(result, 2), want_v, rtol=1e-9, name="The new v")


def test_decoupled_decay(submission, rng):
    for shape in [(6,), (3, 3)]:
        start, given = state(rng, shape), rates(rng)
        t = int(rng.integers(1, 9))
        plain = part(submission.adamw_step(*start, t, **given, weight_decay=0.0), 0, shape=shape)
        for decay in (float(rng.uniform(0.05, 0.4)), 1.5):
            lr, beta1, beta2 = given.values()
            for result in (
                submission.adamw_step(*start, t, **given, weight_decay=decay),
                submission.adamw_step(*start, t, lr, beta1, beta2, 1e-8, decay),
            ):
                # A difference of two numbers of order 1.
                assert_close(part(result, 0, shape=shape) - plain, -lr * decay * start[0], rtol=1e-9, atol=1e-12,
                             name="What the decay adds to the new w")  # fmt: skip


def test_decay_not_in_moments(submission, rng):
    start, given = state(rng, (3, 4)), rates(rng)
    plain = submission.adamw_step(*start, 4, **given, weight_decay=0.0)
    decayed = submission.adamw_step(*start, 4, **given, weight_decay=0.7)
    for index, before in ((1, start[2]), (2, start[3])):
        want = part(plain, index, shape=(3, 4))
        if (want == before).all():
            raise ComparisonFailed("A step leaves m or v as it was.")
        assert_close(part(decayed, index), want, rtol=1e-9, atol=1e-12,
                     name=f"The new {'wmv'[index]} with a decay")  # fmt: skip


def test_decay_without_gradient(submission, rng):
    w, zero = rng.normal(size=5), np.zeros(5)
    lr, decay = float(rng.uniform(0.1, 0.5)), float(rng.uniform(0.2, 0.6))
    now = w, zero, zero
    for t in range(1, 9):
        result = submission.adamw_step(now[0], zero, now[1], now[2], t, lr=lr, weight_decay=decay)
        now = tuple(part(result, i, shape=(5,)) for i in range(3))
    assert_w(now, w * (1 - lr * decay) ** 8, rtol=1e-9, atol=0, name="w after 8 steps without a gradient")


def test_no_mutation(submission, rng):
    w, g, m, v = state(rng, (3, 4))
    zero = np.zeros((3, 4))
    # Where nothing moves, or nothing stays, it is tempting to hand back what came in.
    calls = [((w, g, m, v), {}), ((w, zero, m, v), {}), ((w, zero, zero, zero), {})]
    calls += [((w, g, m, v), given) for given in ({"lr": 0.0}, {"beta1": 0.0}, {"beta2": 0.0})]
    for step in (submission.adam_step, submission.adamw_step):
        for arrays, given in calls:
            result = assert_pure(step, *arrays, 2, **given)
            for index in range(3):
                part(result, index)
        for index in range(3):
            part(assert_pure(step, w, g, m, v, 1), index)
    without = assert_pure(submission.adamw_step, w, zero, zero, zero, 2, weight_decay=0.0)
    part(without, 0)
