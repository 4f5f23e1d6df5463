"""Hidden checks of exercise-36.

Tolerances are 1e-8: float64 is good to 1e-14 here, but a divisor such as Σ + 1e-9, which a careful
learner may write against 0/0, is right as well.

Oracle: W_ts = 1 / Σ_r exp(z_tr − z_ts) over the visible keys r, written with explicit indices, so
that neither a shift nor a transposition of the keys is needed. The rest are laws: rows sum to 1,
variance 1, no leak, permutations, equal weights for equal scores, a shift by one coordinate.
"""

import math

import numpy as np

from grader.testing import (
    ComparisonFailed,
    as_array,
    assert_close,
    assert_equal,
    assert_no_warnings,
    assert_pure,
)

# (batch, T, S, dk, dv): all different, all equal, no batch, two batch axes, lonely axes.
SHAPES = [
    ((2,), 3, 5, 4, 6),
    ((3,), 3, 3, 3, 3),
    ((), 4, 6, 3, 2),
    ((2, 3), 4, 2, 5, 7),
    ((1,), 1, 4, 2, 1),
    ((2,), 3, 1, 1, 2),
]


def inputs(rng, batch, T, S, dk, dv):
    """Q, K, V with scores in the responsive range."""
    return (
        rng.normal(scale=1.2, size=(*batch, T, dk)),
        rng.normal(scale=1.2, size=(*batch, S, dk)),
        rng.normal(scale=2.0, size=(*batch, S, dv)) + 0.5,
    )


def weights_of(Q, K, mask=None):
    """Weights through the gaps between scores, for moderate scores and rows that see something."""
    z = np.einsum("...td,...sd->...ts", Q, K) / math.sqrt(Q.shape[-1])
    visible = np.broadcast_to(True if mask is None else mask, z.shape)
    odds = np.exp(z[..., None, :] - z[..., :, None]) * visible[..., None, :]
    return visible / odds.sum(axis=-1)


def mix(weights, V):
    return np.einsum("...ts,...sv->...tv", weights, V)


def two(result):
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed("attention(Q, K, V) must return two arrays: the output, then the weights.")
    return result


def out_of(result):
    return two(result)[0]


def weights_from(result):
    return two(result)[1]


def check(result, weights, V, rtol=1e-8, name="attention(Q, K, V)"):
    """Compare both results; mixed values may cancel to near 0, hence the absolute part."""
    assert_close(
        weights_from(result), weights, rtol=rtol, atol=1e-300, name=f"The array of weights of {name}"
    )
    assert_close(out_of(result), mix(weights, V), rtol=rtol, atol=rtol, name=f"The output of {name}")


def test_output(submission, rng):
    for batch, T, S, dk, dv in SHAPES:
        Q, K, V = inputs(rng, batch, T, S, dk, dv)
        assert_close(out_of(submission.attention(Q, K, V)), mix(weights_of(Q, K), V), rtol=1e-8, atol=1e-8,
                     name="The output of attention(Q, K, V)")  # fmt: skip


def test_weights(submission, rng):
    for batch, T, S, dk, dv in SHAPES:
        Q, K, V = inputs(rng, batch, T, S, dk, dv)
        assert_close(weights_from(submission.attention(Q, K, V)), weights_of(Q, K), rtol=1e-8,
                     name="The array of weights")  # fmt: skip


def test_rows_sum_to_one(submission, rng):
    for batch, T, S, dk, dv in [((2,), 3, 5, 4, 6), ((), 4, 4, 4, 4)]:
        Q, K, V = inputs(rng, batch, T, S, dk, dv)
        weights = as_array(
            weights_from(submission.attention(Q, K, V)), shape=(*batch, T, S), name="The array of weights"
        )
        if not (weights > 0).all():
            raise ComparisonFailed("A weight isn't positive, although nothing is hidden.")
        assert_close(
            weights.sum(axis=-1), np.ones((*batch, T)), rtol=1e-8, name="The sum of a query's weights"
        )
    # Where all values are one and the same, so is their mean.
    V[:] = V[0]
    assert_close(out_of(submission.attention(Q, K, V)), V, rtol=1e-8, name="The output for equal values")


