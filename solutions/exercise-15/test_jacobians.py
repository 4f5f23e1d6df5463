"""Hidden checks of exercise-15.

Oracles: closed forms of the central difference, right at every step h (for sin(kx + φ) it is the
slope times sin(kh)/(kh), a polynomial of degree 2 is exact), matrix products applied to one
vector at a time, and finite differences of a softmax written as pairwise ratios.
"""

from itertools import pairwise

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure

EXACT = {"rtol": 1e-9, "atol": 1e-9}  # the step is large, so rounding stays near 1e-15
FINE = {"rtol": 1e-4, "atol": 1e-5}  # at h = 1e-6, rounding gives about 1e-9 and a one-sided step 1e-6


def given(x, n):
    """Take what f was called with; a wrong shape is worth a sentence of its own."""
    got = as_array(x, name="What f is called with")
    if got.shape != (n,):
        raise ComparisonFailed(f"f is called with the shape {got.shape}, but x has the shape {(n,)}.")
    return got.astype(np.float64)


def network(rng, m, n):
    """Give x ↦ sin(Wx) + C(x∘x) from n to m numbers, and its Jacobian."""
    W, C = rng.normal(size=(2, m, n))

    def f(x):
        x = given(x, n)
        return np.sin(W @ x) + C @ (x * x)

    return f, lambda x: np.cos(W @ x)[:, None] * W + 2 * C * x


def parabolas(rng, m, n):
    """Give x ↦ xᵀA_i x + b_i·x for m matrices A_i, and its Jacobian: differences are exact at any step."""
    A, b = rng.normal(size=(m, n, n)), rng.normal(size=(m, n))

    def f(x):
        x = given(x, n)
        return np.einsum("ijk,j,k->i", A, x, x) + b @ x

    return f, lambda x: np.einsum("ijk,k->ij", A + A.swapaxes(1, 2), x) + b


def waves(rng, m, n, scale=1.0):
    """Give x ↦ Σ_j sin(K_ij x_j + φ_ij), and its central differences at step h."""
    K, phase = scale * rng.uniform(0.6, 1.4, size=(m, n)), rng.uniform(0.0, 6.0, size=(m, n))

    def f(x):
        return np.sin(K * given(x, n) + phase).sum(axis=1)

    return f, lambda x, h: K * np.cos(K * x + phase) * np.sinc(K * h / np.pi)


def softmax(z):
    """Softmax over the last axis through p_i = 1 / Σ_j exp(z_j − z_i), for moderate scores."""
    z = np.asarray(z)
    return 1.0 / np.exp(z[..., None, :] - z[..., :, None]).sum(axis=-1)


def measured(f, x, h=1e-5):
    """Central differences of f: column j holds the slopes in x_j."""
    return np.stack([(f(x + step) - f(x - step)) / (2 * h) for step in h * np.eye(len(x))], axis=1)


def carried_back(z, g):
    """Slopes of Σ g·softmax(z) in the scores of one row, measured (error about 1e-10)."""
    return measured(lambda y: np.atleast_1d(g @ softmax(y)), z)[0]


def test_jacobian(submission, rng):
    for m, n in [(3, 3), (4, 4), (2, 2)]:
        f, slopes = network(rng, m, n)
        x = rng.uniform(-1.5, 1.5, size=n)
        assert_close(submission.jacobian(f, x), slopes(x), **FINE, name="jacobian(f, x)")
        # Another map at the same point: what was measured before is of no use.
        f, slopes = network(rng, m, n)
        assert_close(submission.jacobian(f, x), slopes(x), **FINE, name="jacobian(f, x)")
    # np.float64 gives an array of that dtype back as it is: an f that returns its very argument, on
    # the learner's side (what a function of this file returns arrives there as a copy).
    for n in (3, 4):
        x = rng.uniform(-1.5, 1.5, size=n)
        got = submission.jacobian(np.float64, x)
        assert_close(got, np.eye(n), **FINE, name="jacobian(f, x) of an f that returns its argument")


def test_jacobian_shape(submission, rng):
    for m, n in [(2, 4), (5, 3), (3, 1), (1, 3), (1, 1)]:
        f, slopes = network(rng, m, n)
        x = rng.uniform(-1.5, 1.5, size=n)
        assert_close(submission.jacobian(f, x), slopes(x), **FINE, name="jacobian(f, x)")
    for n in (4, 1):
        g, row = network(rng, 1, n)
        x = rng.uniform(-1.5, 1.5, size=n)
        got = submission.jacobian(lambda y, g=g: float(g(y)[0]), x)
        assert_close(got, row(x), **FINE, name="jacobian(f, x) of an f that gives one number")
    # np.sum gives a NumPy scalar, on the learner's side too.
    x = rng.uniform(-1.5, 1.5, size=3)
    got = submission.jacobian(np.sum, x)
    assert_close(got, np.ones((1, 3)), **FINE, name="jacobian(f, x) of an f that gives one number")


