"""Hidden checks of exercise-28.

Oracles: closed-form trajectories on quadratic losses, the gradient flow's exponential, permutations
from a second generator with the same seed, and a stochastic gradient descent written out here,
sample by sample.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_equal, assert_pure

# n, batch_size: with a rest, without, one batch, larger than n, batches of one.
DEALS = [(10, 4), (12, 3), (7, 7), (5, 8), (6, 1), (11, 5), (1, 1), (23, 4)]


def given(w, d):
    """Take what grad_fn was called with; a wrong shape is worth a sentence of its own."""
    got = as_array(w, name="What grad_fn is called with")
    if got.shape != (d,):
        raise ComparisonFailed(f"grad_fn is called with the shape {got.shape}, but w0 has the shape {(d,)}.")
    return got


def bowl(rng, eigenvalues):
    """Give the gradient of ½ (w − c)ᵀ H (w − c) for a random H with these eigenvalues, and H and c."""
    d = len(eigenvalues)
    Q = np.linalg.qr(rng.normal(size=(d, d)))[0]
    H, c = (Q * eigenvalues) @ Q.T, rng.normal(size=d)
    return (lambda w: H @ (given(w, d) - c)), Q, c


def test_quadratic_closed_form(submission, rng):
    for d, steps in [(3, 6), (4, 3), (1, 5)]:
        c, w0 = rng.normal(size=(2, d))
        for lr in (float(rng.uniform(0.05, 0.4)), float(rng.uniform(0.6, 0.9))):
            grad_fn = lambda w, d=d, c=c: 2.0 * (given(w, d) - c)  # noqa: E731
            want = c + np.outer((1 - 2 * lr) ** np.arange(steps + 1), w0 - c)
            got = submission.gradient_descent(grad_fn, w0, lr, steps)
            assert_close(got, want, rtol=1e-9, atol=1e-9, name="The trajectory")
    # Every step is taken in full: close to the bottom, on it, and where the slope is a wall.
    w0, double = rng.uniform(0.5, 1.5, size=2), lambda w: 2.0 * given(w, 2)
    for scale, lr, steps in [
        (1.0, 0.4, 40),
        (0.0, 0.3, 5),
        (1e30, 0.45, 4),
        (1e-9, 1.2, 4),
        (1e3, 1.5, 20),
        (1.0, 1e-3, 200),
    ]:
        want = np.outer((1 - 2 * lr) ** np.arange(steps + 1), scale * w0)
        got = submission.gradient_descent(double, scale * w0, lr, steps)
        assert_close(got, want, rtol=1e-9, name="The trajectory")


def test_trajectory_shape(submission, rng):
    for d, steps in [(2, 4), (3, 3), (5, 1), (1, 2), (3, 0)]:
        w0 = rng.normal(size=d)
        path = submission.gradient_descent(lambda w, d=d: np.sin(given(w, d)), w0, 0.3, steps)
        got = as_array(path, shape=(steps + 1, d), name="The trajectory")
        assert_close(got[0], w0, rtol=1e-12, name="Row 0 of the trajectory")
        if not (np.isfinite(got).all() and (np.diff(got, axis=0) != 0).all()):
            raise ComparisonFailed("Two rows of the trajectory in a row are the same, or not finite.")


def test_any_slope(submission, rng):
    for d in (3, 2):
        A, w0, lr = rng.normal(size=(d, d)), rng.normal(size=d), float(rng.uniform(0.1, 0.3))
        slope = lambda w, A=A, d=d: A.T @ np.tanh(A @ given(w, d))  # noqa: E731
        want = [w0]
        for _ in range(4):
            want.append(want[-1] - lr * slope(want[-1]))
        got = submission.gradient_descent(grad_fn=slope, w0=w0, lr=lr, steps=4)
        assert_close(got, np.array(want), rtol=1e-9, atol=1e-9, name="The trajectory")


def test_stability(submission, rng):
    largest = float(rng.uniform(3.0, 9.0))
    grad_fn, Q, c = bowl(rng, largest * np.array([0.2, 0.5, 1.0]))
    w0 = c + Q @ np.ones(3)  # one unit along each eigenvector
    below, above = (
        as_array(submission.gradient_descent(grad_fn, w0, share / largest, 60), shape=(61, 3), name="The trajectory")
        for share in (1.9, 2.1)
    )  # fmt: skip
    # 0.9⁶⁰ is 0.002, 1.1⁶⁰ is 304.
    if not np.linalg.norm(below[-1] - c) < 0.01:
        raise ComparisonFailed("At 0.95 times 2/λ_max gradient descent doesn't converge to the bottom.")
    if not 100 < np.linalg.norm(above[-1] - c) < 1000:
        raise ComparisonFailed("At 1.05 times 2/λ_max gradient descent doesn't diverge as it should.")


def test_gradient_flow(submission, rng):
    rates, time = rng.uniform(0.7, 1.3, size=2), 1.0
    grad_fn, Q, c = bowl(rng, rates)
    w0 = c + Q @ np.array([1.0, -1.0])
    flow = c + Q @ (np.exp(-rates * time) * np.array([1.0, -1.0]))
    coarse, fine = (
        as_array(submission.gradient_descent(grad_fn, w0, time / n, n), shape=(n + 1, 2), name="The trajectory")[-1]
        for n in (40, 80)
    )  # fmt: skip
    # Euler's error is lr·rate²·e^(−rate)/2 to first order; the next order is two per cent of it.
    assert_close(fine, flow, atol=0.01, rtol=0, name="The end of the trajectory with short steps")
    assert_close(np.linalg.norm(coarse - flow), 2 * np.linalg.norm(fine - flow), rtol=0.05,
                 name="The distance from the flow, beside twice that of half the step,")  # fmt: skip


def dealt(result, n):
    """The batches as arrays of integers within 0 … n − 1."""
    if type(result) not in (list, tuple):
        as_array(result, name="minibatches(n, batch_size, rng)")
        raise ComparisonFailed("minibatches returns no list of arrays.")
    batches = [as_array(batch, name="A batch") for batch in result]
    for batch in batches:
        if batch.ndim != 1 or batch.dtype.kind not in "iu":
            raise ComparisonFailed("A batch isn't a one-dimensional array of integers.")
        if ((batch < 0) | (batch >= n)).any():
            raise ComparisonFailed("A batch holds a number that is no index of a sample.")
    return batches


def seed_of(rng):
    return int(rng.integers(2**31))


def test_batch_sizes(submission, rng):
    for n, size in DEALS:
        batches = dealt(submission.minibatches(n, size, np.random.default_rng(seed_of(rng))), n)
        want = [size] * (n // size) + [n % size] * (n % size > 0)
        assert_equal([len(batch) for batch in batches], want, name="The list of the batches' sizes")


def test_each_index_once(submission, rng):
    for n, size in DEALS:
        batches = dealt(submission.minibatches(n, size, np.random.default_rng(seed_of(rng))), n)
        together = np.concatenate([np.empty(0, dtype=int), *batches])
        assert_equal(np.sort(together).tolist(), list(range(n)), name="The sorted list of all indices")


def test_shuffled(submission, rng):
    for n, size in [(23, 4), (12, 3), (30, 40)]:
        seed = seed_of(rng)
        theirs, ours = np.random.default_rng(seed), np.random.default_rng(seed)
        for call in ("first", "second"):
            batches = dealt(submission.minibatches(n, size, theirs), n)
            together = np.concatenate([np.empty(0, dtype=int), *batches])
            assert_equal(together.tolist(), ours.permutation(n).tolist(),
                         name=f"The order of the indices in the {call} call")  # fmt: skip


def test_drop_last(submission, rng):
    for n, size in [(10, 4), (11, 5), (23, 4), (5, 8), (7, 6)]:
        seed = seed_of(rng)
        order = np.random.default_rng(seed).permutation(n)
        for result in (
            submission.minibatches(n, size, np.random.default_rng(seed), drop_last=True),
            submission.minibatches(n, size, np.random.default_rng(seed), True),
        ):
            batches = dealt(result, n)
            assert_equal([len(batch) for batch in batches], [size] * (n // size),
                         name="The list of the batches' sizes with drop_last")  # fmt: skip
            # What stays is what would have stood there anyway.
            together = np.concatenate([np.empty(0, dtype=int), *batches])
            assert_equal(together.tolist(), order[: n - n % size].tolist(),
                         name="The order of the indices with drop_last")  # fmt: skip

    # One permutation a call, also where no batch comes of it: the next call deals on from there.
    seed = seed_of(rng)
    theirs, ours = np.random.default_rng(seed), np.random.default_rng(seed)
    for n, size in [(9, 12), (11, 4), (6, 3)]:
        batches = dealt(submission.minibatches(n, size, theirs, drop_last=True), n)
        together = np.concatenate([np.empty(0, dtype=int), *batches])
        assert_equal(together.tolist(), ours.permutation(n)[: n - n % size].tolist(),
                     name="The order of the indices with drop_last, in a later call")  # fmt: skip


def test_drop_last_full(submission, rng):
    for n, size in [(12, 3), (7, 7), (6, 1)]:
        batches = dealt(
            submission.minibatches(n, size, np.random.default_rng(seed_of(rng)), drop_last=True), n
        )
        assert_equal([len(batch) for batch in batches], [size] * (n // size),
                     name="The list of the batches' sizes with drop_last")  # fmt: skip


def samples(rng, n, d):
    """Data that no line fits, and a start that isn't 0."""
    X = rng.normal(size=(n, d)) + rng.uniform(-1.0, 1.0, size=d)
    return X, rng.normal(size=n) + 1.0, rng.normal(size=d), float(rng.normal())