def test_score_variance_one(submission, rng):
    T, S, dk = 24, 40, 256
    Q, K = rng.normal(size=(T, dk)), rng.normal(size=(S, dk))
    weights = as_array(
        weights_from(submission.attention(Q, K, rng.normal(size=(S, 3)))),
        shape=(T, S),
        name="The array of weights",
    )
    if not (weights > 0).all():
        raise ComparisonFailed("Some weights are 0 at width 256: the scores are too large for the softmax.")
    # log W is the score up to one number a row. The sample variance of 24·40 scores, with the
    # lengths of 24 queries and 40 keys in them, deviates from 1 by about 0.07.
    variance = np.log(weights).var(axis=-1, ddof=1).mean()
    if not 0.7 < variance < 1.35:
        size = "large" if variance > 1 else "small"
        raise ComparisonFailed(f"The variance of the scores at width 256 is too {size}; it should be near 1.")


def test_causal_mask(submission, rng):
    for T in (1, 2, 5, int(rng.integers(6, 12))):
        want = np.array([[s <= t for s in range(T)] for t in range(T)])
        assert_close(submission.causal_mask(T), want, name="causal_mask(T)")


def visible(rng, shape):
    """A random mask in which every query sees something, and not all of it is seen."""
    mask = rng.random(shape) < 0.6
    mask[..., 0] |= ~mask.any(axis=-1)
    mask[..., 0, 1:] = False
    mask[..., 0, 0] = True
    return mask


def test_masked_output(submission, rng):
    for batch, T, S in [((2,), 4, 5), ((), 3, 3), ((2, 2), 3, 4)]:
        Q, K, V = inputs(rng, batch, T, S, 6, 2)
        mask = visible(rng, (*batch, T, S))
        for result in (submission.attention(Q, K, V, mask), submission.attention(Q, K, V, mask=mask)):
            check(result, weights_of(Q, K, mask), V, name="attention(Q, K, V, mask)")
        # A key that would win by far, but is hidden.
        K[..., -1, :] = 1e4
        Q = np.abs(Q) + 0.1
        mask[..., -1] = False
        K[..., :-1, :] /= 3.0
        mask[..., 0] = True
        seen = weights_of(Q, K[..., :-1, :], mask[..., :-1])
        want = np.concatenate([seen, np.zeros((*batch, T, 1))], axis=-1)
        check(submission.attention(Q, K, V, mask), want, V, name="attention(Q, K, V, mask)")


def test_mask_broadcasts(submission, rng):
    B, T, S = 3, 4, 5
    Q, K, V = inputs(rng, (B,), T, S, 2, 6)
    for shape in [(T, S), (B, 1, S), (S,), (1, T, S), (B, T, 1)]:
        mask = rng.random(shape) < 0.5
        mask[..., 0] = True
        check(submission.attention(Q, K, V, mask), weights_of(Q, K, mask), V, name="attention(Q, K, V, mask)")
    # Two axes of batch: a mask of three axes belongs to the second of them.
    Q, K, V = inputs(rng, (2, 2), T, S, 3, 2)
    mask = rng.random((2, T, S)) < 0.5
    mask[..., 0] = True
    check(submission.attention(Q, K, V, mask), weights_of(Q, K, mask), V, name="attention(Q, K, V, mask)")
    # As many queries as sequences: a mask of two axes still belongs to tokens, not to the batch.
    Q, K, V = inputs(rng, (3,), 3, 3, 4, 2)
    mask = np.array([[s <= t for s in range(3)] for t in range(3)])
    check(submission.attention(Q, K, V, mask), weights_of(Q, K, mask), V, name="attention(Q, K, V, mask)")


def test_no_leak_from_future(submission, rng):
    T = 6
    Q, K, V = inputs(rng, (2,), T, T, 4, 3)
    mask = np.array([[[s <= t for s in range(T)] for t in range(T)]] * 2)
    before = as_array(out_of(submission.attention(Q, K, V, mask)), shape=(2, T, 3), name="The output")
    for now in (0, 2, 4):
        changed = [a.copy() for a in (Q, K, V)]
        for a in changed:
            a[:, now + 1 :] = rng.normal(scale=5.0, size=a[:, now + 1 :].shape)
        after = as_array(out_of(submission.attention(*changed, mask)), shape=(2, T, 3), name="The output")
        assert_close(after[:, : now + 1], before[:, : now + 1], rtol=1e-8, atol=1e-12,
                     name="The output of the tokens before a change")  # fmt: skip
        if np.isclose(after[:, now + 1 :], before[:, now + 1 :]).all():
            raise ComparisonFailed("A token doesn't even see itself: its own change has no influence on it.")
    assert_close(
        before[:, 0], V[:, 0], rtol=1e-8, name="The output of the first token, which sees only itself"
    )


