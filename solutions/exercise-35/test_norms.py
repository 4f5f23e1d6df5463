"""Hidden checks of exercise-35.

Oracles: one token at a time with `math.fsum`, which rounds once; and the complex-step derivative
Im L(θ + ih)/h with h = 1e-20 (Squire & Trapp 1998) of L = Σ dy·y for a random dy, which has no
difference to cancel in, so that gradients can be compared as tightly as values. The rest are laws.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_no_warnings, assert_pure

FORWARD, BACKWARD = "layernorm_forward(x, gamma, beta)", "layernorm_backward(dy, cache)"
# All different, all equal, a single token without further axes, lonely axes.
SHAPES = [(5, 4), (4, 4), (2, 3, 5), (3, 3, 3), (6,), (1, 7), (2, 1, 3, 4), (3, 1)]


def inputs(rng, shape):
    """Tokens whose means and spreads all differ, and parameters that do."""
    x = rng.normal(size=shape) * rng.uniform(0.5, 3.0, size=(*shape[:-1], 1)) + rng.normal(
        size=(*shape[:-1], 1)
    )
    gamma = rng.uniform(0.5, 2.0, size=shape[-1]) * rng.choice([-1.0, 1.0], size=shape[-1])
    return x, gamma, rng.normal(size=shape[-1])


def with_a_zero(rng, gamma):
    """A gamma that switches one feature off: what was normalised can't be read off y any more."""
    gamma = gamma.copy()
    gamma[int(rng.integers(gamma.size))] = 0.0
    return gamma


def normed(x, gamma, beta, eps=1e-5):
    """LayerNorm, one token at a time."""
    y = np.empty(x.shape)
    for index in np.ndindex(x.shape[:-1]):
        mean = math.fsum(x[index]) / x.shape[-1]
        var = math.fsum((v - mean) ** 2 for v in x[index]) / x.shape[-1]
        y[index] = (x[index] - mean) / math.sqrt(var + eps) * gamma + beta
    return y


def smooth(x, gamma, beta, eps):
    """LayerNorm written so that complex numbers pass through it."""
    d = x.shape[-1]
    centred = x - np.einsum("...d->...", x)[..., None] / d
    return (
        gamma * centred * (np.einsum("...d,...d->...", centred, centred)[..., None] / d + eps) ** -0.5 + beta
    )


def slope(dy, which, x, gamma, beta, eps=1e-5):
    """∂ Σ dy·y / ∂ one of the arguments, by the complex step."""
    h = 1e-20
    arguments = [x, gamma, beta]
    out = np.empty(arguments[which].shape)
    for index in np.ndindex(out.shape):
        shifted = arguments[which].astype(complex)
        shifted[index] += 1j * h
        y = smooth(*arguments[:which], shifted, *arguments[which + 1 :], eps)
        out[index] = (dy * y).sum().imag / h
    return out


def pair(result):
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed("layernorm_forward must return two values: y and the cache.")
    return result


def gradients(result):
    if type(result) not in (tuple, list) or len(result) != 3:
        raise ComparisonFailed("layernorm_backward must return three arrays: dx, dgamma and dbeta.")
    return result


def y_of(result):
    return pair(result)[0]


def back(submission, dy, *arguments):
    return gradients(submission.layernorm_backward(dy, pair(submission.layernorm_forward(*arguments))[1]))


def given(h):
    """What f receives, as an array of whatever shape."""
    return as_array(h, name="What f receives").astype(float)


def test_forward(submission, rng):
    for shape in SHAPES:
        x, gamma, beta = inputs(rng, shape)
        assert_close(y_of(submission.layernorm_forward(x, gamma, beta)), normed(x, gamma, beta), rtol=1e-9, atol=1e-10,
                     name=f"y of {FORWARD}")  # fmt: skip
        gamma = with_a_zero(rng, gamma)
        assert_close(y_of(submission.layernorm_forward(x, gamma, beta)), normed(x, gamma, beta), rtol=1e-9, atol=1e-10,
                     name="y for a gamma with an entry of 0")  # fmt: skip

    # A feature far from the others of its token stays as far, some six standard deviations.
    x, gamma, beta = inputs(rng, (2, 40))
    x[:, int(rng.integers(40))] += 60.0
    assert_close(y_of(submission.layernorm_forward(x, gamma, beta)), normed(x, gamma, beta), rtol=1e-9, atol=1e-10,
                 name="y for a token with one large feature")  # fmt: skip


