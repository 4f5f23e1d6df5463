"""Hidden checks of exercise-03.

Oracles: NumPy's own product (the checks may use it), the laws of the product on what the
submission itself returns, and unit vectors, which pick single entries out.
"""

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure, assert_raises

# (m, k, n): all different, all equal, and each pair equal, so that no shape gives a mix-up away.
SIZES = ((3, 4, 5), (4, 4, 4), (5, 2, 3), (3, 3, 5), (5, 3, 3), (3, 5, 3))
# Sums of a few products of numbers near 1: an entry may cancel, so its error is absolute.
CLOSE = {"rtol": 1e-9, "atol": 1e-12}


def layer(rng, samples, inputs, outputs):
    """A batch, weights and biases, none of them uniform or symmetric."""
    return (
        rng.normal(size=(samples, inputs)),
        rng.normal(size=(inputs, outputs)),
        rng.normal(size=outputs) * 2,
    )


def test_matmul_values(submission, rng):
    for m, k, n in SIZES:
        A, B = rng.normal(size=(m, k)), rng.normal(size=(k, n))
        assert_close(submission.matmul(A, B), A @ B, **CLOSE, name="matmul(A, B)")


def test_matmul_thin(submission, rng):
    for m, k, n in ((1, 4, 1), (4, 1, 3), (3, 1, 3), (1, 4, 3), (3, 4, 1), (1, 1, 1), (1, 1, 4), (4, 1, 1)):
        A, B = rng.normal(size=(m, k)), rng.normal(size=(k, n))
        assert_close(submission.matmul(A, B), A @ B, **CLOSE, name="matmul(A, B)")


def test_matmul_laws(submission, rng):
    A, B, C = rng.normal(size=(2, 3)), rng.normal(size=(3, 4)), rng.normal(size=(4, 5))
    product = submission.matmul
    AB = as_array(product(A, B), shape=(2, 4), name="matmul(A, B)")
    BC = as_array(product(B, C), shape=(3, 5), name="matmul(B, C)")
    left = as_array(product(AB, C), shape=(2, 5), name="matmul(AB, C)")
    assert_close(product(A, BC), left, **CLOSE, name="A(BC), which is (AB)C,")
    assert_close(product(B.T, A.T), AB.T, **CLOSE, name="BᵀAᵀ, which is (AB)ᵀ,")
    assert_close(product(A, np.eye(3)), A, **CLOSE, name="A times the identity")
    assert_close(product(np.eye(2), A), A, **CLOSE, name="The identity times A")
    # No entry is too small to count.
    small = as_array(product(1e-9 * A, 1e-9 * B), shape=(2, 4), name="matmul(A/10⁹, B/10⁹)")
    assert_close(small * 1e18, AB, **CLOSE, name="10¹⁸ times matmul(A/10⁹, B/10⁹)")
    # A single 1 in row p, column q moves column p of A to column q: no other index may leak in.
    square, unit = rng.normal(size=(4, 4)), np.zeros((4, 4))
    unit[1, 3] = 1.0
    moved = np.zeros((4, 4))
    moved[:, 3] = square[:, 1]
    assert_close(product(square, unit), moved, **CLOSE, name="matmul(A, B) for a B with a single 1")


def test_int_float_promotion(submission, rng):
    whole = rng.integers(-9, 10, size=(3, 4))
    large = rng.integers(-(10**6), 10**6, size=(4, 5))  # its products leave int32, not float64
    half = rng.normal(size=(4, 5))
    assert_close(submission.matmul(whole, large), whole @ large, rtol=0.0, dtype=np.int64,
                 name="matmul(A, B) for two integer matrices")  # fmt: skip
    assert_close(submission.matmul(large.T, large), large.T @ large, rtol=0.0, dtype=np.int64,
                 name="matmul(A, B) for two integer matrices")  # fmt: skip
    # Sums near 10¹⁸, which a float64 rounds to a multiple of 128.
    huge = rng.integers(-(10**9), 10**9, size=(4, 4))
    assert_close(submission.matmul(huge, huge[::-1]), huge @ huge[::-1], rtol=0.0, dtype=np.int64,
                 name="matmul(A, B) for two matrices of large integers")  # fmt: skip
    # Sums of int32 and smaller are small here, so that no dtype has to wrap round.
    short, shorter = whole.astype(np.int32), rng.integers(-9, 10, size=(4, 2)).astype(np.int16)
    for left, right in ((short.T, short), (short, shorter), (shorter, shorter.T)):
        dtype = np.int16 if left is shorter else np.int32
        assert_close(submission.matmul(left, right), left @ right, rtol=0.0, dtype=dtype,
                     name="matmul(A, B) for two matrices of short integers")  # fmt: skip
    single = half.astype(np.float32)
    # 7 digits a factor, and the order of the additions is free.
    assert_close(submission.matmul(single.T, single), single.T @ single, rtol=1e-5, atol=1e-5, dtype=np.float32,
                 name="matmul(A, B) for two float32 matrices")  # fmt: skip
    assert_close(submission.matmul(whole, half), whole @ half, **CLOSE, dtype=np.float64,
                 name="matmul(A, B) for integers times floats")  # fmt: skip
    assert_close(submission.matmul(half.T, whole.T), half.T @ whole.T, **CLOSE, dtype=np.float64,
                 name="matmul(A, B) for floats times integers")  # fmt: skip
    # int64 has more digits than float32, so that their promoted dtype is float64.
    for left, right in ((whole, single), (single.T, whole.T)):
        assert_close(submission.matmul(left, right), left @ right, **CLOSE, dtype=np.float64,
                     name="matmul(A, B) for int64 times float32")  # fmt: skip
    assert_close(submission.matmul(single.T, half), single.T @ half, **CLOSE, dtype=np.float64,
                 name="matmul(A, B) for float32 times float64")  # fmt: skip