def gradient(X, y, w, b):
    """The gradient of the mean squared error, sample by sample; b is the last entry."""
    rows = [2.0 * (float(x @ w) + b - t) * np.append(x, 1.0) for x, t in zip(X, y, strict=True)]
    return sum(rows) / len(rows)


def trained(result, d):
    if type(result) not in (tuple, list) or len(result) != 3:
        raise ComparisonFailed("Three values must be returned: w, b and the losses.")
    return as_array(result[0], shape=(d,), name="The final w"), as_array(
        result[1], shape=(), name="The final b"
    )


def test_sgd_reference(submission, rng):
    # One generator for all runs: each goes on where the run before, full batch or not, has left it.
    seed = seed_of(rng)
    theirs, ours = np.random.default_rng(seed), np.random.default_rng(seed)
    for n, d, size, epochs in [
        (10, 3, 4, 3),
        (7, 2, 1, 2),
        (4, 4, 3, 2),
        (9, 1, 3, 2),
        (6, 2, 8, 2),
        (10, 2, 3, 1),
    ]:
        (X, y, w, b), lr = samples(rng, n, d), float(rng.uniform(0.02, 0.06))
        got = trained(submission.sgd_linear(X, y, w, b, lr, size, epochs, theirs), d)
        for _ in range(epochs):
            order = ours.permutation(n)
            for start in range(0, n, size):
                batch = order[start : start + size]
                step = lr * gradient(X[batch], y[batch], w, b)
                w, b = w - step[:-1], b - step[-1]
        # Sums of products of order 1, in another order.
        assert_close(got[0], w, rtol=1e-8, atol=1e-8, name="The final w")
        assert_close(got[1], b, rtol=1e-8, atol=1e-8, name="The final b")


