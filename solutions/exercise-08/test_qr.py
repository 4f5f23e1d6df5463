"""Hidden checks of exercise-08.

Oracles: matrices built from a known Q and R (the factors are unique once R has a positive
diagonal), the defining identities, and for the initialiser the law of its entries: signs by 4σ or
more, fourth powers for the shape of the distribution.
"""

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure, assert_raises

SHAPES = [(5, 3), (4, 4), (7, 2), (6, 1), (1, 1)]


def known_factors(rng, m, n):
    """A random pair (Q, R); the condition number of R stays below 100."""
    Q, _ = np.linalg.qr(rng.normal(size=(m, n)))
    Q = Q * rng.choice([-1.0, 1.0], size=n)
    R = np.triu(rng.uniform(-1.0, 1.0, size=(n, n)), k=1) + np.diag(rng.uniform(0.5, 2.0, size=n))
    return Q, R


def factors(submission, A):
    """What qr_mgs(A) returns, as two arrays of the right shapes."""
    result = submission.qr_mgs(A)
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed("qr_mgs(A) must return the pair (Q, R).")
    m, n = A.shape
    return (
        as_array(result[0], shape=(m, n), name="Q"),
        as_array(result[1], shape=(n, n), name="R"),
    )


def check_orthonormal(Q, *, atol, name):
    assert_close(Q.T @ Q, np.eye(Q.shape[1]), rtol=0.0, atol=atol, name=name)


def test_reconstruct(submission, rng):
    for m, n in SHAPES:
        Q0, R0 = known_factors(rng, m, n)
        Q, R = factors(submission, Q0 @ R0)
        assert_close(Q @ R, Q0 @ R0, rtol=0.0, atol=1e-12, name="Q @ R")
        if np.allclose(Q, Q0 @ R0) and n > 1:
            raise ComparisonFailed("Q is A itself.")


def test_orthonormal(submission, rng):
    for m, n in SHAPES:
        Q0, R0 = known_factors(rng, m, n)
        Q, _ = factors(submission, 3.0 * Q0 @ R0)
        # eps times the condition number, with a factor to spare.
        check_orthonormal(Q, atol=1e-12, name="Q.T @ Q")


def test_upper(submission, rng):
    for m, n in SHAPES[:3]:
        Q0, R0 = known_factors(rng, m, n)
        _, R = factors(submission, Q0 @ R0)
        below = np.tril_indices(n, k=-1)
        assert_close(R[below], np.zeros(len(below[0])), atol=1e-12, name="R below its diagonal")
        if R[below].any():
            raise ComparisonFailed("R isn't exactly 0 below its diagonal: rounding errors are left there.")
        above = np.triu_indices(n, k=1)
        assert_close(R[above], R0[above], rtol=0.0, atol=1e-10, name="R above its diagonal")


def test_positive_diag(submission, rng):
    for m, n in SHAPES:
        Q0, R0 = known_factors(rng, m, n)
        _, R = factors(submission, Q0 @ R0)
        assert_close(np.diag(R), np.diag(R0), rtol=1e-10, name="The diagonal of R")


def test_unique_factors(submission, rng):
    for m, n in [(6, 4), (3, 3), (9, 5), (2, 1)]:
        Q0, R0 = known_factors(rng, m, n)
        Q, R = factors(submission, Q0 @ R0)
        assert_close(R, R0, rtol=0.0, atol=1e-10, name="R")
        assert_close(Q, Q0, rtol=0.0, atol=1e-10, name="Q")


def test_laeuchli_orthogonality(submission, rng):
    # Läuchli's matrix: a row of ones over a small diagonal. Its condition number is about 1e8, so
    # modified Gram–Schmidt leaves about 1e-8; the classical form loses orthogonality altogether.
    for n, e in ((3, 1e-8), (5, float(rng.uniform(0.7, 1.0)) * 1e-8)):
        Q, _ = factors(submission, np.vstack([np.ones((1, n)), e * np.eye(n)]))
        check_orthonormal(Q, atol=1e-6, name="Q.T @ Q for nearly parallel columns")


def test_nearly_dependent(submission, rng):
    # Singular values from 1 to 1e-7: eps·cond is 2e-9, eps·cond² is 0.02.
    for m, n in ((8, 5), (6, 6)):
        U, _ = np.linalg.qr(rng.normal(size=(m, n)))
        V, _ = np.linalg.qr(rng.normal(size=(n, n)))
        A = (U * np.logspace(0, -7, n)) @ V.T
        Q, _ = factors(submission, A)
        check_orthonormal(Q, atol=1e-6, name="Q.T @ Q for an ill-conditioned matrix")


