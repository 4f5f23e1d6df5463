"""Hidden checks of exercise-10.

Oracles: matrices built from known singular values and vectors, the Eckart–Young error
√(Σ_{i>k} σ_i²), and for LoRA the sums written out over indices. Neighbouring singular values
differ by a fifth at least, so that methods that find them by iteration get there too.
"""

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_equal, assert_pure, assert_raises

SHAPES = [(6, 4), (4, 6), (5, 5), (3, 7)]


def singular_values(rng, count):
    """Falling positive numbers, each between 0.4 and 0.8 of the one before."""
    return rng.uniform(2.0, 9.0) * np.cumprod(rng.uniform(0.4, 0.8, size=count))


def orthonormal(rng, rows, columns):
    Q, _ = np.linalg.qr(rng.normal(size=(rows, columns)))
    return Q


def layers(rng, m, n, rank=None):
    """The layers σ_i u_i v_iᵀ of a random matrix, shape (rank, m, n), and its singular values."""
    s = singular_values(rng, min(m, n) if rank is None else rank)
    return stacked(rng, m, n, s), s


def stacked(rng, m, n, s):
    """Layers σ_i u_i v_iᵀ with the given singular values and random vectors."""
    U, V = orthonormal(rng, m, len(s)), orthonormal(rng, n, len(s))
    return np.einsum("i,mi,ni->imn", s, U, V)


# Small layers count as well, and so do all layers of a small matrix. Down to 1e-6 of the first, a
# singular value is found through AᵀA too, whose eigenvalues carry an error of 1e-16.
FADING = np.array([1.0, 3e-2, 5e-4, 8e-6])
SCALES = (1.0, 1e-9, 1e6)


def test_eckart_young(submission, rng):
    for m, n in SHAPES:
        parts, s = layers(rng, m, n)
        A = parts.sum(axis=0)
        ranks = range(1, len(s))
        results = submission.best_rank_k.each([(A, k) for k in ranks])
        for k, result in zip(ranks, results, strict=True):
            error = np.linalg.norm(A - as_array(result, shape=(m, n), name="best_rank_k(A, k)"))
            assert_close(
                error, np.sqrt((s[k:] ** 2).sum()), rtol=1e-8, name="The distance from A to best_rank_k(A, k)"
            )


def test_nearest(submission, rng):
    for m, n in SHAPES:
        parts, s = layers(rng, m, n)
        A = parts.sum(axis=0)
        ranks = range(1, len(s))
        results = submission.best_rank_k.each([(A, k) for k in ranks])
        for k, result in zip(ranks, results, strict=True):
            assert_close(result, parts[:k].sum(axis=0), rtol=0.0, atol=1e-8, name="best_rank_k(A, k)")
    for scale in SCALES:
        parts = stacked(rng, 6, 5, FADING * scale)
        results = submission.best_rank_k.each([(parts.sum(axis=0), k) for k in (1, 2, 3, 4)])
        for k, result in zip((1, 2, 3, 4), results, strict=True):
            assert_close(result, parts[:k].sum(axis=0), rtol=0.0, atol=1e-8 * scale, name="best_rank_k(A, k)")


def test_rank(submission, rng):
    for m, n in [(7, 3), (3, 5), (4, 4)]:
        parts, s = layers(rng, m, n)
        for k in range(1, len(s)):
            result = submission.best_rank_k(parts.sum(axis=0), k)
            left = np.linalg.svd(as_array(result, shape=(m, n), name="best_rank_k(A, k)"), compute_uv=False)
            if (left[k:] > 1e-8 * s[0]).any():
                raise ComparisonFailed("The rank of best_rank_k(A, k) is larger than k.")
            if (left[:k] < 0.1 * s[k - 1]).any():
                raise ComparisonFailed("The rank of best_rank_k(A, k) is smaller than k.")