def test_eps_inside_root(submission, rng):
    for shape in [(4, 5), (2, 3, 3)]:
        x, gamma, beta = inputs(rng, shape)
        for scale in (1e-3, 1e-2):
            assert_close(y_of(submission.layernorm_forward(scale * x, gamma, beta)), normed(scale * x, gamma, beta),
                         rtol=1e-9, atol=1e-10, name="y for features of a small spread")  # fmt: skip
        for result in (submission.layernorm_forward(x, gamma, beta, 0.3),
                       submission.layernorm_forward(x, gamma, beta, eps=0.3)):  # fmt: skip
            assert_close(
                y_of(result), normed(x, gamma, beta, 0.3), rtol=1e-9, atol=1e-10, name="y for a large eps"
            )


def test_independent_of_batch(submission, rng):
    x, gamma, beta = inputs(rng, (3, 4, 5))
    whole = as_array(
        y_of(submission.layernorm_forward(x, gamma, beta)), shape=x.shape, name=f"y of {FORWARD}"
    )
    if not np.isfinite(whole).all() or np.ptp(whole, axis=-1).min() < 1e-6:
        raise ComparisonFailed("The features of a token all come out the same, or aren't finite.")
    other = 10.0 * rng.normal(size=x.shape)
    other[1, 2] = x[1, 2]
    for tokens, index in [(x[1], 2), (x[1:2, 2:], (0, 0)), (x[1, 2], ...), (other, (1, 2))]:
        y = as_array(
            y_of(submission.layernorm_forward(tokens, gamma, beta)),
            shape=tokens.shape,
            name=f"y of {FORWARD}",
        )
        assert_close(y[index], whole[1, 2], rtol=1e-9, atol=1e-10, name="y of the same token among others")


def test_affine_invariance(submission, rng):
    x, gamma, beta = inputs(rng, (4, 6))
    # With eps = 1e-13 the spread of about 1 is changed by less than 1e-12.
    y = as_array(
        y_of(submission.layernorm_forward(x, gamma, beta, eps=1e-13)), shape=x.shape, name=f"y of {FORWARD}"
    )
    if not np.isfinite(y).all() or np.ptp(y, axis=-1).min() < 1e-6:
        raise ComparisonFailed("The features of a token all come out the same, or aren't finite.")
    a, c = rng.uniform(0.7, 40.0, size=(4, 1)), rng.uniform(-90.0, 90.0, size=(4, 1))
    assert_close(y_of(submission.layernorm_forward(a * x + c, gamma, beta, eps=1e-13)), y, rtol=1e-8, atol=1e-9,
                 name="y of a·x + c")  # fmt: skip


def test_far_mean(submission, rng):
    x, gamma, beta = inputs(rng, (3, 8))
    x += np.array([[1e6], [-3e6], [0.0]])
    # A sum of eight numbers near 1e6 is known to 1e-9; the spread is about 1.
    assert_close(y_of(submission.layernorm_forward(x, gamma, beta)), normed(x, gamma, beta), rtol=1e-7, atol=1e-7,
                 name="y for features far from 0")  # fmt: skip
    # On the way back, too. Taking the offset away again is exact, so the oracle has nothing to cancel.
    offset = np.array([[1e6], [-3e6], [0.0]])
    dy = rng.normal(size=x.shape)
    got = back(submission, dy, x, gamma, beta)
    for which, name in ((0, "dx"), (1, "dgamma")):
        assert_close(got[which], slope(dy, which, x - offset, gamma, beta), rtol=1e-7, atol=1e-7,
                     name=f"{name} for features far from 0")  # fmt: skip


def test_constant_row(submission, rng):
    for shape in [(3, 4), (2, 3, 3)]:
        x, gamma, beta = inputs(rng, shape)
        x[0], x[1] = 0.0, 7.25
        want = np.broadcast_to(beta, x.shape)
        y = as_array(
            y_of(submission.layernorm_forward(x, gamma, beta)), shape=x.shape, name=f"y of {FORWARD}"
        )
        assert_close(y[:2], want[:2], rtol=1e-9, atol=1e-10, name="y of tokens of equal features")
        dy = rng.normal(size=shape)
        dx = as_array(back(submission, dy, x, gamma, beta)[0], shape=x.shape, name="dx")
        # At spread 0 the root is √eps, and only the direct way and the mean are left.
        assert_close(dx[:2], slope(dy, 0, x, gamma, beta)[:2], rtol=1e-7, atol=1e-9,
                     name="dx of tokens of equal features")  # fmt: skip


