"""Hidden checks of exercise-13.

Oracles: sums written out over the edges of a graph, the quadratic form ½ Σ a_ij (x_i − x_j)², the
eigenvector √d of the normalised adjacency with the eigenvalue 1, scaling, and permutation.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_no_warnings, assert_pure


def graph(rng, n, isolated=()):
    """A random graph with weights between 0.2 and 3 and clearly different degrees.

    A ring holds it together; the nodes in `isolated` lose all their edges.
    """
    A = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            if j == i + 1 or (i == 0 and j == n - 1) or rng.random() < 0.4:
                A[i, j] = A[j, i] = rng.uniform(0.2, 3.0)
    A[list(isolated)] = 0.0
    A[:, list(isolated)] = 0.0
    return A


def unweighted(rng, n):
    """A star with a few more edges: the degrees differ, all weights are 1."""
    A = np.zeros((n, n))
    for j in range(1, n):
        A[0, j] = A[j, 0] = 1.0
    i, j = rng.choice(np.arange(1, n), size=2, replace=False)
    A[i, j] = A[j, i] = 1.0
    return A


def joined(*mats):
    """Graphs side by side in one matrix, without edges between them."""
    A = np.zeros((sum(map(len, mats)),) * 2)
    at = 0
    for M in mats:
        A[at : at + len(M), at : at + len(M)] = M
        at += len(M)
    return A


def chain(*weights):
    """A chain of nodes whose edges have the given weights."""
    return np.diag(weights, 1) + np.diag(weights, -1)


def degree_list(A):
    return [math.fsum(row) for row in A.tolist()]


def normalized(A, self_loops=True):
    """The normalised adjacency, edge by edge."""
    n = len(A)
    A = [[A[i, j] + (1.0 if self_loops and i == j else 0.0) for j in range(n)] for i in range(n)]
    d = [math.fsum(row) for row in A]
    return np.array(
        [[A[i][j] / math.sqrt(d[i] * d[j]) if A[i][j] else 0.0 for j in range(n)] for i in range(n)]
    )


def layer(A, H, W):
    out = np.einsum("ij,jf,fg->ig", normalized(A), H, W)
    return np.where(out > 0.0, out, 0.0)


def graphs(rng):
    return [graph(rng, 5), unweighted(rng, 6), graph(rng, 7, isolated=[2]), np.zeros((1, 1)), graph(rng, 2)]


def test_degrees(submission, rng):
    for A in graphs(rng):
        assert_close(submission.degrees(A), degree_list(A), rtol=1e-12, atol=1e-14, name="degrees(A)")


def test_laplacian_rows_zero(submission, rng):
    for A in graphs(rng):
        n = len(A)
        L = as_array(submission.laplacian(A), shape=(n, n), name="laplacian(A)")
        assert_close(L @ np.ones(n), np.zeros(n), atol=1e-11, name="laplacian(A) @ ones")
        if A.any() and not L.any():
            raise ComparisonFailed("laplacian(A) is zero, though the graph has edges.")


def test_laplacian_values(submission, rng):
    for A in [*graphs(rng), chain(1e4, 1e-4, 1.0)]:
        want = [[d if i == j else -A[i, j] for j in range(len(A))] for i, d in enumerate(degree_list(A))]
        assert_close(submission.laplacian(A), want, rtol=1e-12, atol=1e-13, name="laplacian(A)")


def test_laplacian_psd(submission, rng):
    for A in (graph(rng, 6), unweighted(rng, 5), graph(rng, 5, isolated=[0])):
        n = len(A)
        L = as_array(submission.laplacian(A), shape=(n, n), name="laplacian(A)")
        for x in rng.normal(size=(3, n)):
            want = sum(A[i, j] * (x[i] - x[j]) ** 2 for i in range(n) for j in range(i))
            assert_close(
                x @ L @ x, want, rtol=1e-9, atol=1e-10, name="x.T L x, the unevenness of x along the edges"
            )


def test_values(submission, rng):
    for A in graphs(rng):
        assert_close(
            submission.normalized_adjacency(A), normalized(A), rtol=1e-9, name="normalized_adjacency(A)"
        )
    A = chain(1e4, 1e-4, 3.0, 1e-4, 1e4, 1e-4, 1e4)
    assert_close(
        submission.normalized_adjacency(A), normalized(A), rtol=1e-10, name="normalized_adjacency(A)"
    )
    A = graph(rng, 4)
    got = submission.normalized_adjacency(A, self_loops=True)
    assert_close(got, normalized(A), rtol=1e-9, name="normalized_adjacency(A, self_loops=True)")


def test_without_self_loops(submission, rng):
    for A in (graph(rng, 5), unweighted(rng, 6), graph(rng, 2)):
        got = submission.normalized_adjacency(A, self_loops=False)
        assert_close(
            got, normalized(A, self_loops=False), rtol=1e-9, name="normalized_adjacency(A, self_loops=False)"
        )
    A = graph(rng, 4)
    got = submission.normalized_adjacency(A, False)
    assert_close(got, normalized(A, self_loops=False), rtol=1e-9, name="normalized_adjacency(A, False)")


def test_scale_of_weights(submission, rng):
    # One factor for all weights cancels, so nothing may be added to a degree, nor cut off from it.
    A = graph(rng, 5)
    want = normalized(A, self_loops=False)
    for factor in (1e-3, 1e3):
        got = submission.normalized_adjacency(factor * A, self_loops=False)
        assert_close(got, want, rtol=1e-8, name="normalized_adjacency(c A, self_loops=False)")
    # The smallest degree that the stub allows is 1e-4: alone, and beside ones of 1e4.
    pair = np.array([[0.0, 1e-4], [1e-4, 0.0]])
    for A in (
        pair,
        joined(pair, 1e8 * pair),
        joined(graph(rng, 4), pair),
        chain(1e4, 1e-4, 1e-4),
    ):
        got = submission.normalized_adjacency(A, self_loops=False)
        want = normalized(A, self_loops=False)
        assert_close(got, want, rtol=1e-10, name="normalized_adjacency(A, self_loops=False), tiny weights,")


def test_symmetric(submission, rng):
    for A in (graph(rng, 5), unweighted(rng, 6)):
        for self_loops in (True, False):
            n = len(A)
            got = as_array(submission.normalized_adjacency(A, self_loops=self_loops), shape=(n, n),
                           name="normalized_adjacency(A, self_loops)")  # fmt: skip
            if not got[A > 0].any():
                raise ComparisonFailed("normalized_adjacency(A, self_loops) has lost the edges of the graph.")
            assert_close(got, got.T, rtol=1e-9, atol=1e-12, name="normalized_adjacency(A, self_loops)")


def test_top_eigenvalue_one(submission, rng):
    for A in (graph(rng, 6), unweighted(rng, 5), graph(rng, 4, isolated=[3])):
        n = len(A)
        got = as_array(submission.normalized_adjacency(A), shape=(n, n), name="normalized_adjacency(A)")
        root = np.sqrt(np.array(degree_list(A)) + 1.0)
        assert_close(got @ root, root, rtol=1e-9, name="normalized_adjacency(A) times its eigenvector √d'")
        largest = np.linalg.eigvals(got).real.max()
        assert_close(largest, 1.0, rtol=1e-7, name="The largest eigenvalue of normalized_adjacency(A)")


def test_isolated_node(submission, rng):
    sizes = [(6, [0, 4]), (4, [3]), (3, [0, 1, 2]), (1, [0])]
    for A in [
        *(graph(rng, n, isolated=isolated) for n, isolated in sizes),
        joined(chain(1e-4, 1e4), [[0.0]]),
    ]:
        n = len(A)
        name = "normalized_adjacency(A, self_loops=False) with isolated nodes"
        got = as_array(submission.normalized_adjacency(A, self_loops=False), shape=(n, n), name=name)
        # Other entries are judged as zero or not only: their values are another check's business.
        assert_close(np.where(np.isfinite(got), (got != 0.0) * 1.0, got), (A > 0.0) * 1.0, name=name)


def test_propagate(submission, rng):
    for n, f, g in [(6, 4, 3), (4, 4, 4), (5, 2, 7), (3, 1, 1), (1, 3, 2)]:
        A = graph(rng, n) if n > 1 else np.zeros((1, 1))
        H, W = rng.normal(size=(n, f)), rng.normal(size=(f, g))
        for features in (H, -H):
            assert_close(submission.propagate(A, features, W), layer(A, features, W), rtol=1e-9, atol=1e-11,
                         name="propagate(A, H, W)")  # fmt: skip


def test_permutation_equivariance(submission, rng):
    for n, f, g in [(6, 3, 4), (5, 5, 5)]:
        A = graph(rng, n, isolated=[1])
        # Neighbours come out alike, and with bad luck relu leaves nothing of any of them.
        while True:
            H, W = rng.normal(size=(n, f)), rng.normal(size=(f, g))
            if (layer(A, H, W) > 0.0).mean() > 0.3:
                break
        order = np.roll(np.arange(n), 2)
        want = as_array(submission.propagate(A, H, W), shape=(n, g), name="propagate(A, H, W)")
        if (want == want[0]).all():
            raise ComparisonFailed("propagate(A, H, W) gives the same numbers for every node.")
        got = submission.propagate(A[order][:, order], H[order], W)
        assert_close(
            got, want[order], rtol=1e-9, atol=1e-11, name="propagate with the nodes in another order"
        )


def test_batch_of_graphs(submission, rng):
    mats = [graph(rng, 4), graph(rng, 3), graph(rng, 5)]
    H, W = rng.normal(size=(12, 3)), rng.normal(size=(3, 2))
    batch = as_array(submission.block_diag(mats), shape=(12, 12), name="block_diag(mats)")
    parts = submission.propagate.each([(A, X, W) for A, X in zip(mats, np.split(H, [4, 7]), strict=True)])
    want = np.vstack(
        [as_array(Y, shape=(len(A), 2), name="propagate") for A, Y in zip(mats, parts, strict=True)]
    )
    assert_close(submission.propagate(batch, H, W), want, rtol=1e-9, atol=1e-11,
                 name="propagate(block_diag(mats), H, W)")  # fmt: skip


def test_block_diag(submission, rng):
    for sizes in [(2, 3), (3, 1, 4, 2), (2, 2, 2), (5,), (1, 1)]:
        mats = [rng.normal(size=(n, n)) for n in sizes]
        assert_close(submission.block_diag(mats), joined(*mats), rtol=1e-12, name="block_diag(mats)")
    # Whole numbers in one block cut nothing off from the others.
    mats = [rng.integers(-5, 6, size=(2, 2)), rng.normal(size=(3, 3)), rng.integers(0, 2, size=(1, 1))]
    for order in (mats, mats[::-1]):
        assert_close(submission.block_diag(order), joined(*order), rtol=1e-12, name="block_diag(mats)")


def test_no_warnings(submission, rng):
    A = graph(rng, 5, isolated=[1, 3])
    name = "normalized_adjacency(A, self_loops)"
    for weighted in (A, 1e-3 * A):
        for self_loops in (False, True):
            got = assert_no_warnings(submission.normalized_adjacency, weighted, self_loops=self_loops)
            as_array(got, shape=(5, 5), name=name)  # values are judged elsewhere


def test_no_mutation(submission, rng):
    A = graph(rng, 4)
    H, W = rng.normal(size=(4, 3)), rng.normal(size=(3, 2))
    assert_pure(submission.degrees, A)
    assert_pure(submission.laplacian, A)
    for self_loops in (True, False):
        assert_pure(submission.normalized_adjacency, A, self_loops=self_loops)
    assert_pure(submission.propagate, A, H, W)
    # Where there are no edges, A is the answer already; it must be new memory all the same.
    for empty in (np.zeros((3, 3)), np.zeros((1, 1))):
        assert_pure(submission.degrees, empty)
        assert_pure(submission.laplacian, empty)
        assert_pure(submission.normalized_adjacency, empty, self_loops=False)
        assert_pure(submission.normalized_adjacency, empty)
    assert_pure(submission.propagate, np.zeros((1, 1)), np.abs(H[:1]), np.eye(3))
    for mats in ([A, rng.normal(size=(2, 2))], [A], [A, rng.normal(size=(1, 1)), A, np.eye(2)]):
        assert_pure(submission.block_diag, mats)