def test_full_rank(submission, rng):
    for m, n in [(5, 3), (3, 4), (4, 4), (1, 6), (6, 1), (1, 1)]:
        parts, s = layers(rng, m, n)
        A = parts.sum(axis=0)
        assert_close(
            submission.best_rank_k(A, len(s)), A, rtol=0.0, atol=1e-9, name="best_rank_k(A, min(m, n))"
        )
    for scale in SCALES:
        A = stacked(rng, 5, 4, np.array([1.0, 1e-3, 1e-6, 1e-9]) * scale).sum(axis=0)
        assert_close(
            submission.best_rank_k(A, 4), A, rtol=0.0, atol=1e-12 * scale, name="best_rank_k(A, min(m, n))"
        )
    # A matrix that hasn't full rank is met by its own rank.
    A = layers(rng, 6, 5, rank=2)[0].sum(axis=0)
    assert_close(submission.best_rank_k(A, 2), A, rtol=0.0, atol=1e-7, name="best_rank_k(A, 2) of rank 2")


def test_rank0(submission, rng):
    for m, n in [(4, 3), (2, 5), (3, 3)]:
        A = rng.normal(size=(m, n))
        assert_close(submission.best_rank_k(A, 0), np.zeros((m, n)), atol=1e-12, name="best_rank_k(A, 0)")


def refused(function, rng):
    for m, n in [(5, 3), (3, 5), (4, 4)]:
        A = rng.normal(size=(m, n))
        for k in (-1, -2, min(m, n) + 1, m + n):
            assert_raises(ValueError, function, A, k)


def test_k_range(submission, rng):
    # A valid k first; its values are other checks' business.
    as_array(submission.best_rank_k(rng.normal(size=(3, 2)), 1), shape=(3, 2), name="best_rank_k(A, 1)")
    refused(submission.best_rank_k, rng)


def test_energy(submission, rng):
    for m, n in SHAPES:
        parts, s = layers(rng, m, n)
        A = parts.sum(axis=0) * rng.uniform(0.01, 100.0)
        share = np.cumsum(s**2) / (s**2).sum()
        ranks = range(1, len(s))
        results = submission.energy_kept.each([(A, k) for k in ranks])
        for k, result in zip(ranks, results, strict=True):
            assert_close(result, share[k - 1], rtol=1e-8, name="energy_kept(A, k)")
    share = np.cumsum(FADING**2) / (FADING**2).sum()
    for scale in SCALES:
        A = stacked(rng, 4, 6, FADING * scale).sum(axis=0)
        for k in (1, 2, 3):
            assert_close(submission.energy_kept(A, k), share[k - 1], rtol=1e-12, name="energy_kept(A, k)")
    A = layers(rng, 5, 4, rank=3)[0].sum(axis=0)
    assert_close(submission.energy_kept(A, 3), 1.0, rtol=1e-9, name="energy_kept(A, 3) of rank 3")


def test_energy_ends(submission, rng):
    for m, n in [(4, 3), (2, 5), (1, 4), (4, 1)]:
        A = rng.normal(size=(m, n))
        assert_close(submission.energy_kept(A, 0), 0.0, atol=1e-12, name="energy_kept(A, 0)")
        assert_close(submission.energy_kept(A, min(m, n)), 1.0, rtol=1e-9, name="energy_kept(A, min(m, n))")


def test_energy_k_range(submission, rng):
    as_array(submission.energy_kept(rng.normal(size=(2, 4)), 1), shape=(), name="energy_kept(A, 1)")
    refused(submission.energy_kept, rng)


# N, d_in, d_out, r: all different, all equal, a wide and a tall layer, rank 1, single numbers, and
# more columns in A than a rank can use.
SIZES = [(5, 6, 3, 2), (3, 3, 3, 3), (2, 4, 7, 3), (6, 5, 4, 1), (1, 1, 1, 1), (4, 3, 2, 5)]


def lora(rng, N, d_in, d_out, r):
    """Arguments X, W, A, B, alpha, with alpha / r different from alpha, 1 and alpha / √r."""
    X, W = rng.normal(size=(N, d_in)), rng.normal(size=(d_in, d_out))
    A, B = rng.normal(size=(d_in, r)), rng.normal(size=(r, d_out))
    return X, W, A, B, float(rng.uniform(1.2, 1.7) * r + 0.5)