def test_dx_random_cotangent(submission, rng):
    for shape in SHAPES:
        x, gamma, beta = inputs(rng, shape)
        dy = rng.normal(size=shape)
        for eps in ([], [0.2]):
            assert_close(back(submission, dy, x, gamma, beta, *eps)[0], slope(dy, 0, x, gamma, beta, *eps),
                         rtol=1e-7, atol=1e-9, name=f"dx of {BACKWARD}")  # fmt: skip
        gamma = with_a_zero(rng, gamma)
        assert_close(back(submission, dy, x, gamma, beta)[0], slope(dy, 0, x, gamma, beta), rtol=1e-7, atol=1e-9,
                     name="dx for a gamma with an entry of 0")  # fmt: skip


def test_dgamma_fd(submission, rng):
    for shape in SHAPES:
        x, gamma, beta = inputs(rng, shape)
        dy = rng.normal(size=shape)
        for scale in (gamma, with_a_zero(rng, gamma)):
            assert_close(back(submission, dy, x, scale, beta)[1], slope(dy, 1, x, scale, beta), rtol=1e-7, atol=1e-9,
                         name=f"dgamma of {BACKWARD}")  # fmt: skip


def test_dbeta_fd(submission, rng):
    for shape in SHAPES:
        x, gamma, beta = inputs(rng, shape)
        dy = rng.normal(size=shape)
        assert_close(back(submission, dy, x, gamma, beta)[2], slope(dy, 2, x, gamma, beta), rtol=1e-7, atol=1e-9,
                     name=f"dbeta of {BACKWARD}")  # fmt: skip


def test_cache_of_its_own(submission, rng):
    x, gamma, beta = inputs(rng, (4, 3))
    dy = rng.normal(size=x.shape)
    alone = [as_array(part, name=BACKWARD) for part in back(submission, dy, x, gamma, beta)]
    if not all(np.isfinite(part).all() and part.any() for part in alone):
        raise ComparisonFailed("A gradient is 0 everywhere, or isn't finite.")
    first = pair(submission.layernorm_forward(x, gamma, beta))[1]
    pair(submission.layernorm_forward(*inputs(rng, (4, 3))))
    for _ in range(2):
        later = gradients(submission.layernorm_backward(dy, first))
        for got, want, name in zip(later, alone, ("dx", "dgamma", "dbeta"), strict=True):
            assert_close(got, want, rtol=1e-9, atol=1e-11, name=f"{name} from a cache used later, or twice")


def test_rmsnorm(submission, rng):
    for shape in SHAPES:
        x, gamma, _ = inputs(rng, shape)
        scale = np.array(
            [math.sqrt(math.fsum(v * v for v in row) / shape[-1] + 1e-6) for row in x.reshape(-1, shape[-1])]
        )
        want = gamma * x / scale.reshape(*shape[:-1], 1)
        assert_close(submission.rmsnorm(x, gamma), want, rtol=1e-9, atol=1e-12, name="rmsnorm(x, gamma)")
    # Equal features all have the size of their root mean square.
    size = float(rng.uniform(2.0, 5.0))
    assert_close(submission.rmsnorm(np.full((2, 4), -size), np.ones(4), eps=1e-13), -np.ones((2, 4)), rtol=1e-9,
                 name="rmsnorm of equal features")  # fmt: skip


def test_rmsnorm_eps(submission, rng):
    x, gamma, _ = inputs(rng, (3, 5))
    x[1] = 0.0
    for scale, eps in [(1e-3, []), (1e-2, []), (1.0, [0.4])]:
        square = np.einsum("nd,nd->n", scale * x, scale * x)[:, None] / 5
        want = scale * x * gamma / np.sqrt(square + (eps[0] if eps else 1e-6))
        assert_close(
            submission.rmsnorm(scale * x, gamma, *eps),
            want,
            rtol=1e-9,
            atol=1e-12,
            name="rmsnorm(x, gamma, eps)",
        )


