"""Hidden checks of exercise-12.

Oracles: `einsum` over explicit letters, index arithmetic for the unfolding, and for the HOSVD the
laws that its parts obey: orthonormal columns, U_nᵀ A Aᵀ U_n diagonal with the largest σ² of the
unfolding A, the core as a projection, the error bound of De Lathauwer, De Moor and Vandewalle.
Signs of columns stay free. Tensors for the HOSVD have falling singular values in each mode, so
that methods that go by A Aᵀ, or by iteration, get there too.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_equal, assert_pure, assert_raises

LETTERS = "abcd"
# Four modes first: with three, some orders of the columns can't be told apart. Then all sizes
# different in both directions, all equal, a matrix, a mode of length 1.
SHAPES = [(3, 2, 5, 4), (2, 3, 4), (5, 4, 3), (3, 3, 3), (4, 2), (2, 1, 3)]
HOSVD_CASES = [((4, 5, 6), (2, 3, 4)), ((6, 5, 3), (3, 1, 2)), ((4, 4, 4), (2, 2, 2)), ((3, 4, 2, 5), (2, 3, 1, 4))]  # fmt: skip


def unfolded(T, mode):
    """Fill the matrix entry by entry, counting columns in the order in which the indices run."""
    others = [n for n in range(T.ndim) if n != mode]
    A = np.empty((T.shape[mode], math.prod(T.shape[n] for n in others)))
    for index in np.ndindex(T.shape):
        column = 0
        for n in others:
            column = column * T.shape[n] + index[n]
        A[index[mode], column] = T[index]
    return A


def multiplied(T, U, mode):
    old = LETTERS[: T.ndim]
    return np.einsum(f"z{old[mode]},{old}->{old.replace(old[mode], 'z')}", U, T)


def along_all(T, matrices):
    for mode, U in enumerate(matrices):
        T = multiplied(T, U, mode)
    return T


def summed(weights, factors):
    letters = LETTERS[: len(factors)]
    return np.einsum(f"r,{','.join(n + 'r' for n in letters)}->{letters}", weights, *factors)


def falling_tensor(rng, shape):
    """A tensor whose unfoldings have singular values that fall by about a third each."""
    core = rng.normal(size=shape) * 0.6 ** np.indices(shape).sum(axis=0)
    return along_all(core, [np.linalg.qr(rng.normal(size=(n, n)))[0] for n in shape]) * rng.uniform(0.5, 20.0)


def decomposed(submission, T, ranks):
    """Call hosvd and judge what came back by type and shape only."""
    result = submission.hosvd(T, ranks)
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed("hosvd(T, ranks) isn't a pair (core, factors).")
    core, factors = result
    if type(factors) not in (tuple, list) or len(factors) != T.ndim:
        raise ComparisonFailed("The factors of hosvd(T, ranks) aren't a list with one matrix a mode.")
    core = as_array(core, shape=tuple(ranks), name="The core of hosvd(T, ranks)")
    shapes = zip(T.shape, ranks, strict=True)
    return core, [
        as_array(U, shape=shape, name=f"The factor U_{mode} of hosvd(T, ranks)")
        for mode, (U, shape) in enumerate(zip(factors, shapes, strict=True))
    ]


def test_unfold(submission, rng):
    for shape in SHAPES:
        T = rng.normal(size=shape)
        for mode in reversed(range(T.ndim)):
            assert_close(submission.unfold(T, mode), unfolded(T, mode), rtol=0.0, name="unfold(T, mode)")


def test_unfold_layout(submission, rng):
    # The same tensors in other memory layouts: what counts is the index, not the place in memory.
    for shape in [(2, 3, 4), (3, 3, 3)]:
        T = rng.normal(size=shape)
        for laid_out in (np.asfortranarray(T), T.transpose(2, 0, 1)):
            for mode in range(T.ndim):
                want = unfolded(laid_out, mode)
                assert_close(submission.unfold(laid_out, mode), want, rtol=0.0, name="unfold(T, mode)")


def test_mode_product(submission, rng):
    for shape in SHAPES:
        T = rng.normal(size=shape)
        for mode in range(T.ndim):
            for rows in (shape[mode] + 3, 1):
                U = rng.normal(size=(rows, shape[mode]))
                want = multiplied(T, U, mode)
                # Sums of few products; entries may cancel, hence atol.
                assert_close(
                    submission.mode_product(T, U, mode),
                    want,
                    rtol=1e-9,
                    atol=1e-11,
                    name="mode_product(T, U, mode)",
                )


def test_mode_product_square(submission, rng):
    for shape in [(3, 3, 3), (4, 2, 3), (2, 2)]:
        T = rng.normal(size=shape)
        for mode in range(T.ndim):
            U = rng.normal(size=(shape[mode], shape[mode]))
            want = multiplied(T, U, mode)
            assert_close(
                submission.mode_product(T, U, mode),
                want,
                rtol=1e-9,
                atol=1e-11,
                name="mode_product(T, U, mode) with a square U",
            )


def test_modes_commute(submission, rng):
    for shape in [(3, 4, 2), (3, 3, 3)]:
        T = rng.normal(size=shape)
        A, B, C = (rng.normal(size=(n + 1, n)) for n in shape)
        want = np.einsum("xi,zk,ijk->xjz", A, C, T)
        one = submission.mode_product(as_array(submission.mode_product(T, A, 0)), C, 2)
        other = submission.mode_product(as_array(submission.mode_product(T, C, 2)), A, 0)
        for result in (one, other):
            assert_close(result, want, rtol=1e-9, atol=1e-10, name="The product along modes 0 and 2")
        # Twice along the same mode is once by the product of the matrices.
        D = rng.normal(size=(2, len(B)))
        twice = submission.mode_product(as_array(submission.mode_product(T, B, 1)), D, 1)
        assert_close(
            twice, np.einsum("yq,qj,ijk->iyk", D, B, T), rtol=1e-9, atol=1e-10, name="Twice along mode 1"
        )


def cp(rng, shape, R):
    """Weights of both signs and of different modulus (not 1), and random factors."""
    weights = rng.uniform(1.5, 4.0, size=R) * np.where(np.arange(R) % 2, 1.0, -1.0)
    return weights, [rng.normal(size=(n, R)) for n in shape]


def cp_agrees(submission, rng, cases):
    for shape, R in cases:
        weights, factors = cp(rng, shape, R)
        assert_close(
            submission.cp_reconstruct(weights, factors),
            summed(weights, factors),
            rtol=1e-9,
            atol=1e-10,
            name="cp_reconstruct(weights, factors)",
        )


def test_cp(submission, rng):
    # Weights of very different size: small terms count, and a weight of 0 takes its term out.
    weights, factors = np.array([-3e6, 0.0, 2e-7]), [rng.normal(size=(n, 3)) for n in (2, 4, 3)]
    factors[0][:, 0] *= [1.0, 0.0]
    got = as_array(submission.cp_reconstruct(weights, factors), shape=(2, 4, 3), name="cp_reconstruct(…)")
    want = summed(weights, factors)
    assert_close(got[0], want[0], rtol=1e-9, atol=1e-5, name="cp_reconstruct(weights, factors)")
    assert_close(got[1], want[1], rtol=1e-9, atol=1e-18, name="cp_reconstruct(weights, factors)")
    cp_agrees(
        submission, rng, [((3, 4, 5), 2), ((4, 3, 2), 5), ((3, 3, 3), 3), ((2, 3, 4), 1), ((1, 2, 3), 4)]
    )


def test_cp_orders(submission, rng):
    cp_agrees(submission, rng, [((3, 4), 2), ((2, 2), 2), ((2, 5, 3, 4), 3), ((2, 2, 2, 2), 2)])


def test_core_shape(submission, rng):
    for shape, ranks in HOSVD_CASES:
        decomposed(submission, falling_tensor(rng, shape), ranks)
        decomposed(
            submission,
            falling_tensor(rng, shape),
            list(reversed(ranks)) if shape == (4, 4, 4) else list(ranks),
        )


def test_orthonormal_factors(submission, rng):
    for shape, ranks in HOSVD_CASES:
        _, factors = decomposed(submission, falling_tensor(rng, shape), ranks)
        for mode, U in enumerate(factors):
            assert_close(U.T @ U, np.eye(ranks[mode]), rtol=0.0, atol=1e-8, name="U_nᵀ U_n")


def test_leading_vectors(submission, rng):
    # At full ranks, too, the columns are singular vectors and not just any basis.
    for shape, ranks in [*HOSVD_CASES, ((3, 4, 2), (3, 4, 2)), ((3, 3, 3), (3, 3, 3))]:
        T = falling_tensor(rng, shape)
        _, factors = decomposed(submission, T, ranks)
        for mode, U in enumerate(factors):
            A = unfolded(T, mode)
            s = np.linalg.svd(A, compute_uv=False)
            # Against the largest: A Aᵀ holds squares, and its rounding goes by σ₁².
            assert_close(
                U.T @ A @ A.T @ U / s[0] ** 2,
                np.diag(s[: ranks[mode]] ** 2) / s[0] ** 2,
                rtol=0.0,
                atol=1e-8,
                name="U_nᵀ A Aᵀ U_n, with A the unfolding of T along mode n",
            )


def test_core_projection(submission, rng):
    for shape, ranks in HOSVD_CASES:
        T = falling_tensor(rng, shape)
        core, factors = decomposed(submission, T, ranks)
        want = along_all(T, [U.T for U in factors])
        assert_close(core, want, rtol=0.0, atol=1e-9 * np.linalg.norm(T), name="The core of hosvd(T, ranks)")
        # No entry is small in itself: a tensor of small numbers has a core of small numbers.
        T = 1e-9 * T
        core, factors = decomposed(submission, T, ranks)
        want = along_all(T, [U.T for U in factors])
        assert_close(core, want, rtol=0.0, atol=1e-9 * np.linalg.norm(T), name="The core of hosvd(T, ranks)")


def test_hosvd_exact(submission, rng):
    cases = [((3, 4, 5), (3, 4, 5)), ((3, 3, 3), (3, 3, 3)), ((2, 3, 2, 3), (2, 3, 2, 3))]
    tensors = [(rng.normal(size=shape), ranks) for shape, ranks in cases]
    # A tensor that was built from a small core is met by the core's ranks.
    core = rng.normal(size=(2, 3, 2))
    tensors.append((along_all(core, [rng.normal(size=(n, r)) for n, r in zip((5, 4, 6), core.shape, strict=True)]), core.shape))  # fmt: skip
    for T, ranks in tensors:
        again = along_all(*decomposed(submission, T, ranks))
        # 1e-7: who goes by A Aᵀ loses half of the digits of small singular values.
        assert_close(
            again, T, rtol=0.0, atol=1e-7 * np.linalg.norm(T), name="The core times U_n along every mode"
        )


def test_hosvd_error_bound(submission, rng):
    for shape, ranks in HOSVD_CASES:
        T = falling_tensor(rng, shape)
        error = np.linalg.norm(T - along_all(*decomposed(submission, T, ranks))) ** 2
        spectra = [np.linalg.svd(unfolded(T, mode), compute_uv=False) for mode in range(T.ndim)]
        tails = [(s[r:] ** 2).sum() for s, r in zip(spectra, ranks, strict=True)]
        if not error <= sum(tails) * (1 + 1e-7):
            raise ComparisonFailed(
                "The squared distance of T from its approximation is larger than the squares of the "
                "singular values that were left out, summed over all modes."
            )


def test_better_than_zero(submission, rng):
    for _ in range(3):
        for shape, ranks in HOSVD_CASES[:3]:
            T = falling_tensor(rng, shape)
            again = along_all(*decomposed(submission, T, ranks))
            if not np.linalg.norm(T - again) < np.linalg.norm(T):
                raise ComparisonFailed("The approximation is as far from T as a tensor of zeros, or farther.")


def test_hosvd_matrix(submission, rng):
    for shape, k in [((5, 4), 2), ((3, 6), 3), ((4, 4), 1)]:
        T = falling_tensor(rng, shape)
        core, _ = decomposed(submission, T, (k, k))
        s = np.linalg.svd(T, compute_uv=False)
        assert_close(
            np.abs(core), np.diag(s[:k]), rtol=0.0, atol=1e-7 * s[0], name="The modulus of a matrix's core"
        )


def test_long_mode(submission, rng):
    for shape, ranks in [((7, 2, 2), (6, 2, 2)), ((2, 7, 2), (2, 7, 1)), ((5, 2), (4, 2))]:
        T = rng.normal(size=shape)
        _, factors = decomposed(submission, T, ranks)
        for U in factors:
            assert_close(U.T @ U, np.eye(U.shape[1]), rtol=0.0, atol=1e-8, name="U_nᵀ U_n")


def test_ranks_range(submission, rng):
    T = rng.normal(size=(3, 4, 2))
    decomposed(submission, T, (3, 1, 2))
    # Each mode in turn too large, then negative, then 0: nested mistakes are told apart by the order.
    for ranks in [(4, 4, 2), (3, 5, 2), (3, 3, 3), (2, -1, 1), (-1, 4, 2), (0, 4, 2), (2, 2, 0)]:
        assert_raises(ValueError, submission.hosvd, T, ranks)


def sizes(rng):
    """Sizes and ranks of two to five modes."""
    for order in (3, 2, 5, 4):
        shape = [int(n) for n in rng.integers(20, 90, size=order)]
        yield shape, [int(r) for r in rng.integers(2, 12, size=order)]


# Counts that an int32 can't hold.
LARGE = ((60_000, 70_000, 80_000), (3_001, 2_003, 1_007))


def test_cp_params(submission, rng):
    for shape, ranks in sizes(rng):
        want = sum(np.zeros((n, ranks[0])).size for n in shape) + ranks[0]
        for given in (tuple(shape), shape):
            assert_equal(submission.cp_params(given, ranks[0]), want, name="cp_params(shape, R)")
    assert_equal(submission.cp_params(LARGE[0], 30_001), 210_001 * 30_001, name="cp_params(shape, R)")


def test_tucker_params(submission, rng):
    for shape, ranks in sizes(rng):
        want = int(np.prod(ranks)) + sum(np.zeros(pair).size for pair in zip(shape, ranks, strict=True))
        assert_equal(
            submission.tucker_params(tuple(shape), tuple(ranks)), want, name="tucker_params(shape, ranks)"
        )
        assert_equal(submission.tucker_params(shape, ranks), want, name="tucker_params(shape, ranks)")
    want = 3_001 * 2_003 * 1_007 + 60_000 * 3_001 + 70_000 * 2_003 + 80_000 * 1_007
    assert_equal(submission.tucker_params(*LARGE), want, name="tucker_params(shape, ranks)")


def test_no_mutation(submission, rng):
    T = rng.normal(size=(3, 2, 4))
    weights, factors = cp(rng, (3, 2, 4), 2)
    assert_pure(submission.cp_reconstruct, weights, factors)
    for mode, size in enumerate(T.shape):
        assert_pure(submission.unfold, T, mode, may_share=True)
        for U in (rng.normal(size=(2, size)), np.eye(size)):
            assert_pure(submission.mode_product, T, U, mode)
    for ranks in ([2, 2, 3], [3, 2, 4]):
        assert_pure(submission.hosvd, T, ranks)