def test_sgd_full_batch(submission, rng):
    for n, d, size in [(6, 3, 6), (5, 2, 9)]:
        (X, y, w, b), lr = samples(rng, n, d), float(rng.uniform(0.02, 0.06))
        result = submission.sgd_linear(X=X, y=y, w0=w, b0=b, lr=lr, batch_size=size, epochs=4,
                                       rng=np.random.default_rng(seed_of(rng)))  # fmt: skip
        for _ in range(4):
            step = lr * gradient(X, y, w, b)
            w, b = w - step[:-1], b - step[-1]
        got = trained(result, d)
        assert_close(got[0], w, rtol=1e-8, atol=1e-8, name="The final w")
        assert_close(got[1], b, rtol=1e-8, atol=1e-8, name="The final b")


def test_losses(submission, rng):
    (X, y, w, b), lr, seed = samples(rng, 10, 3), 0.05, seed_of(rng)
    runs = [submission.sgd_linear(X, y, w, b, lr, 4, k, np.random.default_rng(seed)) for k in (1, 2, 3)]
    want = []
    for run in runs:
        # A run of k epochs ends where a longer one with the same seed is after k.
        now_w, now_b = trained(run, 3)
        want.append(math.fsum((float(x @ now_w) + now_b - t) ** 2 for x, t in zip(X, y, strict=True)) / 10)
    if not np.isfinite(want).all() or len(set(want)) < 3:
        raise ComparisonFailed("The epochs leave w and b where they were, or make them infinite.")
    for k, run in enumerate(runs, start=1):
        assert_close(
            as_array(run[2], name="The list of losses"),
            np.array(want[:k]),
            rtol=1e-8,
            name="The list of losses",
        )
    # No epoch is left out where nothing is to gain any more, or the loss grows.
    still = submission.sgd_linear(X, X @ w + b, w, b, 0.05, 4, 5, np.random.default_rng(seed))
    trained(still, 3)
    assert_close(as_array(still[2], name="The list of losses"), np.zeros(5), atol=1e-20,
                 name="The list of losses from the best start")  # fmt: skip
    # One feature that is 1: each step multiplies what is missed by 1 − 4·lr = −2.
    wall = submission.sgd_linear(np.ones((4, 1)), np.full(4, 1e6), np.zeros(1), 0.0, 0.75, 4, 6,
                                 np.random.default_rng(seed))  # fmt: skip
    trained(wall, 1)
    assert_close(as_array(wall[2], name="The list of losses"), 1e12 * 4.0 ** np.arange(1, 7), rtol=1e-8,
                 name="The list of losses with too long a step")  # fmt: skip