def test_identity_path(submission, rng):
    for shape in [(3, 4), (2, 3, 5)]:
        x, gamma, beta = inputs(rng, shape)
        y = submission.pre_norm_residual(x, lambda h: 0.0 * given(h), gamma, beta)
        assert_close(y, x, rtol=1e-12, name="x + f(LN(x)) with f = 0")
        constant = rng.normal(size=shape[-1])
        y = submission.pre_norm_residual(x, lambda h, c=constant: 0.0 * given(h) + c, gamma, beta)
        assert_close(y, x + constant, rtol=1e-9, atol=1e-12, name="x + f(LN(x)) with a constant f")


def layer(h):
    """A layer that isn't linear and mixes tokens, for any shape."""
    h = given(h)
    return np.tanh(1.3 * h) + (h**3).mean()


def test_pre_norm(submission, rng):
    for shape, scale, eps in [((4, 3), 1.0, []), ((2, 3, 5), 2e-3, []), ((3, 3), 1.0, [0.5])]:
        x, gamma, beta = inputs(rng, shape)
        x *= scale
        calls = []

        def f(h, calls=calls):
            calls.append(h)
            return layer(h)

        y = submission.pre_norm_residual(x, f, gamma, beta, *eps)
        inside = normed(x, gamma, beta, *eps)
        if len(calls) != 1:
            raise ComparisonFailed("pre_norm_residual must call f exactly once, with all tokens.")
        assert_close(calls[0], inside, rtol=1e-9, atol=1e-10, name="What f receives")
        assert_close(y, x + layer(inside), rtol=1e-9, atol=1e-10, name="x + f(LN(x))")
    x, gamma, beta = inputs(rng, (2, 3))
    y = submission.pre_norm_residual(x, layer, gamma=gamma, beta=beta, eps=0.1)
    assert_close(y, x + layer(normed(x, gamma, beta, 0.1)), rtol=1e-9, atol=1e-10, name="x + f(LN(x))")


def test_no_warnings(submission, rng):
    x, gamma, beta = inputs(rng, (4, 3))
    x[0], x[2] = 0.0, 5.0
    result = pair(assert_no_warnings(submission.layernorm_forward, x, gamma, beta))
    as_array(result[0], shape=x.shape, name=f"y of {FORWARD}")
    gradients(assert_no_warnings(submission.layernorm_backward, rng.normal(size=x.shape), result[1]))
    as_array(assert_no_warnings(submission.rmsnorm, x, gamma), shape=x.shape, name="rmsnorm(x, gamma)")


def test_no_mutation(submission, rng):
    x, gamma, beta = inputs(rng, (4, 3))
    dy = rng.normal(size=x.shape)
    # The cache may hold the arguments, and so share memory with them.
    result = pair(assert_pure(submission.layernorm_forward, x, gamma, beta, may_share=True))
    as_array(result[0], shape=x.shape, name=f"y of {FORWARD}")
    as_array(
        gradients(assert_pure(submission.layernorm_backward, dy, result[1]))[0], shape=x.shape, name="dx"
    )
    stack = rng.normal(size=(2, 3, 3))
    cache = pair(submission.layernorm_forward(stack, gamma, beta))[1]
    gradients(assert_pure(submission.layernorm_backward, stack[::-1].copy(), cache))
    # A single token: nothing is left to sum, and dbeta holds the numbers of dy, in memory of its own.
    cache = pair(submission.layernorm_forward(x[0], gamma, beta))[1]
    dbeta = gradients(assert_pure(submission.layernorm_backward, dy[0], cache))[2]
    assert_close(dbeta, dy[0], rtol=1e-12, name="dbeta of a single token")
    as_array(assert_pure(submission.rmsnorm, x[0], gamma), shape=(3,), name="rmsnorm of a single token")
    as_array(assert_pure(submission.rmsnorm, x, gamma), shape=x.shape, name="rmsnorm(x, gamma)")
    for f in (lambda h: 0.0 * given(h), layer):
        y = assert_pure(submission.pre_norm_residual, x, f, gamma, beta)
        as_array(y, shape=x.shape, name="pre_norm_residual(x, f, gamma, beta)")
