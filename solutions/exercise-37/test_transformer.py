"""Hidden checks of exercise-37.

The oracle walks over texts, heads and queries one by one, takes a softmax weight as
1 / Σ_j exp(s_j − s_i), and normalises each token by itself; identities (order of heads, order of
tokens, causality, a stream that nothing is added to) stand beside it. All calls of a check are made
before the first comparison, so that a known mistake shows itself in all of them.
"""

import math

import numpy as np

from grader.testing import as_array, assert_close, assert_equal, assert_pure, assert_raises

# Sums of d to T terms of size 1; entries near 0 need the absolute part.
CLOSE = {"rtol": 1e-8, "atol": 1e-10}


def attended(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
    texts, tokens, d = X.shape
    width = d // n_heads
    mixed = np.zeros_like(X)
    for b in range(texts):
        for h in range(n_heads):
            columns = slice(h * width, (h + 1) * width)
            q, k, v = X[b] @ Wq[:, columns], X[b] @ Wk[:, columns], X[b] @ Wv[:, columns]
            for t in range(tokens):
                seen = [s for s in range(tokens) if mask is None or mask[t, s]]
                scores = k[seen] @ q[t] / math.sqrt(width)
                with np.errstate(over="ignore"):
                    weights = 1.0 / np.exp(scores[None, :] - scores[:, None]).sum(axis=1)
                mixed[b, t, columns] = weights @ v[seen]
    return mixed @ Wo


def normed(X, gamma, beta):
    out = np.empty_like(X)
    for index in np.ndindex(X.shape[:-1]):
        row = X[index]
        mean = math.fsum(row) / len(row)
        variance = math.fsum((x - mean) ** 2 for x in row) / len(row)
        out[index] = (row - mean) / math.sqrt(variance + 1e-5) * gamma + beta
    return out


def block(X, p, n_heads):
    mask = np.tril(np.ones((X.shape[1], X.shape[1]), dtype=bool))
    after = X + attended(normed(X, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], n_heads, mask)
    inner = normed(after, p["g2"], p["c2"]) @ p["W1"] + p["b1"]
    return after + np.where(inner > 0, inner, 0.0) @ p["W2"] + p["b2"]


def case(rng, texts, tokens, width, n_heads):
    """Inputs whose scores are of size 1, so that the softmax is neither flat nor one-hot."""
    d = width * n_heads
    weights = [rng.normal(scale=1.2 / math.sqrt(d), size=(d, d)) for _ in range(4)]
    return (rng.normal(size=(texts, tokens, d)), *weights, n_heads)


def parameters(rng, d, d_ff):
    p = {name: rng.normal(scale=1.2 / math.sqrt(d), size=(d, d)) for name in ("Wq", "Wk", "Wv", "Wo")}
    p |= {"W1": rng.normal(size=(d, d_ff)) / math.sqrt(d), "b1": rng.normal(size=d_ff)}
    p |= {"W2": rng.normal(size=(d_ff, d)) / math.sqrt(d_ff), "b2": rng.normal(size=d)}
    p |= {"g1": rng.uniform(0.5, 1.5, size=d), "c1": rng.normal(size=d)}
    return p | {"g2": rng.uniform(0.5, 1.5, size=d), "c2": rng.normal(size=d)}


def random_mask(rng, tokens):
    """Neither symmetric nor causal; each query sees one key at least, not always itself."""
    mask = rng.random((tokens, tokens)) < 0.5
    mask[np.arange(tokens), rng.integers(0, tokens, size=tokens)] = True
    mask[0, -1], mask[-1, 0] = True, False
    mask[-1, 1] = True
    return mask


def test_mha_values(submission, rng):
    every = [(2, 5, 4, 3), (3, 3, 3, 3), (2, 3, 2, 4), (1, 1, 2, 3), (2, 4, 2, 6), (1, 5, 1, 16)]
    cases = [case(rng, *sizes) for sizes in every]
    results = submission.multi_head_attention.each(cases)
    for args, result in zip(cases, results, strict=True):
        assert_close(result, attended(*args), **CLOSE, name="multi_head_attention(X, …)")


def test_one_head(submission, rng):
    cases = [case(rng, 2, 5, 6, 1), case(rng, 4, 4, 4, 1)]
    wants = []
    for X, Wq, Wk, Wv, Wo, _ in cases:
        scores = np.einsum("bti,ij,kj,bsk->bts", X, Wq, Wk, X) / math.sqrt(X.shape[-1])
        weights = 1.0 / np.exp(scores[:, :, None, :] - scores[:, :, :, None]).sum(axis=-1)
        wants.append(np.einsum("bts,bsi,ij,jk->btk", weights, X, Wv, Wo))
    for result, want in zip(submission.multi_head_attention.each(cases), wants, strict=True):
        assert_close(result, want, **CLOSE, name="multi_head_attention with one head")


def test_head_permutation_invariance(submission, rng):
    X, Wq, Wk, Wv, Wo, n_heads = case(rng, 2, 4, 3, 4)
    columns = np.concatenate([np.arange(3) + 3 * h for h in (2, 0, 3, 1)])
    want = attended(X, Wq, Wk, Wv, Wo, n_heads)
    moved = (X, Wq[:, columns], Wk[:, columns], Wv[:, columns], Wo[columns], n_heads)
    # One feature of a head changes places with one of another: this does matter.
    across = np.arange(12)
    across[[1, 7]] = 7, 1
    mixed = (X, Wq[:, across], Wk[:, across], Wv[:, across], Wo[across], n_heads)
    same, other = submission.multi_head_attention.each([moved, mixed])
    assert_close(same, want, **CLOSE, name="multi_head_attention with its heads in another order")
    assert_close(other, attended(*mixed), **CLOSE, name="multi_head_attention with features in other heads")


def test_token_permutation(submission, rng):
    X, *rest = case(rng, 2, 6, 2, 2)
    order = np.array([3, 5, 0, 1, 4, 2])
    want = attended(X, *rest)
    plain, moved = submission.multi_head_attention.each([(X, *rest), (X[:, order], *rest)])
    assert_close(plain, want, **CLOSE, name="multi_head_attention without a mask")
    assert_close(moved, want[:, order], **CLOSE, name="multi_head_attention of the tokens in another order")


def test_mask(submission, rng):
    cases = []
    for sizes in [(2, 5, 2, 3), (3, 4, 4, 4), (2, 4, 5, 1)]:
        args = case(rng, *sizes)
        cases += [(*args, random_mask(rng, sizes[1])), (*args, np.tri(sizes[1], dtype=bool))]
    results = submission.multi_head_attention.each(cases)
    named = submission.multi_head_attention(*cases[0][:5], n_heads=cases[0][5], mask=cases[0][6])
    for args, result in zip([*cases, cases[0]], [*results, named], strict=True):
        assert_close(result, attended(*args), **CLOSE, name="multi_head_attention(X, …, mask)")


def test_divisible(submission, rng):
    X, Wq, Wk, Wv, Wo, _ = case(rng, 2, 3, 4, 3)
    result = submission.multi_head_attention(X, Wq, Wk, Wv, Wo, 6)
    as_array(result, shape=X.shape, name="multi_head_attention, d = 12, 6 heads")
    for n_heads in (5, 8, 24):
        assert_raises(ValueError, submission.multi_head_attention, X, Wq, Wk, Wv, Wo, n_heads)


def test_large_scores(submission, rng):
    X, Wq, Wk, Wv, Wo, n_heads = case(rng, 2, 5, 3, 2)
    args = (X, 20.0 * Wq, 20.0 * Wk, Wv, Wo, n_heads)
    # Scores of about −1000: one direction that all queries share, and all keys have turned round.
    one = np.ones((1, 1, 6))
    away = (X * 0.1 + 25.0 * one, np.eye(6), -np.eye(6), Wv, Wo, n_heads)
    mask = random_mask(rng, 5)
    cases = [args, away, (*args, mask), (*away, mask)]
    # Scores are rounded by 1e-13 of their size, and the weights with them.
    for case_, result in zip(cases, submission.multi_head_attention.each(cases), strict=True):
        assert_close(
            result, attended(*case_), rtol=1e-7, atol=1e-8, name="multi_head_attention, scores near ±1000"
        )
    # Heads of width 1, scores of ±10 000 in head 0. Where a query sees only keys of −10 000, whatever
    # stands for a hidden score must lie far below them.
    X = rng.uniform(0.5, 1.5, size=(2, 4, 2))
    X[:, :, 0] = [[100.0, -100.0, 100.0, -100.0], [-100.0, 100.0, 100.0, -100.0]]
    args = (X, np.eye(2), np.eye(2), Wv[:2, :2], Wo[:2, :2], 2)
    cases = [(*args, X[text, :, :1] != X[text, :, 0]) for text in (0, 1)] + [args]
    for case_, result in zip(cases, submission.multi_head_attention.each(cases), strict=True):
        assert_close(
            result, attended(*case_), rtol=1e-7, atol=1e-8, name="multi_head_attention, scores near ±10 000"
        )


def test_block_values(submission, rng):
    cases = []
    for texts, tokens, width, n_heads, d_ff in [
        (2, 5, 2, 3, 7),
        (4, 4, 4, 1, 4),
        (1, 3, 3, 4, 20),
        (2, 3, 1, 6, 5),
    ]:
        d = width * n_heads
        # A dict's entries are known by their names, not by their order.
        p = dict(sorted(parameters(rng, d, d_ff).items(), key=lambda entry: entry[0].swapcase()))
        cases.append((rng.normal(size=(texts, tokens, d)), p, n_heads))
    for args, result in zip(cases, submission.transformer_block.each(cases), strict=True):
        assert_close(result, block(*args), **CLOSE, name="transformer_block(X, p, n_heads)")


def test_causal_block(submission, rng):
    X, p = rng.normal(size=(2, 6, 4)), parameters(rng, 4, 5)
    cut = int(rng.integers(2, 5))
    changed = X.copy()
    changed[:, cut:] = rng.normal(size=(2, 6 - cut, 4))
    want = block(X, p, 2)
    cases = [(X, p, 2), (changed, p, 2), (X[:, :cut], p, 2)]
    plain, other, short = submission.transformer_block.each(cases)
    assert_close(plain, want, **CLOSE, name="transformer_block(X, p, n_heads)")
    other = as_array(other, shape=X.shape, name="transformer_block with other tokens at the end")
    assert_close(
        other[:, :cut], want[:, :cut], **CLOSE, name="transformer_block at the tokens before a change"
    )
    assert_close(short, want[:, :cut], **CLOSE, name="transformer_block of the beginning of the text")
    # Keys point away from their own queries: the first token, which sees itself alone, has a score
    # just above −10 000, and those of the hidden tokens are larger. (LN₁ makes |x|² = 4.)
    turn = np.linalg.qr(rng.normal(size=(4, 4)))[0] * math.sqrt(5000.0)
    away = p | {"g1": np.ones(4), "c1": np.zeros(4), "Wq": turn, "Wk": -turn}
    assert_close(submission.transformer_block(X, away, 1), block(X, away, 1), rtol=1e-7, atol=1e-8,
                 name="transformer_block where the tokens ahead have the larger scores")  # fmt: skip


def test_zero_weights_identity(submission, rng):
    X, p = rng.normal(scale=3.0, size=(2, 4, 6)), parameters(rng, 6, 5)
    silent = p | {"Wo": np.zeros((6, 6)), "W2": np.zeros((5, 6)), "b2": np.zeros(6)}
    biased = silent | {"b2": p["b2"]}
    only_attention = p | {"W2": np.zeros((5, 6)), "b2": np.zeros(6)}
    cases = [(X, silent, 3), (X, biased, 3), (X, only_attention, 3)]
    same, moved, attending = submission.transformer_block.each(cases)
    assert_close(same, X, rtol=1e-12, name="transformer_block with Wo, W2 and b2 zero")
    assert_close(moved, X + p["b2"], rtol=1e-12, atol=1e-13, name="transformer_block with Wo and W2 zero")
    assert_close(attending, block(*cases[2]), **CLOSE, name="transformer_block with W2 and b2 zero")


def test_token_shift(submission, rng):
    # Both norms take the mean of a token's features away: a constant runs through the stream.
    X, p = rng.normal(size=(2, 5, 6)), parameters(rng, 6, 4)
    shift = rng.uniform(5.0, 50.0, size=(2, 5, 1))
    # (x + c) − c rounds by 1e-14, which the norms pass on.
    assert_close(submission.transformer_block(X + shift, p, 2), block(X, p, 2) + shift, rtol=1e-8, atol=1e-9,
                 name="transformer_block with a constant added to each token")  # fmt: skip


def test_small_spread(submission, rng):
    # Variances near ε = 1e-5, and tokens whose features are all equal. Wo is small, so that LN₂ sees them, too.
    X, p = rng.normal(scale=3e-3, size=(2, 4, 6)), parameters(rng, 6, 5)
    X[0, 1] = X[1, 2] = 2.5
    p["Wo"] *= 1e-3
    assert_close(submission.transformer_block(X, p, 3), block(X, p, 3), **CLOSE,
                 name="transformer_block of tokens with little spread")  # fmt: skip


def test_param_count(submission, rng):
    sizes = [tuple(int(n) for n in rng.integers(2, 5000, size=2)) for _ in range(4)] + [(1, 1), (7, 7)]
    wants = [sum(array.size for array in shapes(d, d_ff)) for d, d_ff in sizes]
    assert_equal(submission.block_param_count.each(sizes), wants, name="block_param_count(d, d_ff)")


def shapes(d, d_ff):
    """The twelve arrays, without memory."""
    every = [(d, d)] * 4 + [(d, d_ff), (d_ff,), (d_ff, d), (d,)] + [(d,)] * 4
    return [np.broadcast_to(0.0, shape) for shape in every]


def test_no_mutation(submission, rng):
    args = case(rng, 2, 4, 3, 2)
    X, p = rng.normal(size=(2, 3, 4)), parameters(rng, 4, 5)
    plain = assert_pure(submission.multi_head_attention, *args)
    masked = assert_pure(submission.multi_head_attention, *args, random_mask(rng, 4))
    after = assert_pure(submission.transformer_block, X, p, 2)
    as_array(plain, shape=(2, 4, 6), name="multi_head_attention(X, …)")
    as_array(masked, shape=(2, 4, 6), name="multi_head_attention(X, …, mask)")
    as_array(after, shape=(2, 3, 4), name="transformer_block(X, p, n_heads)")