def test_permutation_equivariance(submission, rng):
    B, T, S, dv = 2, 4, 5, 3
    Q, K, V = inputs(rng, (B,), T, S, 6, dv)
    plain = two(submission.attention(Q, K, V))
    out = as_array(plain[0], shape=(B, T, dv), name="The output")
    weights = as_array(plain[1], shape=(B, T, S), name="The array of weights")
    if min(np.ptp(out, axis=-2).min(), np.ptp(weights, axis=-1).min(), np.ptp(weights, axis=-2).min()) < 1e-9:
        raise ComparisonFailed("The result is the same for different queries or keys.")
    keys, queries = np.array([3, 0, 4, 1, 2]), np.array([1, 2, 3, 0])
    result = two(submission.attention(Q[:, queries], K[:, keys], V[:, keys]))
    assert_close(result[0], out[:, queries], rtol=1e-8, atol=1e-12, name="The output after a reordering")
    assert_close(result[1], weights[:, queries][:, :, keys], rtol=1e-8, name="The weights after a reordering")


def test_zero_query_averages(submission, rng):
    Q, K, V = inputs(rng, (2,), 3, 5, 4, 6)
    Q[:, 1] = 0.0
    out = as_array(out_of(submission.attention(Q, K, V)), shape=(2, 3, 6), name="The output")
    assert_close(out[:, 1], V.mean(axis=1), rtol=1e-8, atol=1e-12, name="The output for a query of zeros")
    mask = np.array([True, False, True, True, False])
    out = as_array(
        out_of(submission.attention(Q, K, V, np.tile(mask, (2, 3, 1)))), shape=(2, 3, 6), name="The output"
    )
    assert_close(out[:, 1], V[:, mask].mean(axis=1), rtol=1e-8, atol=1e-12,
                 name="The output for a query of zeros under a mask")  # fmt: skip


def test_large_scores(submission, rng):
    # One coordinate more, 1000 in all keys, adds one number to all scores of a query. A score of
    # 1e6 is known to 1e-10, so the weights are known to about 1e-9.
    shift = np.array([2000.0, -2000.0, 0.0, 1500.0])
    Q, K, V = inputs(rng, (2,), 4, 5, 4, 3)
    K[..., 0] = 0.0
    want = weights_of(Q, K)
    Q[..., 0], K[..., 0] = shift, 1000.0
    check(submission.attention(Q, K, V), want, V, rtol=1e-7)
    mask = visible(rng, (2, 4, 5))
    hidden = want * mask
    check(submission.attention(Q, K, V, mask), hidden / hidden.sum(axis=-1, keepdims=True), V, rtol=1e-7,
          name="attention(Q, K, V, mask)")  # fmt: skip
    # The visible scores are near −1e6, the hidden ones near 1e6.
    Q[..., 0], K[..., 0] = 1000.0, -2000.0
    far = mask[:, :1]
    want = weights_of(Q, K, far)
    K[..., 0] = np.where(far[:, 0], -2000.0, 2000.0)
    check(submission.attention(Q, K, V, far), want, V, rtol=1e-7, name="attention(Q, K, V, mask)")
    # Gaps of hundreds and more leave one key alone.
    winners = rng.integers(0, 5, size=4)
    Q, K = 1000.0 * np.eye(5)[winners], 500.0 * np.eye(5) - 250.0
    check(submission.attention(Q, K, V[0]), np.eye(5)[winners], V[0], rtol=1e-7)


def blind(rng):
    """Inputs and a mask in which one query of the first sequence and all of the second see nothing."""
    Q, K, V = inputs(rng, (2,), 3, 4, 5, 2)
    mask = np.ones((2, 3, 4), dtype=bool)
    mask[0, 0, :2] = mask[0, 1] = mask[1] = False
    return Q, K, V, mask


