"""Hidden checks of exercise-38.

Oracles: softmax through ratios p_i = 1 / Σ_j exp(z_j − z_i) (for moderate scores), sums in plain
Python (math.fsum), sets of tokens picked out one by one from a sorted list, and whole-number
weights, whose totals are known without rounding. All calls of a check are made before the first
comparison, so that a known mistake shows itself in all of them.
"""

import math

import numpy as np

from grader.testing import as_array, assert_close, assert_equal, assert_pure, assert_raises


def softmax(logits):
    return 1.0 / np.exp(logits[..., None, :] - logits[..., :, None]).sum(axis=-1)


def shared_by(ids, probs):
    """Give the probabilities renormalised over `ids`, 0 elsewhere."""
    kept = np.zeros_like(probs)
    total = math.fsum(probs[i] for i in ids)
    for i in ids:
        kept[i] = probs[i] / total
    return kept


def ranking(probs):
    return sorted(range(len(probs)), key=lambda i: (-probs[i], i))


def log_prob(logits, ids):
    return math.fsum(
        row[i] - math.log(math.fsum(math.exp(z) for z in row))
        for row, i in zip(logits[:-1].tolist(), ids[1:].tolist(), strict=True)
    )


def drawn(probs, u):
    """Walk up the cumulative sums until u is passed."""
    total = 0.0
    for i, p in enumerate(probs):
        total += float(p)
        if total > u:
            return i
    raise AssertionError("u is too close to 1")


def away_from_steps(rng, probs, count, margin=1e-9):
    """Uniform numbers at which no rounding of the cumulative sums matters."""
    steps = np.cumsum(probs)
    return [u for u in rng.uniform(0.0, 1.0 - 1e-9, size=count).tolist() if np.abs(steps - u).min() > margin]


def compare_each(results, wants, name, **tolerance):
    for result, want in zip(results, wants, strict=True):
        assert_close(result, want, name=name, **tolerance)


def test_tied(submission, rng):
    # In the first case V = d, so that a forgotten transpose fits, too.
    cases = [
        (rng.normal(size=(t, d)), rng.normal(size=(v, d)))
        for t, v, d in [(3, 5, 5), (4, 4, 4), (2, 6, 3), (1, 7, 4)]
    ]
    wants = [(H[:, None, :] * E[None, :, :]).sum(axis=2) for H, E in cases]
    # Entries near 0 come from terms of size 1.
    compare_each(submission.tied_logits.each(cases), wants, "tied_logits(H, E)", rtol=1e-9, atol=1e-12)


def test_sequence_shifted(submission, rng):
    cases = [
        (rng.normal(scale=2.0, size=(t, v)), rng.integers(0, v, size=t))
        for t, v in [(7, 5), (6, 6), (4, 9), (2, 3), (1, 4)]
    ]
    wants = [log_prob(*case) for case in cases]
    for (_, ids), result, want in zip(cases, submission.sequence_log_prob.each(cases), wants, strict=True):
        assert_close(result, want, rtol=1e-9, atol=1e-12, name="sequence_log_prob(logits, ids)",
                     sizes={"T, the number of tokens": len(ids), "T − 1": len(ids) - 1} if len(ids) > 2 else {})  # fmt: skip


def test_chain_rule(submission, rng):
    # The token at which the text is cut ends the first part and is given in the second.
    logits, ids = rng.normal(scale=2.0, size=(9, 6)), rng.integers(0, 6, size=9)
    cut = int(rng.integers(2, 7))
    parts = [(logits, ids), (logits[: cut + 1], ids[: cut + 1]), (logits[cut:], ids[cut:])]
    whole, *pieces = submission.sequence_log_prob.each(parts)
    assert_close(whole, log_prob(logits, ids), rtol=1e-9, name="sequence_log_prob of the whole text")
    compare_each(
        pieces, [log_prob(*part) for part in parts[1:]], "sequence_log_prob of a part of the text", rtol=1e-9
    )