def test_jacobian_step(submission, rng):
    for m, n in [(2, 3), (3, 2)]:
        x = rng.uniform(-1.5, 1.5, size=n)
        f, slopes = parabolas(rng, m, n)
        assert_close(submission.jacobian(f, x, 0.5), slopes(x), **EXACT, name="jacobian(f, x, h)")
        f, differences = waves(rng, m, n)
        for h in (0.6, 0.3):
            assert_close(submission.jacobian(f, x, h=h), differences(x, h), **EXACT, name="jacobian(f, x, h)")
        # K·h is about 0.3 at the default step, so another step gives visibly different slopes (1e5 high).
        f, differences = waves(rng, m, n, scale=3e5)
        assert_close(submission.jacobian(f, x), differences(x, 1e-6), rtol=1e-6, atol=1.0,
                     name="jacobian(f, x) at the default step")  # fmt: skip


def test_integer_input(submission, rng):
    f, slopes = network(rng, 2, 3)
    whole = rng.integers(1, 4, size=3)
    assert_close(submission.jacobian(f, whole), slopes(whole), **FINE, name="jacobian(f, whole numbers)")
    single = (whole + 0.3).astype(np.float32)
    assert_close(submission.jacobian(f, single), slopes(single.astype(float)), **FINE,
                 name="jacobian(f, float32 numbers)")  # fmt: skip
    # A linear map is measured exactly at any step, from one side too.
    C = rng.normal(size=(3, 2))
    got = submission.jacobian(lambda x: C @ given(x, 2), whole[:2], h=0.25)
    assert_close(got, C, **EXACT, name="jacobian(f, whole numbers, h)")


def test_chain_order(submission, rng):
    for n in (3, 2):
        first, second, third = rng.normal(size=(3, n, n))
        columns = [third @ (second @ (first @ e)) for e in np.eye(n)]
        assert_close(submission.chain([first, second, third]), np.stack(columns, axis=1), **EXACT,
                     name="chain([J1, J2, J3])")  # fmt: skip


def test_chain_shapes(submission, rng):
    for sizes in [(4, 3, 2), (2, 5, 3, 4), (3, 1, 2, 2, 5, 3), (5, 4, 1), (1, 3, 1), (2,) * 9]:
        maps = [rng.normal(size=(m, n)) for n, m in pairwise(sizes)]
        if len(maps) == 3:
            maps[0] = rng.integers(-4, 5, size=maps[0].shape)  # whole numbers, and fractions behind them
        columns = []
        for column in np.eye(sizes[0]):
            for J in maps:
                column = J @ column
            columns.append(column)
        assert_close(submission.chain(maps), np.stack(columns, axis=1), **EXACT,
                     name=f"chain of {len(maps)} matrices")  # fmt: skip


def test_chain_single(submission, rng):
    for shape in [(2, 3), (3, 3), (1, 4)]:
        J = rng.normal(size=shape)
        assert_close(submission.chain([J]), J, **EXACT, name="chain([J])")


def test_chain_rule(submission, rng):
    # Two layers and a softmax: x ↦ softmax(V tanh(W x)), from 3 to 2 to 4 numbers.
    W, V, x = rng.normal(size=(2, 3)), rng.normal(size=(4, 2)), rng.normal(size=3)
    a = np.tanh(W @ x)
    p = softmax(V @ a)
    maps = [W, np.diag(1 - a * a), V, np.diag(p) - np.outer(p, p)]
    whole = measured(lambda y: softmax(V @ np.tanh(W @ y)), x)
    assert_close(
        submission.chain(maps), whole, rtol=1e-6, atol=1e-8, name="The chain of a network's Jacobians"
    )


def test_softmax_jacobian_fd(submission, rng):
    for n in (3, 5, 2):
        z = rng.normal(scale=1.5, size=n)
        assert_close(submission.softmax_jacobian(softmax(z)), measured(softmax, z), rtol=1e-6, atol=1e-8,
                     name="softmax_jacobian(p)")  # fmt: skip


def test_rows_sum_to_zero(submission, rng):
    for n in (4, 7, 1):
        p = softmax(rng.normal(scale=2.0, size=n))
        J = as_array(submission.softmax_jacobian(p), shape=(n, n), name="softmax_jacobian(p)")
        assert_close(np.diag(J), p * (1 - p), rtol=1e-9, atol=1e-12, name="The diagonal")
        assert_close(J.sum(axis=1), np.zeros(n), atol=1e-12, name="The sum of each row")
        assert_close(J.sum(axis=0), np.zeros(n), atol=1e-12, name="The sum of each column")