def test_rank_deficient(submission, rng):
    for m, n in ((6, 4), (4, 4)):
        Q0, R0 = known_factors(rng, m, n)
        A = Q0 @ R0
        # Some norms are large, some small: only the size relative to A counts.
        for scale in (1.0, 1e6, 1e-6):
            factors(submission, scale * A)
            twice = A.copy()
            twice[:, 2] = A[:, 0]
            assert_raises(ValueError, submission.qr_mgs, scale * twice)
            summed = A.copy()
            summed[:, n - 1] = A[:, 0] + A[:, 1]
            assert_raises(ValueError, submission.qr_mgs, scale * summed)
    assert_raises(ValueError, submission.qr_mgs, np.ones((3, 2)))
    for zeros in (np.diag([1.0, 0.0, 2.0]), np.zeros((3, 2)), np.zeros((1, 1))):
        assert_raises(ValueError, submission.qr_mgs, zeros)
    # Here every way gives R without rounding, or nearly so, and the threshold itself shows:
    # 1e-14 times the Frobenius norm, not times a column, the first column, the largest entry or
    # another norm, and neither 1e-16 nor the size of A times it. 1/8 · 64 entries have length 1.
    even = np.full(64, 1 / 8)
    turning = even * np.tile([1.0, -1.0], 32)
    full = [
        np.diag([1.0, 1.5e-14]), np.diag([1.5e-14, 1.0]), np.array([[1.0, 1.0], [0.0, 1e-13]]),
        np.stack([even, 1.5e-14 * turning], axis=1), np.diag([1e10, 1.0, 2e-4]),
    ]  # fmt: skip
    deficient = [
        np.diag([1.0, 7e-15]), np.diag([7e-15, 1.0]), np.diag([1.0, 1e-16]), np.diag([1.0, 1e15]),
        np.array([[1.0, 1.0], [0.0, 3e-15]]), np.diag([1.0] * 16 + [3e-14]),
        np.diag([3e-14] + [1.0] * 16), np.diag([1.0, 1e8, 1e15]),
    ]  # fmt: skip
    for A in full:
        factors(submission, A * 2.0 ** int(rng.integers(-30, 30)))
    for A in deficient:
        # Rows of zeros and an order of the rows change nothing.
        taller = rng.permutation(np.vstack([A, np.zeros((2, A.shape[1]))]))
        for B in (A, taller * 2.0 ** int(rng.integers(-30, 30))):
            assert_raises(ValueError, submission.qr_mgs, B)


def test_wide_refused(submission, rng):
    A = rng.normal(size=(3, 3)) + 4.0 * np.eye(3)
    factors(submission, A)
    factors(submission, A[:, :2])
    # In the last one rounding leaves 1e-8 of the third column, far more than 1e-14: only the shape tells.
    steep = np.array([[1.0, 1.0, rng.uniform(1.0, 2.0)], [1e-8, -1e-8, rng.uniform(1.0, 2.0)]])
    for wide in (A[:2], A[:1], rng.normal(size=(2, 5)), steep):
        assert_raises(ValueError, submission.qr_mgs, wide)


def test_scale_free(submission, rng):
    Q0, R0 = known_factors(rng, 5, 3)
    for scale in (1e-20, 1e20):
        Q, _ = factors(submission, scale * Q0 @ R0)
        check_orthonormal(Q, atol=1e-10, name="Q.T @ Q for a scaled A")
    # Columns of very different sizes, and still far from dependent: R[2, 2] is about 1e-10 of A.
    Q, _ = factors(submission, Q0 @ R0 * np.array([1.0, 1e-5, 1e-10]))
    check_orthonormal(Q, atol=1e-10, name="Q.T @ Q for columns of different sizes")


def draw(submission, shape, rng, **gain):
    W = submission.orthogonal_init(shape, rng, **gain)
    return as_array(W, shape=shape, name=f"orthogonal_init({shape}, rng)")


def check_semi_orthogonal(W, gain):
    r, c = W.shape
    if r >= c:
        assert_close(W.T @ W, gain**2 * np.eye(c), rtol=0.0, atol=1e-10, name="W.T @ W")
    else:
        assert_close(W @ W.T, gain**2 * np.eye(r), rtol=0.0, atol=1e-10, name="W @ W.T")


def test_semi_orthogonal(submission, rng):
    for shape in [(5, 3), (3, 5), (4, 4), (1, 6), (6, 1), (1, 1)]:
        check_semi_orthogonal(draw(submission, shape, rng), 1.0)