def test_no_underflow(submission, rng):
    logits, ids = rng.normal(size=(5000, 7)), rng.integers(0, 7, size=5000)
    cases = [(logits, ids), (np.zeros((5000, 4)), np.zeros(5000, dtype=int))]
    wants = [log_prob(logits, ids), -4999 * math.log(4)]
    # Tokens far behind the best one: their probability meets 1e-12, 1e-300 and then 0.
    for gap in (45.0, 720.0, 2000.0, 3e5):
        row = np.array([0.0, -gap, -2.0 * gap]) + float(rng.uniform(-1.0, 1.0))
        cases.append((np.stack([row, row, row]), np.array([0, 1, 2])))
        wants.append(-3.0 * gap)
    # Texts that are all but certain: something small added to the sum 5000 times shows.
    sure = np.where(np.arange(6) == ids[:, None] % 6, float(rng.uniform(60.0, 90.0)), 0.0)
    cases.append((sure, np.append(0, ids[:-1] % 6)))
    wants.append(0.0)
    for result, want, (_, text) in zip(submission.sequence_log_prob.each(cases), wants, cases, strict=True):
        what = "5000 tokens" if len(text) > 3 else "a most unlikely text"
        assert_close(result, want, rtol=1e-9, atol=1e-10, name=f"sequence_log_prob of {what}")


def check_top_k(submission, cases, name="top_k_probs(logits, k)"):
    wants = [shared_by(ranking(logits)[:k], softmax(logits)) for logits, k in cases]
    # Copies, since one array handed in twice would suffer twice from a change in place.
    copies = [(logits.copy(), k) for logits, k in cases]
    compare_each(submission.top_k_probs.each(copies), wants, name, rtol=1e-9)


def test_top_k(submission, rng):
    # Scores of both signs, in random order.
    check_top_k(
        submission, [(rng.normal(scale=2.0, size=v), k) for v, k in [(7, 3), (5, 2), (12, 9), (20, 5)]]
    )


def test_top_k_negative_logits(submission, rng):
    check_top_k(
        submission,
        [(-rng.uniform(0.5, 6.0, size=8), k) for k in (2, 5)],
        "top_k_probs(logits, k), all scores below 0",
    )


def test_top_k_all(submission, rng):
    logits = rng.normal(scale=2.0, size=6)
    check_top_k(
        submission, [(logits, 6), (logits, 1), (logits[:1], 1)], "top_k_probs(logits, k) with k = V or 1"
    )


def test_top_k_ties(submission, rng):
    high, middle, low = np.sort(rng.normal(size=3))[::-1] + np.array([0.5, 0.0, -0.5])
    row = np.array([low, middle, high, middle, low, middle, middle])
    # A long row, since sorting that isn't stable may still look so in a short one.
    long = np.where(rng.random(200) < 0.1, high, middle)
    over = int((long == high).sum()) + 60
    check_top_k(submission, [(row, 2), (row, 3), (row, 4), (row, 6), (np.full(5, middle), 3), (long, over)],
                "top_k_probs(logits, k) with equal scores")  # fmt: skip


def test_top_p_crossing(submission, rng):
    cases, wants = [], []
    for logits in (np.log([0.2, 0.4, 0.1, 0.3]), *(rng.normal(scale=1.5, size=v) for v in (3, 6, 11))):
        probs = softmax(logits)
        order = ranking(probs)
        for last in range(len(order)):
            # p lies inside the step of the token that crosses it.
            before = math.fsum(probs[i] for i in order[:last])
            cases.append((logits, float(before + rng.uniform(0.05, 0.95) * probs[order[last]])))
            wants.append(shared_by(order[: last + 1], probs))
    compare_each(submission.top_p_probs.each(cases), wants, "top_p_probs(logits, p)", rtol=1e-9)


def test_top_p_exact(submission, rng):
    # Totals of whole numbers over their sum: p equals the total of the first `last` tokens up to
    # rounding (1e-16), lies 1e-9 below it or 8e-13 above, or 1.2e-12 above, which is more than the
    # stub forgives.
    cases, wants = [], []
    for v in (4, 7, 10, 15, 20):
        weights = rng.permutation(np.cumsum(rng.integers(1, 5, size=v)))
        logits = np.log(weights) + rng.normal()
        probs = weights / weights.sum()
        order = ranking(weights)
        for last in range(1, v):
            p = int(weights[order[:last]].sum()) / int(weights.sum())
            cases += [(logits, p), (logits, p - 1e-9), (logits, p + 8e-13), (logits, p + 1.2e-12)]
            wants += [shared_by(order[:last], probs)] * 3 + [shared_by(order[: last + 1], probs)]
    results = submission.top_p_probs.each(cases)
    equal = submission.top_p_probs(np.full(8, rng.normal()), 0.5)
    compare_each(results, wants, "top_p_probs(logits, p), p a total of tokens", rtol=1e-9)
    # Which four of eight equal tokens stay is free.
    assert_close(
        np.sort(as_array(equal, shape=(8,), name="top_p_probs of 8 equal scores")),
        np.repeat([0.0, 0.25], 4),
        rtol=1e-9,
        name="top_p_probs of 8 equal scores, p = 0.5, sorted",
    )


