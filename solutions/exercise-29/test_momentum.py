"""Hidden checks of exercise-29.

Oracles: the memories unrolled into weighted sums of all gradients, closed-form trajectories for a
constant gradient, and laws (entries don't meet; without a memory it is gradient descent).
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure

SHAPES = [(6,), (3, 4), (2, 2), (2, 3, 4)]
STATE = {"momentum_step": "v", "adagrad_step": "s", "rmsprop_step": "s"}


def part(result, index, shape=None, state="state"):
    """One of the two results, as an array."""
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed(f"A step must return two values: the new w and the new {state}.")
    return as_array(result[index], shape=shape, name="The new w" if index == 0 else f"The new {state}")


def assert_w(result, want, rtol=1e-7, atol=0.0, name="The new w"):
    assert_close(part(result, 0), want, rtol=rtol, atol=atol, name=name)


def assert_state(result, want, rtol=1e-9, atol=0.0, name="The new state"):
    assert_close(part(result, 1), want, rtol=rtol, atol=atol, name=name)


def moving(rng, shape):
    """w, g, v of a training that has been running."""
    return tuple(rng.normal(size=shape) for _ in range(3))


def scaled(rng, shape):
    """w, g, s of a training that has been running: s is of a square's size, and never 1."""
    return rng.normal(size=shape), rng.normal(size=shape), rng.uniform(1.5, 4.0, size=shape)


def signs(rng, *sizes):
    """Numbers of these sizes with random signs, both of which occur."""
    values = np.array(sizes) * rng.choice([-1.0, 1.0], size=len(sizes))
    values[:2] = np.abs(values[:2]) * (1, -1)
    return values


def test_velocity(submission, rng):
    for shape, size in zip(SHAPES, (1.0, 1e-4, 1e8, 1.0), strict=True):
        w, g, v = moving(rng, shape)
        beta = float(rng.uniform(0.3, 0.8))
        result = submission.momentum_step(w, size * g, size * v, 0.1, beta=beta)
        # Two numbers that may nearly cancel, hence the absolute part.
        assert_state(result, size * (g + beta * v), atol=1e-12 * size, name="The new v")


def test_momentum_step(submission, rng):
    for shape in SHAPES:
        w, g, v = moving(rng, shape)
        lr, beta = float(rng.uniform(0.3, 1.5)), float(rng.uniform(0.3, 0.8))
        want = w - lr * g - lr * beta * v
        # Rounding of float64 is 1e-16 here; that of float32 would be 1e-7.
        assert_w(submission.momentum_step(w, g, v, lr, beta), want, rtol=1e-11, atol=1e-11)
        assert_w(submission.momentum_step(lr=lr, beta=beta, v=v, g=g, w=w), want, rtol=1e-11, atol=1e-11)


def test_terminal_velocity(submission, rng):
    w, g = moving(rng, (4,))[:2]
    lr, beta, n = float(rng.uniform(0.01, 0.1)), float(rng.uniform(0.6, 0.8)), 120
    now = w, np.zeros(4)
    for k in range(1, n + 1):
        result = submission.momentum_step(now[0], g, now[1], lr, beta)
        now = tuple(part(result, i, shape=(4,), state="v") for i in range(2))
        if k == 5:  # 1 + β + … + β⁴
            assert_state(now, g * math.fsum(beta**i for i in range(5)), name="v after 5 equal gradients")
    assert_state(now, g / (1 - beta), name="v after 120 equal gradients")  # βⁿ < 1e-11
    # The k-th velocity is g (1 − βᵏ)/(1 − β); the sum over k is a geometric series again.
    lag = beta * (1 - beta**n) / (1 - beta)
    assert_w(now, w - lr * g * (n - lag) / (1 - beta), atol=1e-9, name="w after 120 equal gradients")


def test_momentum_without_memory(submission, rng):
    w, g, v = moving(rng, (3, 2))
    lr = float(rng.uniform(0.3, 1.5))
    result = submission.momentum_step(w, g, v, lr, beta=0.0)
    assert_w(result, w - lr * g, atol=1e-9)
    assert_state(result, g, name="The new v")
    # Without a learning rate w stays; the velocity doesn't.
    result = submission.momentum_step(w, g, v, 0.0, beta=0.5)
    assert_w(result, w, rtol=0)
    assert_state(result, 0.5 * v + g, atol=1e-12, name="The new v with lr = 0")


def assert_defaults(step, arrays, named):
    """A call without the parameters is the call with their defaults, which has moved both results."""
    silent, spoken = step(*arrays, 0.7), step(*arrays, 0.7, **named)
    for index, before in enumerate((arrays[0], arrays[2])):
        want = part(spoken, index, shape=before.shape)
        got = part(silent, index)
        assert_close(got, want, rtol=1e-9, name=("The new w", "The new state")[index])
        if (want == before).all():
            raise ComparisonFailed("A step leaves w or its state as it was.")


def tiny_entries(rng, size):
    """Give w = 0 and a last entry that is so small that it shows ε; the others show ρ."""
    w, g, s = scaled(rng, (4,))
    w[-1], g[-1], s[-1] = 0.0, size, size**2
    return w, g, s


