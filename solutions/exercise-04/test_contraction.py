"""Hidden checks of exercise-04.

Oracles: correctly rounded sums of squared differences, matrix products a batch entry, sums of outer
products, and the product of one-hot rows with E.
"""

import math

import numpy as np

from grader.testing import as_array, assert_close, assert_pure, assert_raises


def sq_dists(X, Y):
    """Sum squared differences by math.fsum, one pair of points at a time."""
    return np.array(
        [[math.fsum((float(a) - float(b)) ** 2 for a, b in zip(x, y, strict=True)) for y in Y] for x in X]
    )


def scores(Q, W, K):
    """Multiply matrices, one batch entry at a time."""
    return np.array([q @ (W @ k.T) for q, k in zip(Q, K, strict=True)])


def contracted(A, B):
    """Add up the outer products of A[:, j, k] and B[k, j, :]."""
    _, J, K = A.shape
    return sum(np.outer(A[:, j, k], B[k, j]) for j in range(J) for k in range(K))


def onehot(ids, V):
    """Write a 1 where the number of the column is the id."""
    return (np.asarray(ids)[..., None] == np.arange(V)).astype(float)


def test_dists_values(submission, rng):
    for n, m, d in [(4, 3, 5), (2, 6, 3), (1, 4, 2), (3, 1, 4), (5, 3, 1), (1, 1, 6)]:
        X, Y = rng.normal(size=(n, d)), rng.normal(scale=2.0, size=(m, d))
        # Near the origin either formula is right within 1e-14 of the squared norms.
        assert_close(submission.pairwise_sq_dists(X, Y), sq_dists(X, Y), rtol=1e-9, atol=1e-11,
                     name="pairwise_sq_dists(X, Y)")  # fmt: skip
    X, Y = rng.integers(-9, 10, size=(4, 2)), rng.integers(-9, 10, size=(3, 2))
    assert_close(
        submission.pairwise_sq_dists(X, Y), sq_dists(X, Y), rtol=1e-12, name="pairwise_sq_dists(X, Y)"
    )
    Y = rng.normal(size=(3, 2))
    for left, right in ((X, Y), (Y, X)):
        assert_close(submission.pairwise_sq_dists(left, right), sq_dists(left, right), rtol=1e-9,
                     name="pairwise_sq_dists for integers and floats")  # fmt: skip


def test_dists_equal_sizes(submission, rng):
    for n in (4, 3):
        X, Y = rng.normal(size=(2, n, n))
        assert_close(submission.pairwise_sq_dists(X, Y), sq_dists(X, Y), rtol=1e-9, atol=1e-11,
                     name="pairwise_sq_dists(X, Y)")  # fmt: skip


def test_dists_translation(submission, rng):
    n, m, d = 9, 12, 3
    X = rng.normal(size=(n, d))
    Y = np.vstack([X, rng.normal(size=(m - n, d))])
    for shift in (1e6, -1e6, 1e6 * rng.uniform(0.5, 1.0, size=d)):
        # The shift rounds the points; the distances expected are those of the rounded points.
        assert_close(submission.pairwise_sq_dists(X + shift, Y + shift), sq_dists(X + shift, Y + shift),
                     rtol=1e-8, atol=1e-9, name="pairwise_sq_dists(X + c, Y + c)")  # fmt: skip
    # Close neighbours, and points that all lie close together: small distances have 8 digits too.
    near = X + 1e-7 * rng.normal(size=(n, d))
    for left, right in ((X, near), (1e-9 * X, 1e-9 * Y), (1e-9 * X, 1e-9 * near)):
        assert_close(submission.pairwise_sq_dists(left, right), sq_dists(left, right), rtol=1e-8,
                     name="pairwise_sq_dists(X, Y) for points close together")  # fmt: skip
    # A near and a far cluster: no common shift brings both to the origin.
    X[::2] += 1e6
    Y[[1, 2, 5, 10]] -= 1e6
    Y[0::4] += 1e6
    for left, right in ((X, Y), (Y, X), (Y, Y)):
        assert_close(submission.pairwise_sq_dists(left, right), sq_dists(left, right),
                     rtol=1e-8, atol=1e-9, name="pairwise_sq_dists(X, Y) for clusters far apart")  # fmt: skip


def test_dists_zero_diag(submission, rng):
    n, d = 24, 7
    X = rng.normal(size=(n, d)) + rng.uniform(-50.0, 50.0, size=(n, 1))
    order = rng.permutation(n)
    for Y, partner in [(X, np.arange(n)), (X[order], np.argsort(order)), (X[:5].copy(), np.arange(5))]:
        D = as_array(submission.pairwise_sq_dists(X, Y), shape=(n, len(Y)), name="pairwise_sq_dists(X, Y)")
        rows = np.arange(len(partner))
        assert_close(D[rows, partner], np.zeros(len(partner)), rtol=0.0, name="The distances of equal rows")
        assert_close(D, sq_dists(X, Y), rtol=1e-9, atol=1e-9, name="pairwise_sq_dists(X, Y)")


def test_bilinear(submission, rng):
    for B, T, S, d in [
        (2, 3, 5, 4),
        (3, 4, 2, 5),
        (1, 2, 3, 4),
        (4, 1, 3, 2),
        (2, 4, 1, 3),
        (3, 2, 4, 1),
        (2, 3, 3, 4),
    ]:
        Q, W, K = rng.normal(size=(B, T, d)), rng.normal(size=(d, d)), rng.normal(size=(B, S, d))
        assert_close(submission.bilinear_scores(Q, W, K), scores(Q, W, K), rtol=1e-9, atol=1e-11,
                     name="bilinear_scores(Q, W, K)")  # fmt: skip