def test_top_p_at_least_one(submission, rng):
    logits = rng.normal(size=6)
    logits[rng.integers(6)] += 4.0
    one = (logits == logits.max()).astype(float)
    cases = [(logits, 1e-3), (logits, 0.2), (logits, 1e-9), (logits[:1], 0.5), (logits[:1], 1.0)]
    compare_each(
        submission.top_p_probs.each(cases),
        [one] * 3 + [np.ones(1)] * 2,
        "top_p_probs(logits, p), p small",
        rtol=1e-12,
    )


def test_top_p_one(submission, rng):
    rows = [rng.normal(size=v) for v in (5, 8, 30)]
    results = submission.top_p_probs.each([(row, 1.0) for row in rows])
    compare_each(results, [softmax(row) for row in rows], "top_p_probs(logits, 1)", rtol=1e-9)


def test_k_range(submission, rng):
    logits = rng.normal(size=5)
    as_array(submission.top_k_probs(logits, 5), shape=(5,), name="top_k_probs(logits, V)")
    for k in (0, 6, -1):
        assert_raises(ValueError, submission.top_k_probs, logits, k)


def test_p_range(submission, rng):
    logits = rng.normal(size=5)
    as_array(submission.top_p_probs(logits, 1.0), shape=(5,), name="top_p_probs(logits, 1)")
    for p in (0.0, -0.3, 1.01, 1.0 + 1e-6):
        assert_raises(ValueError, submission.top_p_probs, logits, p)


def test_inverse_cdf(submission, rng):
    # Sums of halves and quarters are exact, so here u may stand on a step.
    steps = np.array([0.0, 0.25, 0.0, 0.5, 0.125, 0.125, 0.0])
    cases = [(steps, u) for u in (0.0, 0.25, 0.75, 0.875, 0.1, 0.5, 0.8, 0.999)]
    cases += [(steps, u) for u in (0.25 - 1e-13, 0.25 + 1e-9, 0.75 - 1e-9, 0.875 - 1e-13, 1.0 - 1e-9)]
    wants = [1, 3, 4, 5, 1, 3, 4, 5, 1, 3, 3, 4, 5]
    for v in (3, 8):
        probs = rng.dirichlet(np.ones(v)) * (np.arange(v) != 1)
        probs /= probs.sum()
        for u in away_from_steps(rng, probs, 40):
            cases.append((probs, u))
            wants.append(drawn(probs, u))
    assert_equal(submission.sample.each(cases), wants, name="sample(probs, u)")


def test_greedy(submission, rng):
    rows = [
        rng.permutation(np.arange(v) + rng.uniform(-9.0, 3.0)) * rng.uniform(0.05, 0.3) for v in (4, 9, 9)
    ]
    cases = [(row, temperature, u) for row in rows for temperature in (0, 0.0) for u in (0.0, 0.5, 0.999)]
    # The last one is the tie rule, with the largest score at ids 1, 4 and 5.
    cases += [(np.array([0.1, 0.7, -0.4, 0.2, 0.7, 0.7]), 0.0, u) for u in (0.0, 0.5, 0.999)]
    wants = [row.tolist().index(max(row.tolist())) for row, _, _ in cases]
    assert_equal(submission.pick.each(cases), wants, name="pick(logits, 0, u)")


def test_temperature(submission, rng):
    cases, wants = [], []
    for temperature in (0.4, 1.0, 3.0, 30.0):
        logits = rng.normal(scale=1.5, size=7)
        probs = softmax(logits / temperature)
        for u in away_from_steps(rng, probs, 60):
            cases.append((logits, temperature, u))
            wants.append(drawn(probs, u))
    # However low the temperature, scores as close as it is low all have their share. A power
    # 1/temperature of the probabilities would be as right, and rounds to 1e-6 here.
    for temperature in (0.2, 0.02, 1e-5, 1e-10):
        scores = rng.normal(scale=1.5, size=7)
        probs = softmax(scores)
        beside = [float(step) + d for step in np.cumsum(probs)[:-1] for d in (-2e-4, 2e-4)]
        for u in away_from_steps(rng, probs, 30, 1e-4) + [
            u for u in beside if np.abs(np.cumsum(probs) - u).min() > 1e-4
        ]:
            cases.append((scores * temperature, temperature, u))
            wants.append(drawn(probs, u))
    results = submission.pick.each(cases)
    named = submission.pick(cases[0][0], u=cases[0][2], temperature=cases[0][1])
    assert_equal(results, wants, name="pick(logits, temperature, u)")
    assert_equal(named, wants[0], name="pick(logits, temperature=…, u=…)")