def test_softmax_saturated(submission, rng):
    z = rng.normal(size=4)
    J = as_array(submission.softmax_jacobian(softmax(z)), shape=(4, 4), name="softmax_jacobian(p)")
    if not J.any():
        raise ComparisonFailed("softmax_jacobian(p) is 0 where every probability can still move.")
    winner = np.eye(4)[int(np.argmax(z))]
    assert_close(
        submission.softmax_jacobian(winner), np.zeros((4, 4)), atol=1e-12, name="softmax_jacobian(p)"
    )
    undecided = np.array([0.0, 0.5, 0.0, 0.5])
    want = np.array([[0, 0, 0, 0], [0, 0.25, 0, -0.25], [0, 0, 0, 0], [0, -0.25, 0, 0.25]])
    assert_close(submission.softmax_jacobian(undecided), want, atol=1e-12, name="softmax_jacobian(p)")
    # Tiny probabilities: nothing is cut off and nothing added, and every product is right in all its digits.
    first = float(rng.uniform(0.3, 0.4))
    tiny = np.array([1e-20, first, 3e-13, 1.0 - first])
    want = np.array([[(float(i == j) - tiny[j]) * tiny[i] for j in range(4)] for i in range(4)])
    assert_close(submission.softmax_jacobian(tiny), want, rtol=1e-9, name="softmax_jacobian(p), p_i tiny,")


def test_vjp_random_cotangent(submission, rng):
    for rows, n in [(2, 5), (3, 3), (4, 2)]:
        z, g = rng.normal(scale=1.5, size=(rows, n)), rng.normal(scale=2.0, size=(rows, n))
        want = np.stack([carried_back(*row) for row in zip(z, g, strict=True)])
        assert_close(
            submission.softmax_vjp(softmax(z), g), want, rtol=1e-6, atol=1e-8, name="softmax_vjp(p, g)"
        )
    z, whole = rng.normal(size=(2, 3)), np.array([[1, 4, -2], [0, 3, 5]]) + rng.integers(-2, 3, size=(2, 1))
    want = np.stack([carried_back(*row) for row in zip(z, whole, strict=True)])
    assert_close(submission.softmax_vjp(softmax(z), whole), want, rtol=1e-6, atol=1e-8,
                 name="softmax_vjp(p, whole numbers)")  # fmt: skip
    # Large slopes, and a tiny probability: p_j·(g_j − mean), every entry right in all its digits.
    first = float(rng.uniform(0.3, 0.4))
    tiny, steep = np.array([1e-20, first, 3e-13, 1.0 - first]), rng.uniform(1e3, 2e3, size=4) * [1, -1, -3, 3]
    want = tiny * [g - float(tiny @ steep) for g in steep]
    assert_close(submission.softmax_vjp(tiny, steep), want, rtol=1e-9, name="softmax_vjp(p, g), g large,")


def test_vjp_axes(submission, rng):
    for shape in [(4,), (1, 3), (2, 3, 4), (3, 3, 3), (2, 1, 2, 3), (5, 1)]:
        z, g = rng.normal(scale=1.5, size=shape), rng.normal(scale=2.0, size=shape)
        n = shape[-1]
        rows = zip(z.reshape(-1, n), g.reshape(-1, n), strict=True)
        want = np.stack([carried_back(*row) for row in rows]).reshape(shape)
        assert_close(
            submission.softmax_vjp(softmax(z), g), want, rtol=1e-6, atol=1e-8, name="softmax_vjp(p, g)"
        )


def test_vjp_constant(submission, rng):
    p, g = softmax(rng.normal(size=(3, 4))), rng.normal(size=(3, 4))
    plain = as_array(submission.softmax_vjp(p, g), shape=(3, 4), name="softmax_vjp(p, g)")
    if not plain.any():
        raise ComparisonFailed("softmax_vjp(p, g) is 0, although the slopes of a row differ.")
    shift = rng.uniform(-50.0, 50.0, size=(3, 1))
    assert_close(
        submission.softmax_vjp(p, g + shift), plain, rtol=1e-9, atol=1e-11, name="softmax_vjp(p, g + c)"
    )
    assert_close(plain.sum(axis=-1), np.zeros(3), atol=1e-12, name="The sum of each row of softmax_vjp(p, g)")
    assert_close(submission.softmax_vjp(p, shift + np.zeros((3, 4))), np.zeros((3, 4)), atol=1e-11,
                 name="softmax_vjp(p, a constant a row)")  # fmt: skip


def test_no_mutation(submission, rng):
    f, slopes = network(rng, 2, 3)
    x = rng.uniform(-1.0, 1.0, size=3)
    assert_close(
        assert_pure(submission.jacobian, f, x), slopes(x), **FINE, name="jacobian with a read-only x"
    )
    first, second = rng.normal(size=(2, 3)), rng.normal(size=(4, 2))
    assert_close(assert_pure(submission.chain, [first, second]), second @ first, **EXACT,
                 name="chain of read-only matrices")  # fmt: skip
    square = list(rng.normal(size=(3, 2, 2)))
    assert_close(assert_pure(submission.chain, square), square[2] @ square[1] @ square[0], **EXACT,
                 name="chain of read-only matrices")  # fmt: skip
    assert_close(assert_pure(submission.chain, [first]), first, **EXACT, name="chain of one read-only matrix")
    p, g = softmax(rng.normal(size=(2, 4))), rng.normal(size=(2, 4))
    as_array(assert_pure(submission.softmax_jacobian, p[0]), shape=(4, 4), name="softmax_jacobian(p)")
    as_array(assert_pure(submission.softmax_vjp, p, g), shape=(2, 4), name="softmax_vjp(p, g)")