def test_bilinear_equal_sizes(submission, rng):
    for n in (3, 4):
        Q, K = rng.normal(size=(2, n, n, n))
        W = rng.normal(size=(n, n))
        assert_close(submission.bilinear_scores(Q, W, K), scores(Q, W, K), rtol=1e-9, atol=1e-11,
                     name="bilinear_scores(Q, W, K)")  # fmt: skip


def test_contract(submission, rng):
    for i, j, m in [(2, 3, 4), (4, 2, 3), (3, 3, 3), (1, 4, 2), (3, 2, 1)]:
        A, B = rng.normal(size=(i, j, j)), rng.normal(size=(j, j, m))
        assert_close(
            submission.contract(A, B), contracted(A, B), rtol=1e-9, atol=1e-11, name="contract(A, B)"
        )


def test_contract_all_sizes(submission, rng):
    for i, j, k, m in [(2, 3, 4, 5), (5, 4, 2, 3), (3, 1, 4, 2), (2, 5, 1, 3), (3, 2, 4, 3)]:
        A, B = rng.normal(size=(i, j, k)), rng.normal(size=(k, j, m))
        assert_close(
            submission.contract(A, B), contracted(A, B), rtol=1e-9, atol=1e-11, name="contract(A, B)"
        )


def test_embed_is_onehot_matmul(submission, rng):
    for shape, V, d, dtype in [
        ((2, 4), 5, 3, "int64"), ((6,), 4, 4, "int32"), ((), 7, 3, "int64"), ((2, 3, 2), 3, 5, "uint8"),
        ((3, 3), 3, 3, "int64"), ((1,), 2, 4, "int16"), ((4,), 6, 1, "int64"), ((30,), 256, 2, "uint8"),
    ]:  # fmt: skip
        E = rng.normal(size=(V, d))
        ids = np.array(rng.integers(0, V, size=shape), dtype=dtype)
        assert_close(submission.embed(ids, E), onehot(ids, V) @ E, rtol=1e-12, name="embed(ids, E)")
    # The first and the last row, each more than once, and every row in another order.
    E = rng.normal(size=(6, 4))
    for ids in ([5, 0, 0, 5, 5], rng.permutation(6)):
        assert_close(submission.embed(np.array(ids), E), onehot(ids, 6) @ E, rtol=1e-12, name="embed(ids, E)")


def test_embed_negative(submission, rng):
    V = 6
    E = rng.normal(size=(V, 3))
    good = rng.integers(1, V - 1, size=(2, 4))
    assert_close(submission.embed(good, E), onehot(good, V) @ E, rtol=1e-12, name="embed(ids, E)")
    # All ids bad, then only the first, then only a later one; −1 comes last.
    for bad in (-V - 2, -2, -V, -1):
        assert_raises(IndexError, submission.embed, np.array([bad, bad]), E)
        assert_raises(IndexError, submission.embed, np.array([bad, 1]), E)
        ids = good.copy()
        ids[1, int(rng.integers(0, 4))] = bad
        assert_raises(IndexError, submission.embed, ids, E)
        assert_raises(IndexError, submission.embed, np.array(bad), E)


def test_embed_range(submission, rng):
    V = 6
    E = rng.normal(size=(V, 3))
    good = rng.integers(1, V - 1, size=(3, 2))
    assert_close(submission.embed(good, E), onehot(good, V) @ E, rtol=1e-12, name="embed(ids, E)")
    for bad in (V + 1, V, 3 * V):
        ids = good.copy()
        ids[int(rng.integers(0, 3)), 1] = bad
        assert_raises(IndexError, submission.embed, ids, E)
        assert_raises(IndexError, submission.embed, np.array([bad, 1]), E)
        assert_raises(IndexError, submission.embed, np.array(bad), E)


def test_embed_not_integers(submission, rng):
    E = rng.normal(size=(4, 3))
    good = rng.integers(1, 3, size=3)
    assert_close(submission.embed(good, E), onehot(good, 4) @ E, rtol=1e-12, name="embed(ids, E)")
    for ids in ([1.5, 1.25], [2.0, 1.25], [[1.0, 1.75]]):
        assert_raises(IndexError, submission.embed, np.array(ids), E)


def test_no_mutation(submission, rng):
    X, Y = rng.normal(size=(4, 3)), rng.normal(size=(5, 3))
    as_array(assert_pure(submission.pairwise_sq_dists, X, Y), name="pairwise_sq_dists(X, Y)")
    Q, W, K = rng.normal(size=(2, 3, 4)), rng.normal(size=(4, 4)), rng.normal(size=(2, 5, 4))
    as_array(assert_pure(submission.bilinear_scores, Q, W, K), name="bilinear_scores(Q, W, K)")
    A, B = rng.normal(size=(2, 3, 3)), rng.normal(size=(3, 3, 4))
    as_array(assert_pure(submission.contract, A, B), name="contract(A, B)")
    for ids in (np.array([2, 1, 2]), np.array(1), np.array([1, 2])):
        as_array(assert_pure(submission.embed, ids, X), name="embed(ids, E)")