def test_momentum_defaults(submission, rng):
    assert_defaults(submission.momentum_step, moving(rng, (4,)), {"beta": 0.9})


def test_adagrad_defaults(submission, rng):
    assert_defaults(submission.adagrad_step, tiny_entries(rng, 3e-10), {"eps": 1e-10})


def test_rms_defaults(submission, rng):
    assert_defaults(submission.rmsprop_step, tiny_entries(rng, 3e-8), {"rho": 0.99, "eps": 1e-8})


def test_adagrad_state(submission, rng):
    for shape, size in zip(SHAPES, (1.0, 1e-4, 1e8, 1.0), strict=True):
        w, g, s = scaled(rng, shape)
        result = submission.adagrad_step(w, size * g, size**2 * s, 0.1)
        assert_state(result, size**2 * (s + g * g), name="The new s")


def test_adagrad_step(submission, rng):
    for shape in SHAPES:
        w, g, s = scaled(rng, shape)
        lr = float(rng.uniform(0.3, 1.5))
        # |g|/√(s + g²) is the sine of an angle. ε = 1e-10 is nothing beside such a root.
        want = w - lr * np.sin(np.arctan2(g, np.sqrt(s)))
        assert_w(submission.adagrad_step(w, g, s, lr), want, atol=1e-7)
        assert_w(submission.adagrad_step(s=s, lr=lr, w=w, g=g, eps=1e-10), want, atol=1e-7)
        # A step may be as long as it likes, or have no length at all.
        assert_w(submission.adagrad_step(w, g, s, 20 * lr), w + 20 * (want - w), atol=1e-6)
        result = submission.adagrad_step(w, g, s, 0.0)
        assert_w(result, w, rtol=0)
        assert_state(result, s + g * g, name="The new s with lr = 0")


def test_adagrad_steady(submission, rng):
    w, g, lr = rng.normal(size=4), signs(rng, 1e-2, 1.0, 30.0, 1e4), float(rng.uniform(0.1, 0.5))
    now = w, np.zeros(4)
    for _ in range(30):
        result = submission.adagrad_step(now[0], g, now[1], lr)
        now = tuple(part(result, i, shape=(4,), state="s") for i in range(2))
    moved = lr * math.fsum(1 / math.sqrt(k) for k in range(1, 31))
    # ε takes 1e-8 of the smallest entry's steps, and hardly more if it is taken to be 1e-8.
    assert_w(now, w - moved * np.sign(g), atol=1e-4, name="w after 30 equal gradients")


def assert_rest(step, rng, kept, **given):
    """A gradient of 0 moves no parameter, with and without a past; the past becomes kept · s."""
    w, _, s = scaled(rng, (5,))
    s[:2] = 0.0
    result = step(w, np.zeros(5), s, 0.7, **given)
    assert_w(result, w, rtol=1e-12, name="The new w after a gradient of 0")
    assert_state(result, kept * s, name="The new s after a gradient of 0")
    # A neighbour that does move: standing still is no answer.
    g = np.array([0.0, 2.0, 0.0, -1.0, 0.0])
    moved = np.sign(w - part(step(w, g, s, 0.7, **given), 0, shape=(5,), state="s"))
    if (moved != np.sign(g)).any():
        raise ComparisonFailed("The new w doesn't move against the gradient exactly where there is one.")


def test_adagrad_zero_grad(submission, rng):
    assert_rest(submission.adagrad_step, rng, 1.0)


def test_rms_zero_grad(submission, rng):
    assert_rest(submission.rmsprop_step, rng, 0.8, rho=0.8)


def test_adagrad_eps(submission, rng):
    lr = float(rng.uniform(0.1, 0.5))
    g = signs(rng, 3e-10, 1e-10, 1e-9, 1e-7)
    zero = np.zeros(4)
    assert_w(submission.adagrad_step(zero, g, zero, lr, 1e-10), -lr * g / (np.abs(g) + 1e-10),
             name="The new w after a first tiny gradient")  # fmt: skip
    w, g, s = scaled(rng, (3, 4))
    for eps in (0.03, 0.4):
        want = -lr * g / (np.hypot(g, np.sqrt(s)) + eps)
        # With ε in the formula only rounding is left: 1e-15, or 1e-7 if the root is taken in float32.
        assert_w(
            submission.adagrad_step(0 * w, g, s, lr, eps), want, rtol=1e-11, name="The new w with a large ε"
        )


def test_rms_state(submission, rng):
    for shape, size in zip(SHAPES, (1.0, 1e-4, 1e8, 1.0), strict=True):
        w, g, s = scaled(rng, shape)
        rho = float(rng.uniform(0.6, 0.9))
        result = submission.rmsprop_step(w, size * g, size**2 * s, 0.1, rho=rho)
        assert_state(result, size**2 * (g * g + rho * (s - g * g)), atol=1e-12 * size**2, name="The new s")