def test_repeated_generation(submission, rng):
    # A model that sees one token back: row i of the table scores the token after i.
    table = rng.normal(scale=2.0, size=(6, 6))
    cases, wants, token = [], [], 0
    for step in range(40):
        temperature = 0.0 if step % 4 == 0 else 0.8
        probs = softmax(table[token] / 0.8)
        u = away_from_steps(rng, probs, 9)[0]
        cases.append((table[token], temperature, u))
        token = int(table[token].argmax()) if temperature == 0 else drawn(probs, u)
        wants.append(token)
    assert_equal(submission.pick.each(cases), wants, name="A text written by pick, token by token")


def test_large_logits(submission, rng):
    # A constant added to a row changes nothing; ±1000 rounds the scores by about 1e-13, 2¹⁵ by 4e-12.
    row = rng.normal(size=6)
    probs, order = softmax(row), ranking(row)
    middle = float(probs[order[0]] + 0.5 * probs[order[1]])
    rows = rng.normal(size=(4, 5))
    ids = rng.integers(0, 5, size=4)
    want = log_prob(rows, ids)
    u = away_from_steps(rng, probs, 9)[0]
    for shift in (1000.0, -1000.0, 2.0**15):
        sequence = submission.sequence_log_prob(rows + shift * np.array([[1.0], [-1.0], [1.0], [0.0]]), ids)
        top_k = submission.top_k_probs(row + shift, 3)
        top_p = submission.top_p_probs(row + shift, middle)
        token = submission.pick(row + shift, 1.0, u)
        assert_close(
            sequence,
            want,
            rtol=1e-9,
            atol=1e-9,
            name="sequence_log_prob(logits, ids), scores near ±1000 or beyond",
        )
        assert_close(
            top_k,
            shared_by(order[:3], probs),
            rtol=1e-9,
            name="top_k_probs(logits, k), scores near ±1000 or beyond",
        )
        assert_close(
            top_p,
            shared_by(order[:2], probs),
            rtol=1e-9,
            name="top_p_probs(logits, p), scores near ±1000 or beyond",
        )
        assert_equal(token, drawn(probs, u), name="pick(logits, 1, u), scores near ±1000 or beyond")
    # Scores far apart in one row: two tokens share the probability, the others have none.
    gap = float(rng.uniform(0.5, 2.0))
    second = 1.0 / (1.0 + math.exp(gap))
    wide, shares = np.array([-1000.0, 1000.0 - gap, 0.0, 1000.0]), np.array([0.0, second, 0.0, 1.0 - second])
    sequence = submission.sequence_log_prob(np.stack([wide, wide, wide]), np.array([0, 3, 1]))
    top_k = submission.top_k_probs(wide, 3)
    top_p = submission.top_p_probs(wide, 0.9999)
    token = submission.pick(wide, 1.0, 0.5 * second)
    assert_close(
        sequence,
        math.log(second) + math.log(1.0 - second),
        rtol=1e-9,
        name="sequence_log_prob, scores far apart",
    )
    assert_close(top_k, shares, rtol=1e-9, atol=1e-300, name="top_k_probs(logits, k), scores far apart")
    assert_close(top_p, shares, rtol=1e-9, atol=1e-300, name="top_p_probs(logits, p), scores far apart")
    assert_equal(token, 1, name="pick(logits, 1, u), scores far apart")
    # At a low temperature the largest score wins wherever u lies.
    cold = submission.pick(row + np.where(row == row.max(), 1.0, 0.0), 1e-3, u)
    assert_equal(cold, order[0], name="pick(logits, 0.001, u)")


def test_no_mutation(submission, rng):
    H, E = rng.normal(size=(3, 5)), rng.normal(size=(5, 5))
    logits = rng.normal(size=(4, 5))
    row = logits[0].copy()
    probs = softmax(row)
    as_array(assert_pure(submission.tied_logits, H, E), shape=(3, 5), name="tied_logits(H, E)")
    assert_pure(submission.sequence_log_prob, logits, np.array([1, 0, 4, 2]))
    assert_pure(submission.top_k_probs, row, 2)
    assert_pure(submission.top_k_probs, row, 1)
    assert_pure(submission.top_k_probs, row, 5)
    assert_pure(submission.top_p_probs, row, 0.5)
    assert_pure(submission.top_p_probs, row, 1e-3)
    assert_pure(submission.top_p_probs, row, 1.0)
    assert_pure(submission.sample, probs, 0.3)
    assert_pure(submission.pick, row, 0.7, 0.3)
    assert_pure(submission.pick, row, 0, 0.3)