def test_gain(submission, rng):
    for shape in [(5, 3), (3, 5), (4, 4)]:
        check_semi_orthogonal(draw(submission, shape, rng, gain=2.0), 2.0)
        W = as_array(
            submission.orthogonal_init(shape, rng, 0.3), shape=shape, name="orthogonal_init(shape, rng, 0.3)"
        )
        check_semi_orthogonal(W, 0.3)


def test_reproducible(submission, rng):
    seed = int(rng.integers(1 << 32))
    for shape in [(4, 3), (3, 4)]:
        one = np.random.default_rng(seed)
        first, second = draw(submission, shape, one), draw(submission, shape, one)
        again = draw(submission, shape, np.random.default_rng(seed))
        assert_close(again, first, rtol=1e-12, atol=1e-12, name="W for the same seed")
        if np.allclose(np.abs(first), np.abs(second), atol=1e-6):
            raise ComparisonFailed("Two calls in a row with one generator give the same matrix.")


def check_balanced(values, name):
    """Signs of a symmetric law: the number of positive ones is within 4.5σ of one half (p = 7e-6)."""
    n = len(values)
    if abs(int(np.sum(values > 0)) - n / 2) > 4.5 * np.sqrt(n) / 2:
        raise ComparisonFailed(f"{name} isn't positive and negative equally often; no sign may be preferred.")


def test_both_signs(submission, rng):
    for shape in ((3, 3), (2, 3)):
        seeds = rng.integers(1 << 32, size=200)
        drawn = submission.orthogonal_init.each([(shape, np.random.default_rng(int(seed))) for seed in seeds])
        W = np.stack([as_array(w, shape=shape, name=f"orthogonal_init({shape}, rng)") for w in drawn])
        check_balanced(W[:, 0, 0], "W[0, 0]")
        check_balanced(W[:, 1, 1], "W[1, 1]")
        # Signs belong to columns, not to the whole matrix.
        check_balanced(W[:, 0, 0] * W[:, 1, 1], "W[0, 0] * W[1, 1]")
        # Nor do they hang together in any other way: turning one row or column round changes nothing.
        entries = W.reshape(len(W), -1)
        products = entries[:, :, None] * entries[:, None, :]
        share = np.mean(products > 0, axis=0)[np.triu_indices(entries.shape[1], k=1)]
        # 36 pairs or fewer, 5σ for each.
        if np.abs(share - 0.5).max() > 2.5 / np.sqrt(len(W)):
            raise ComparisonFailed(
                "The signs of two entries of W hang together; every row and column may be turned round."
            )
        if shape == (3, 3):
            check_balanced(np.linalg.det(W), "The determinant of a square W")
    seeds = rng.integers(1 << 32, size=100)
    drawn = submission.orthogonal_init.each([((1, 1), np.random.default_rng(int(seed))) for seed in seeds])
    W = np.stack([as_array(w, shape=(1, 1), name="orthogonal_init((1, 1), rng)") for w in drawn])
    check_balanced(W[:, 0, 0], "W[0, 0]")


def test_uniform_law(submission, rng):
    # A column of n entries, uniform on the sphere: n·Σw⁴ is 3 on average with σ = √(24/n). Columns
    # made from other laws than the normal one keep the shape of that law (uniform: 1.8, signs: 1).
    n = 1500
    for shape in ((n, 2), (2, n)):
        W = draw(submission, shape, rng)
        columns = W if shape[0] == n else W.T
        fourth = n * (columns**4).sum(axis=0) / (columns**2).sum(axis=0) ** 2
        assert_close(fourth, np.full(2, 3.0), rtol=0.0, atol=5.5 * np.sqrt(24 / n), name="n Σ w⁴ in a column")
        # The sum over a column has variance 1, whatever the direction: |sum| > 5 isn't chance.
        assert_close(columns.sum(axis=0), np.zeros(2), rtol=0.0, atol=5.0, name="The sum of a column")


def test_no_mutation(submission, rng):
    Q0, R0 = known_factors(rng, 5, 3)
    assert_pure(submission.qr_mgs, Q0 @ R0)
    # Here A is Q already: the result must be new memory all the same.
    assert_pure(submission.qr_mgs, np.eye(3))
    assert_pure(submission.qr_mgs, np.array([[2.0]]))
    # Columns stored one after the other, as a transposed array has them; then every other row.
    assert_pure(submission.qr_mgs, np.asfortranarray(Q0 @ R0))
    assert_pure(submission.qr_mgs, np.repeat(Q0 @ R0, 2, axis=0)[::2])