def test_matmul_shape_error(submission, rng):
    A = rng.normal(size=(2, 3))
    B = rng.normal(size=(3, 4))
    assert_close(submission.matmul(A, B), A @ B, **CLOSE, name="matmul(A, B)")
    # Longer on either side; 1 against 3, which would broadcast; shapes that agree elsewhere.
    for left, right in (
        ((2, 4), (3, 5)), ((2, 3), (4, 5)), ((2, 1), (3, 4)), ((2, 3), (1, 4)),
        ((2, 3), (2, 3)), ((3, 2), (3, 4)), ((4, 3), (2, 4)), ((1, 3), (1, 3)), ((3, 1), (3, 1)),
    ):  # fmt: skip
        assert_raises(ValueError, submission.matmul, rng.normal(size=left), rng.normal(size=right))


def test_dense_values(submission, rng):
    for sizes in (
        (3, 4, 3),
        (2, 3, 5),
        (5, 3, 2),
        (4, 4, 4),
        (3, 3, 4),
        (4, 3, 3),
        (1, 3, 4),
        (4, 3, 1),
        (3, 1, 2),
    ):
        X, W, b = layer(rng, *sizes)
        assert_close(submission.dense(X, W, b), X @ W + b, **CLOSE, name="dense(X, W, b)")
    X, W, b = layer(rng, 4, 4, 4)
    assert_close(submission.dense(X, W, b, activation=None), X @ W + b, **CLOSE, name="dense(X, W, b, None)")
    X = rng.integers(-5, 6, size=(3, 4))
    whole = rng.integers(-5, 6, size=(4, 4))
    for weights, bias in ((W, b), (whole, b), (W, whole[0]), (whole, whole[1])):
        assert_close(submission.dense(X, weights, bias), X @ weights + bias, **CLOSE,
                     name="dense(X, W, b) for integers in X")  # fmt: skip


def test_dense_batch(submission, rng):
    X, W, b = layer(rng, 4, 3, 4)
    Y = as_array(submission.dense(X, W, b), shape=(4, 4), name="dense(X, W, b)")
    alone = submission.dense.each([(row[None, :], W, b) for row in X])
    for n, row in enumerate(alone):
        assert_close(row, Y[n : n + 1], **CLOSE, name="One sample by itself")
    order = np.roll(np.arange(4), int(rng.integers(1, 4)))
    assert_close(submission.dense(X[order], W, b), Y[order], **CLOSE, name="A batch in another order")
    assert_close(submission.dense(np.zeros((4, 3)), W, b), np.tile(b, (4, 1)), **CLOSE,
                 name="dense(0, W, b), which is b in each row,")  # fmt: skip


def test_dense_relu(submission, rng):
    for sizes in ((4, 3, 4), (3, 4, 5), (1, 3, 6), (8, 3, 1), (5, 3, 2), (4, 4, 4)):
        X, W, b = layer(rng, *sizes)
        X *= 3.0
        Z = X @ W + b
        assert_close(submission.dense(X, W, b, activation="relu"), (Z + np.abs(Z)) / 2, **CLOSE,
                     name="dense(X, W, b, 'relu')")  # fmt: skip
    assert_close(
        submission.dense(X, W, b, "relu"), (Z + np.abs(Z)) / 2, **CLOSE, name="dense(X, W, b, 'relu')"
    )
    # A bias that lifts every negative product: clipped before the bias, it would all be b.
    X, W, _ = layer(rng, 3, 4, 2)
    X, W, b = np.abs(X), -np.abs(W), np.array([40.0, 50.0])
    assert_close(
        submission.dense(X, W, b, activation="relu"), X @ W + b, **CLOSE, name="dense(X, W, b, 'relu')"
    )
    assert_close(submission.dense(X, W, b), X @ W + b, **CLOSE, name="dense(X, W, b)")
    assert_close(submission.dense(X, W, -b), X @ W - b, **CLOSE, name="dense(X, W, b)")


def test_column_convention(submission, rng):
    for outputs, inputs in ((3, 5), (5, 2), (4, 4), (1, 3), (3, 1)):
        W, x, b = rng.normal(size=(outputs, inputs)), rng.normal(size=inputs), rng.normal(size=outputs)
        assert_close(submission.dense_column(W, x, b), W @ x + b, **CLOSE, name="dense_column(W, x, b)")
    # Weights and inputs may be whole numbers while b isn't.
    W, x = rng.integers(-5, 6, size=(3, 4)), rng.integers(-5, 6, size=4)
    b = rng.normal(size=3)
    assert_close(
        submission.dense_column(W, x, b), W @ x + b, **CLOSE, name="dense_column(W, x, b) for integers"
    )
    # A unit vector picks a column of W; no activation cuts the negative entries.
    W = -np.abs(rng.normal(size=(3, 3)))
    unit = np.array([0.0, 1.0, 0.0])
    assert_close(
        submission.dense_column(W, unit, np.zeros(3)), W[:, 1], **CLOSE, name="dense_column(W, e, 0)"
    )


def test_no_mutation(submission, rng):
    X, W, b = layer(rng, 5, 3, 5)
    calls = (
        (submission.matmul, (X, W)),
        (submission.dense, (X, W, b)),
        (submission.dense, (X, W, np.abs(b), "relu")),
        (submission.dense_column, (W.T.copy(), X[0], b)),
    )
    for function, args in calls:
        y = as_array(function(*args), name=f"{function.__name__}(…)")
        if y.size == 0 or np.ptp(y) == 0:
            raise ComparisonFailed(
                f"{function.__name__} gives one and the same number; this counts once it is right."
            )
        assert_close(assert_pure(function, *args), y, **CLOSE, name=f"{function.__name__}(…)")