def test_fully_masked(submission, rng):
    Q, K, V, mask = blind(rng)
    result = two(submission.attention(Q, K, V, mask))
    weights = as_array(result[1], shape=(2, 3, 4), name="The array of weights")
    sees = mask.any(axis=-1)
    assert_close(weights.sum(axis=-1), sees.astype(float), rtol=1e-8, name="The sum of a query's weights")
    assert_close(weights[~sees], np.zeros((4, 4)), name="The weights of a query that may see nothing")
    out = as_array(result[0], shape=(2, 3, 2), name="The output")
    assert_close(out[~sees], np.zeros((4, 2)), name="The output for a query that may see nothing")
    if not np.isfinite(out).all() or not (out[sees] != 0).all():
        raise ComparisonFailed("The output for a query that sees something is 0 or isn't finite.")
    check(
        submission.attention(Q, K, V, np.zeros_like(mask)),
        np.zeros((2, 3, 4)),
        V,
        name="attention(Q, K, V, mask)",
    )
    # Masks that broadcast: by query, by sequence, one for all; then a single key, seen by one query.
    # A query of zeros gives equal weights, so that nothing but the mask matters here.
    Q = np.zeros_like(Q)
    some = np.array([[[True], [False], [True]], [[False], [True], [True]]])
    for other in (some, np.array([[[True] * 4], [[False] * 4]]), np.zeros(4, dtype=bool), some[0]):
        check(
            submission.attention(Q, K, V, other),
            np.full((2, 3, 4), 0.25) * other,
            V,
            name="attention(Q, K, V, mask)",
        )
    check(submission.attention(Q, K[:, :1], V[:, :1], some), 1.0 * some, V[:, :1],
          name="attention(Q, K, V, mask)")  # fmt: skip


def test_pairs(submission, rng):
    for T in (1, 2, 7, int(rng.integers(20, 60))):
        causal = sum(1 for t in range(T) for s in range(T) if s <= t)
        assert_equal(submission.attention_pairs(T), T * T, name="attention_pairs(T)")
        assert_equal(
            submission.attention_pairs(T, causal=False), T * T, name="attention_pairs(T, causal=False)"
        )
        assert_equal(
            submission.attention_pairs(T, causal=True), causal, name="attention_pairs(T, causal=True)"
        )
        assert_equal(submission.attention_pairs(T, True), causal, name="attention_pairs(T, True)")


def test_long_context(submission, rng):
    # Odd numbers beyond 2^53, which no float64 holds.
    T = 300_000_001 + 4 * int(rng.integers(0, 1000))
    assert_equal(submission.attention_pairs(T), T**2, name="attention_pairs(T)")
    assert_equal(
        submission.attention_pairs(T, causal=True), T * ((T + 1) // 2), name="attention_pairs(T, causal=True)"
    )


def test_no_warnings(submission, rng):
    Q, K, V, mask = blind(rng)
    two(assert_no_warnings(submission.attention, Q, K, V, mask))
    two(assert_no_warnings(submission.attention, Q, K, V))
    far = two(assert_no_warnings(submission.attention, 1000.0 * Q, 1000.0 * K, V))
    assert_close(as_array(far[1], shape=(2, 3, 4), name="The array of weights").sum(axis=-1), np.ones((2, 3)), rtol=1e-8,
                 name="The sum of a query's weights")  # fmt: skip


def test_no_mutation(submission, rng):
    Q, K, V, mask = blind(rng)
    for arguments in ((Q, K, V), (Q, K, V, mask), (Q, K, V, np.ones_like(mask))):
        result = two(assert_pure(submission.attention, *arguments))
        if len(arguments) == 3 and not as_array(result[0], shape=(2, 3, 2), name="The output").any():
            raise ComparisonFailed("The output is 0 everywhere.")
    for arguments in ((Q[0], K[0], V[0]), (Q[0], K[0], V[0], mask[0])):
        two(assert_pure(submission.attention, *arguments))
    one, other = (
        as_array(mask, shape=(4, 4), name="causal_mask(4)")
        for mask in submission.causal_mask.each([(4,), (4,)])
    )
    # One array that is sent twice arrives as one.
    if np.shares_memory(one, other):
        raise ComparisonFailed(
            "Two calls of causal_mask return the same array: whoever changes one result changes the other "
            "too. Return a new array each time."
        )
    # With one key its value is the output, but in memory of its own.
    assert_pure(submission.attention, Q, K[:, :1], V[:, :1])