def cases(rng):
    """Layers of all sizes, and two whose AB has a rank below r: equal columns in A, equal rows in B."""
    yield from (lora(rng, *sizes) for sizes in SIZES)
    for factor in (2, 3):
        layer = lora(rng, 4, 6, 5, 3)
        thin = layer[factor] if factor == 3 else layer[factor].T
        thin[1] = thin[0]
        yield layer


def merged(W, A, B, alpha):
    d_in, r = A.shape
    return np.array([
        [W[i, o] + sum(A[i, q] * B[q, o] for q in range(r)) * alpha / r for o in range(W.shape[1])] for i in range(d_in)
    ])  # fmt: skip


def test_lora_value(submission, rng):
    for X, *layer in cases(rng):
        want = np.einsum("ni,io->no", X, merged(*layer))
        assert_close(
            submission.lora_forward(X, *layer),
            want,
            rtol=1e-9,
            atol=1e-11,
            name="lora_forward(X, W, A, B, alpha)",
        )


def test_lora_merge(submission, rng):
    for _, *layer in cases(rng):
        assert_close(
            submission.lora_merge(*layer),
            merged(*layer),
            rtol=1e-9,
            atol=1e-11,
            name="lora_merge(W, A, B, alpha)",
        )


def test_zero_b_is_identity(submission, rng):
    for sizes in SIZES[:2]:
        X, W, A, B, alpha = lora(rng, *sizes)
        start = submission.lora_forward(X, W, A, np.zeros_like(B), alpha)
        assert_close(
            start, np.einsum("ni,io->no", X, W), rtol=1e-9, atol=1e-11, name="lora_forward with B = 0"
        )


def test_lora_linear(submission, rng):
    # The update alone: what a second alpha adds to the result, and a third one takes away.
    X, W, A, B, alpha = lora(rng, 4, 5, 6, 2)
    update = np.einsum("ni,iq,qo->no", X, A, B) / 2
    zero = np.zeros_like(W)
    for a in (3.0 * alpha, -alpha, 0.0):
        result = submission.lora_forward(X, zero, A, B, a)
        assert_close(result, a * update, rtol=1e-9, atol=1e-11, name="lora_forward with W = 0")
        result = submission.lora_merge(zero, A, B, a)
        assert_close(result, a / 2 * np.einsum("iq,qo->io", A, B), rtol=1e-9, atol=1e-11,
                     name="lora_merge with W = 0")  # fmt: skip


def test_lora_params(submission, rng):
    for _ in range(4):
        d_in, d_out, r = (
            int(n) for n in (rng.integers(500, 900), rng.integers(100, 400), rng.integers(3, 60))
        )
        for wide in ((d_in, d_out), (d_out, d_in), (d_in, d_in)):
            want = (wide[0] * wide[1], r * wide[0] + r * wide[1])
            assert_equal(
                submission.lora_param_counts(*wide, r), want, name="lora_param_counts(d_in, d_out, r)"
            )
    # Odd numbers above 2**53, which no float holds, but an int64 does; and an r above both sides.
    for d_in, d_out, r in [(160_000_003, 140_000_001, 70_000_001), (5, 3, 11), (2, 9, 4), (7, 4, 6)]:
        assert_equal(
            submission.lora_param_counts(d_in, d_out, r),
            (d_in * d_out, d_in * r + r * d_out),
            name="lora_param_counts(d_in, d_out, r)",
        )


def test_no_mutation(submission, rng):
    A = rng.normal(size=(4, 3))
    for k in (1, 2, 3):
        assert_pure(submission.best_rank_k, A, k)
        assert_pure(submission.energy_kept, A, k)
    X, W, down, up, alpha = lora(rng, 5, 4, 3, 2)
    for B in (up, np.zeros_like(up)):
        for a in (alpha, 0.0):
            assert_pure(submission.lora_forward, X, W, down, B, a)
            assert_pure(submission.lora_merge, W, down, B, a)