def test_rms_step(submission, rng):
    for shape in SHAPES:
        w, g, s = scaled(rng, shape)
        lr, rho = float(rng.uniform(0.3, 1.5)), float(rng.uniform(0.6, 0.9))
        # ε = 1e-8 beside a root of order 1, wherever it stands, is less than 1e-7.
        want = w - lr * g / np.hypot(math.sqrt(rho) * np.sqrt(s), math.sqrt(1 - rho) * g)
        assert_w(submission.rmsprop_step(w, g, s, lr, rho), want, atol=1e-7)
        assert_w(submission.rmsprop_step(rho=rho, s=s, lr=lr, w=w, g=g, eps=1e-8), want, atol=1e-7)
        assert_w(submission.rmsprop_step(w, g, s, 20 * lr, rho), w + 20 * (want - w), atol=1e-6)
    result = submission.rmsprop_step(w, g, s, 0.0, 0.0)
    assert_w(result, w, rtol=0)
    assert_state(result, g * g, name="The new s with rho = 0")


def test_rms_steady(submission, rng):
    w, g, lr = rng.normal(size=4), signs(rng, 0.1, 1.0, 30.0, 1e4), float(rng.uniform(0.1, 0.5))
    rho, n = float(rng.uniform(0.8, 0.9)), 40
    now, want = (w, np.zeros(4)), w
    for k in range(1, n + 1):
        result = submission.rmsprop_step(now[0], g, now[1], lr, rho)
        now = tuple(part(result, i, shape=(4,), state="s") for i in range(2))
        share = (1 - rho) * math.fsum(rho**i for i in range(k))  # weights of the k gradients so far
        want = want - lr * np.sign(g) / math.sqrt(share)
        if k in (1, n):
            assert_state(now, share * g * g, name=f"s after {k} equal gradients")
            # ε takes 1e-7 of the smallest entry's steps, and inside the root as little.
            assert_w(now, want, atol=1e-4, name=f"w after {k} equal gradients")


def test_rms_eps_outside(submission, rng):
    lr = float(rng.uniform(0.1, 0.5))
    g = signs(rng, 1e-6, 3e-8, 1e-8, 1e-9)
    # The gradient has been the same for ever: s = g², and the step is lr·g/(|g| + ε).
    assert_w(submission.rmsprop_step(np.zeros(4), g, g * g, lr, eps=1e-8), -lr * g / (np.abs(g) + 1e-8),
             name="The new w for tiny gradients")  # fmt: skip
    g = rng.normal(size=(3, 4))
    for eps in (0.03, 0.4):
        result = submission.rmsprop_step(0 * g, g, g * g, lr, 0.9, eps)
        assert_w(result, -lr * g / (np.abs(g) + eps), rtol=1e-11, name="The new w with a large ε")


def test_any_shape(submission, rng):
    for function, state in STATE.items():
        step = getattr(submission, function)
        for shape in [(1,), (2, 3), (2, 1, 3)]:
            arrays = scaled(rng, shape)
            result = step(*arrays, 0.5)
            flat = step(*(a.reshape(-1) for a in arrays), 0.5)
            turned = step(*(a.T for a in arrays), 0.5)
            for index, before in ((0, arrays[0]), (1, arrays[2])):
                got = part(result, index, shape=shape, state=state)
                name = f"The new {('w', state)[index]} of {function}"
                if not np.isfinite(got).all() or (got == before).all():
                    raise ComparisonFailed(f"{name} isn't finite, or hasn't changed.")
                # A sum of two may nearly cancel, hence the absolute part.
                assert_close(part(flat, index), got.reshape(-1), rtol=1e-9, atol=1e-12,
                             name=f"{name}, laid out flat")  # fmt: skip
                assert_close(part(turned, index), got.T, rtol=1e-9, atol=1e-12,
                             name=f"{name} of transposed arrays")  # fmt: skip
        # One number, as an array without axes.
        arrays = scaled(rng, (1,))
        several, single = step(*arrays, 0.5), step(*(a.reshape(()) for a in arrays), 0.5)
        for index in range(2):
            got = part(several, index, shape=(1,), state=state)
            assert_close(part(single, index, shape=(), state=state), got[0], rtol=1e-9,
                         name=f"The new {('w', state)[index]} of {function}, shape ()")  # fmt: skip


def test_no_mutation(submission, rng):
    w, g, s = scaled(rng, (3, 4))
    forgetful = {"momentum_step": [{"beta": 0.0}], "rmsprop_step": [{"rho": 0.0}]}
    for function, state in STATE.items():
        # Where nothing moves, or nothing stays, it is tempting to hand back what came in.
        calls = [
            ((w, g, s, 0.5), {}),
            ((w, 0 * g, s, 0.5), {}),
            ((w, g, s, 0.0), {}),
            ((w, g, 0 * s, 0.5), {}),
        ]
        calls += [((*scaled(rng, shape), 0.5), {}) for shape in [(4,), (2, 2, 3)]]
        calls += [((w, g, s, 0.5), given) for given in forgetful.get(function, [])]
        for arrays, given in calls:
            result = assert_pure(getattr(submission, function), *arrays, **given)
            for index in range(2):
                part(result, index, state=state)