def test_data_parallel(submission, rng):
    for sizes in ([3, 7], [2, 2, 5], [4, 4], [6], [1, 8, 3, 1], [2, 1, 4, 1, 3, 2, 5]):
        X, y, w, b = samples(rng, sum(sizes), 3)
        cuts = np.cumsum(sizes)[:-1]
        shards = zip(np.split(X, cuts), np.split(y, cuts), strict=True)
        grads = [gradient(part, truth, w, b) for part, truth in shards]
        assert_close(submission.combine_shard_grads(grads, sizes), gradient(X, y, w, b), rtol=1e-9, atol=1e-9,
                     name="The combined gradient")  # fmt: skip
    for shape in [(2, 2), (2, 4, 3), ()]:
        first, second = rng.normal(size=(2, *shape))
        grads = [np.array(first), np.array(second)]
        for unit in (1, 100_000):
            assert_close(submission.combine_shard_grads(grads, [5 * unit, 2 * unit]), (5 * first + 2 * second) / 7,
                         rtol=1e-9, atol=1e-9, name="The combined gradient")  # fmt: skip


def test_no_mutation(submission, rng):
    w0 = rng.normal(size=3)
    for steps in (2, 0):
        path = assert_pure(submission.gradient_descent, lambda w: 2.0 * given(w, 3), w0, 0.1, steps)
        as_array(path, shape=(steps + 1, 3), name="The trajectory")
    X, y, w, b = samples(rng, 5, 3)
    for size in (2, 5, 8):
        frozen = assert_pure(
            submission.sgd_linear, X, y, w, b, 0.05, size, 2, np.random.default_rng(seed_of(rng))
        )
        trained(frozen, 3)
    grads = [rng.normal(size=4), rng.normal(size=4)]
    as_array(
        assert_pure(submission.combine_shard_grads, grads, [3, 7]), shape=(4,), name="The combined gradient"
    )
    as_array(
        assert_pure(submission.combine_shard_grads, grads[:1], [3]), shape=(4,), name="The combined gradient"
    )
