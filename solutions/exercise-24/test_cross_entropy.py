"""Hidden checks of exercise-24.

Oracles: sums in plain Python (math.fsum rounds once), finite differences of the loss, geometric
means, and numerical integration for the two normal distributions. All calls of a check are made
before the first comparison, so that a known mistake shows itself in all of them.
"""

import math

import numpy as np

from grader.testing import as_array, assert_close, assert_pure, finite_difference


def distribution(rng, classes):
    """Probabilities of different sizes, none below 0.1/classes."""
    return 0.9 * rng.dirichlet(np.full(classes, 1.5)) + 0.1 / classes


def entropy(p):
    return -math.fsum(a * math.log(a) for a in p.tolist() if a > 0)


def divergence(p, q):
    return math.fsum(
        a * (math.log(a) - math.log(b)) for a, b in zip(p.tolist(), q.tolist(), strict=True) if a > 0
    )


def losses(logits, y):
    """Loss of each row as log Σ_j exp(z_j − z_y), for moderate scores."""
    return [
        math.log(math.fsum(math.exp(z - row[c]) for z in row))
        for row, c in zip(logits.tolist(), y.tolist(), strict=True)
    ]


def mean_loss(logits, y):
    return math.fsum(losses(logits, y)) / len(y)


def softmax(logits):
    """p_i = 1 / Σ_j exp(z_j − z_i), for moderate scores."""
    return 1.0 / np.exp(logits[:, None, :] - logits[:, :, None]).sum(axis=2)


def batch(rng, rows, classes):
    """Scores in the responsive range; labels that repeat and aren't in order."""
    return rng.normal(scale=2.0, size=(rows, classes)), rng.integers(0, classes, size=rows)


def test_ce_values(submission, rng):
    cases = [(distribution(rng, n), distribution(rng, n)) for n in (2, 3, 9)] + [(np.ones(1), np.ones(1))]
    for (p, q), h in zip(cases, submission.cross_entropy.each(cases), strict=True):
        assert_close(h, entropy(p) + divergence(p, q), rtol=1e-9, atol=1e-10, name="cross_entropy(p, q)",
                     sizes={"C, the number of classes": len(p)})  # fmt: skip


def test_ce_min_is_entropy(submission, rng):
    p = distribution(rng, 5)
    least = submission.cross_entropy(p, p.copy())
    direction = rng.normal(size=5)
    direction -= direction.mean()
    steps = (-0.01, 1e-4, 0.01)
    others = [p + step * direction / np.abs(direction).max() for step in steps]
    around = submission.cross_entropy.each([(p.copy(), q) for q in others])
    assert_close(least, entropy(p), rtol=1e-9, name="cross_entropy(p, p)")
    for q, h in zip(others, around, strict=True):
        # The rise over H(p) is the divergence, here between 5e-9 and 1e-2; the sums round by 1e-16.
        rise = as_array(h, shape=(), name="cross_entropy(p, q)") - entropy(p)
        assert_close(rise, divergence(p, q), rtol=1e-3, atol=2e-11, name="cross_entropy(p, q) − H(p)")


def test_one_hot(submission, rng):
    q = distribution(rng, 6)
    classes = (0, 2, 5)
    for c, h in zip(
        classes, submission.cross_entropy.each([(np.eye(6)[c], q.copy()) for c in classes]), strict=True
    ):
        assert_close(h, -math.log(q[c]), rtol=1e-9, name="cross_entropy(one-hot p, q)")


def test_zero_times_log_zero(submission, rng):
    a, b = (float(u) for u in rng.uniform(0.1, 0.9, size=2))
    cases = [
        (np.array([0.0, a, 0.0, 1.0 - a]), np.array([0.0, b, 0.0, 1.0 - b])),
        (np.array([a, 0.0, 1.0 - a]), np.array([b / 2, 0.5, (1.0 - b) / 2])),
        (np.array([0.0, 1.0]), np.array([0.0, 1.0])),
    ]
    want = [
        -a * math.log(b) - (1.0 - a) * math.log(1.0 - b),
        -a * math.log(b / 2) - (1.0 - a) * math.log((1.0 - b) / 2),
        0.0,
    ]
    for h, value in zip(submission.cross_entropy.each(cases), want, strict=True):
        assert_close(h, value, rtol=1e-9, atol=1e-10, name="cross_entropy(p, q)")


def test_ce_infinite(submission, rng):
    p = distribution(rng, 4)
    q = p.copy()
    q[1], q[2] = 0.0, q[1] + q[2]
    tiny = p.copy()
    tiny[3], tiny[0] = 1e-200, p[0] + p[3]
    # Rare isn't never, nor is it close to it.
    rare = [np.array([t, p[0], 1.0 - p[0] - t]) for t in (1e-10, 1e-20)]
    blind = [np.array([0.0, 0.5, 0.5]), np.array([0.0, p[0], 1.0 - p[0]])]
    never, hardly, *rarely = submission.cross_entropy.each(
        [(p, q), (p.copy(), tiny)] + [(r, b.copy()) for r in rare for b in blind]
    )
    for infinite in (never, *rarely):
        assert_close(infinite, np.inf, name="cross_entropy(p, q)")
    assert_close(hardly, entropy(p) + divergence(p, tiny), rtol=1e-9, name="cross_entropy(p, q)")


def test_kl(submission, rng):
    cases = [(distribution(rng, n), distribution(rng, n)) for n in (2, 3, 8)]
    # Two independent parts: the divergences add up.
    (p1, q1), (p2, q2) = cases[:2]
    cases.append((np.outer(p1, p2).ravel(), np.outer(q1, q2).ravel()))
    want = [divergence(p, q) for p, q in cases[:3]]
    want.append(want[0] + want[1])
    for value, d in zip(want, submission.kl_divergence.each(cases), strict=True):
        # A difference of two sums of size 2 rounds by about 1e-15.
        assert_close(d, value, rtol=1e-9, atol=1e-13, name="kl_divergence(p, q)")


def test_kl_zero(submission, rng):
    p = distribution(rng, 5)
    near = p + 1e-4 * np.array([1.0, -2.0, 3.0, -1.0, -1.0]) * p.min()
    same, close = submission.kl_divergence.each([(p, p.copy()), (p.copy(), near)])
    assert_close(same, 0.0, atol=1e-13, name="kl_divergence(p, p)")
    assert_close(close, divergence(p, near), rtol=1e-3, atol=1e-13, name="kl_divergence(p, q)")


def test_kl_p_zero(submission, rng):
    a, b, c = (float(u) for u in rng.uniform(0.1, 0.9, size=3))
    cases = [
        (np.array([0.0, a, 1.0 - a]), np.array([1.0 - c, c * b, c * (1.0 - b)])),
        (np.array([a, 0.0, 1.0 - a, 0.0]), np.array([b, 0.0, 1.0 - b, 0.0])),
        (np.eye(3)[1], np.array([(1.0 - c) / 2, c, (1.0 - c) / 2])),
    ]
    for (p, q), d in zip(cases, submission.kl_divergence.each(cases), strict=True):
        assert_close(d, divergence(p, q), rtol=1e-9, atol=1e-13, name="kl_divergence(p, q)")


def test_kl_infinite(submission, rng):
    p = distribution(rng, 4)
    q = p.copy()
    q[1], q[2] = 0.0, q[1] + q[2]
    tiny = p.copy()
    tiny[3], tiny[0] = 1e-200, p[0] + p[3]
    # Rare isn't never, nor is it close to it.
    rare = [np.array([t, p[0], 1.0 - p[0] - t]) for t in (1e-10, 1e-20)]
    blind = [np.array([0.0, 0.5, 0.5]), np.array([0.0, p[0], 1.0 - p[0]])]
    never, hardly, *rarely = submission.kl_divergence.each(
        [(p, q), (p.copy(), tiny)] + [(r, b.copy()) for r in rare for b in blind]
    )
    for infinite in (never, *rarely):
        assert_close(infinite, np.inf, name="kl_divergence(p, q)")
    assert_close(hardly, divergence(p, tiny), rtol=1e-9, name="kl_divergence(p, q)")


def test_nll(submission, rng):
    cases = [batch(rng, *shape) for shape in ((6, 4), (5, 5), (1, 3), (3, 7), (4, 1))]
    logits, y = cases[0]
    cases.append((np.vstack([logits, logits]), np.concatenate([y, y])))
    cases.append((np.full((3, 5), 1.7), np.array([4, 0, 4])))
    for (z, y), loss in zip(cases, submission.nll_from_logits.each(cases), strict=True):
        assert_close(loss, mean_loss(z, y), rtol=1e-9, atol=1e-12, name="nll_from_logits(logits, y)",
                     sizes={"N, the number of rows": len(y), "C, the number of classes": z.shape[1]})  # fmt: skip


def test_nll_extreme(submission, rng):
    gap = float(rng.uniform(900.0, 1100.0))
    logits, y = batch(rng, 4, 3)
    moved = logits + np.array([[1000.0], [-1000.0], [0.0], [-20000.0]])
    cases = [
        (np.array([[gap, 0.0], [0.0, gap]]), np.array([1, 1])),
        (np.array([[0.0, -1e6, 1e6]]), np.array([1])),
        (np.array([[-1e12, 1e12], [0.0, 1.0]]), np.array([0, 0])),
        (moved, y),
    ]
    wants = (gap / 2, 2e6, 1e12, mean_loss(logits, y))
    # A shift by 20000 rounds the scores by 2e-12.
    for loss, want in zip(submission.nll_from_logits.each(cases), wants, strict=True):
        assert_close(loss, want, rtol=1e-9, atol=1e-10, name="nll_from_logits(logits, y)")
    # Nearly sure isn't sure: the loss is e^−21 or so, right to five digits however it is found.
    sure = float(rng.uniform(20.5, 21.5))
    loss = submission.nll_from_logits(np.array([[sure, 0.0]]), np.array([0]))
    assert_close(loss, math.exp(-sure), rtol=1e-4, name="nll_from_logits(logits, y), nearly sure,")


def test_nll_grad_fd(submission, rng):
    cases = [batch(rng, *shape) for shape in ((5, 3), (4, 4), (1, 6), (2, 3))]
    cases[3] = (cases[3][0], np.array([2, 2]))
    for (z, y), grad in zip(cases, submission.nll_grad.each(cases), strict=True):
        # h = 1e-6: rounding of the loss gives slopes good to about 1e-9.
        slope = finite_difference(lambda x, y=y: mean_loss(x, y), z)
        assert_close(grad, slope, rtol=1e-5, atol=1e-8, name="nll_grad(logits, y)",
                     sizes={"N, the number of rows": len(y), "C, the number of classes": z.shape[1]})  # fmt: skip


def test_grad_rows_sum_zero(submission, rng):
    logits, y = batch(rng, 6, 4)
    grad = as_array(submission.nll_grad(logits, y), shape=(6, 4), name="nll_grad(logits, y)")
    assert_close(grad.sum(axis=1), np.zeros(6), atol=1e-13, name="The sum of each row of the gradient")
    # Only the right class is pulled up, by as much as it lacks; all zeros would sum to 0 as well.
    lacks = 1.0 - softmax(logits)[np.arange(6), y]
    assert_close(
        -6.0 * grad[np.arange(6), y], lacks, rtol=1e-9, atol=1e-12, name="−N · nll_grad at the right classes"
    )


def test_grad_extreme(submission, rng):
    logits, y = batch(rng, 3, 4)
    moved = logits + np.array([[1000.0], [-1000.0], [-20000.0]])
    gap = float(rng.uniform(900.0, 1100.0))
    sure = np.array([[gap, 0.0, -gap], [0.0, gap, -gap]])
    wrong_and_right = np.array([2, 1])
    shifted, saturated = submission.nll_grad.each([(moved, y), (sure, wrong_and_right)])
    # A shift by 20000 rounds the scores by 2e-12.
    assert_close(
        shifted, (softmax(logits) - np.eye(4)[y]) / 3, rtol=1e-9, atol=1e-10, name="nll_grad(logits, y)"
    )
    assert_close(
        saturated, [[0.5, 0.0, -0.5], [0.0, 0.0, 0.0]], rtol=1e-9, atol=1e-12, name="nll_grad(logits, y)"
    )
    # What is hardly believed is pushed down hardly, but it is.
    faint = as_array(submission.nll_grad(np.array([[0.0, -40.0, -60.0]]), np.array([0])), shape=(1, 3),
                     name="nll_grad(logits, y)")  # fmt: skip
    assert_close(
        faint[0, 1:], [math.exp(-40.0), math.exp(-60.0)], rtol=1e-9, name="nll_grad at faint classes"
    )


def test_ppl_uniform(submission, rng):
    cases = [(50000, int(rng.integers(6, 20))), (2, 7), (int(rng.integers(100, 900)), 1)]
    found = submission.perplexity.each([(np.full(tokens, -math.log(words)),) for words, tokens in cases])
    for (words, _), ppl in zip(cases, found, strict=True):
        assert_close(
            ppl, float(words), rtol=1e-9, name="perplexity(logp)", sizes={"V, the vocabulary": words}
        )


def test_ppl_geometric_mean(submission, rng):
    p = rng.uniform(0.02, 0.9, size=6)
    # Far below e^-700 a floor under the probabilities would show.
    # A logarithm of 0 is a token that was foreseen with certainty: it counts like any other.
    cases = [
        np.log(p),
        np.log(np.concatenate([p, p])),
        np.array([-0.5, -1500.0, -1.0]),
        np.array([-1.5, 0.0]),
    ]
    want = [math.prod(p.tolist()) ** (-1 / 6)] * 2 + [math.exp(1501.5 / 3), math.exp(0.75)]
    for ppl, value in zip(submission.perplexity.each([(logp,) for logp in cases]), want, strict=True):
        assert_close(ppl, value, rtol=1e-9, name="perplexity(logp)",
                     sizes={"T, the number of tokens": 6})  # fmt: skip


def test_ppl_long(submission, rng):
    logp = rng.uniform(-9.0, -0.1, size=4000)
    cases = [(logp[:10].copy(),), (logp,)]
    for (text,), ppl in zip(cases, submission.perplexity.each(cases), strict=True):
        assert_close(ppl, math.exp(-math.fsum(text) / len(text)), rtol=1e-9, name="perplexity(logp)",
                     sizes={"T, the number of tokens": len(text)})  # fmt: skip


def test_ppl_mask(submission, rng):
    logp = rng.uniform(-5.0, -0.1, size=9)
    logp[8] = -6.0  # the last token isn't a typical one
    mask = rng.permutation(np.arange(9) < 5)
    kept = math.exp(-math.fsum(logp[mask]) / 5)
    elsewhere = np.where(mask, logp, rng.choice([0.0, -40.0, -300.0], size=9))
    alone = np.arange(9) == 4
    cases = [
        (logp, mask),
        (elsewhere, mask.copy()),
        (logp.copy(), alone),
        (logp.copy(), np.ones(9, dtype=bool)),
    ]
    found = submission.perplexity.each(cases)
    by_name = submission.perplexity(logp, mask=mask)
    want = [kept, kept, math.exp(-logp[4]), math.exp(-math.fsum(logp) / 9)]
    for ppl, value in zip([*found, by_name], [*want, kept], strict=True):
        assert_close(ppl, value, rtol=1e-9, name="perplexity(logp, mask)")


def test_kl_gaussian(submission, rng):
    mu1, mu2 = rng.normal(scale=2.0, size=(2, 3)).tolist()
    s1, s2 = rng.uniform(0.3, 3.0, size=(2, 3)).tolist()
    # One narrow in a wide one and one wide in a narrow one, whatever the random ones are.
    cases = [*zip(mu1, s1, mu2, s2, strict=True), (0.5, 0.4, -1.0, 2.0), (-1.5, 1.9, 0.25, 0.6)]
    cases.append((0.7, 0.5, 0.7, 1.4))
    for (mu1, s1, mu2, s2), d in zip(cases, submission.kl_gaussian.each(cases), strict=True):
        # The trapezoidal rule on ±14 standard deviations is exact to rounding for a Gaussian integrand.
        t = np.linspace(-14.0, 14.0, 1401)
        x = mu1 + s1 * t
        log_ratio = math.log(s2 / s1) - 0.5 * t**2 + 0.5 * ((x - mu2) / s2) ** 2
        density = np.exp(-0.5 * t**2)
        want = float((density * log_ratio).sum() / density.sum())
        assert_close(d, want, rtol=1e-9, atol=1e-12, name="kl_gaussian(mu1, s1, mu2, s2)")


def test_kl_gaussian_units(submission, rng):
    mu1, mu2 = rng.normal(size=2).tolist()
    s1, s2 = rng.uniform(0.3, 3.0, size=2).tolist()
    shift, unit = float(rng.normal(scale=5.0)), float(rng.uniform(2.0, 9.0))
    cases = [
        (mu1, s1, mu1, s1),
        (mu1, s1, mu2, s2),
        (unit * mu1 + shift, unit * s1, unit * mu2 + shift, unit * s2),
        (1000.0 + mu1, s1, mu1, s1),
    ]
    same, plain, rescaled, far = submission.kl_gaussian.each(cases)
    assert_close(same, 0.0, atol=1e-12, name="kl_gaussian(mu, s, mu, s)")
    plain = as_array(plain, shape=(), name="kl_gaussian(mu1, s1, mu2, s2)")
    assert_close(rescaled, plain, rtol=1e-9, atol=1e-12, name="kl_gaussian in another unit")
    assert_close(far, 1e6 / (2.0 * s1**2), rtol=1e-9, name="kl_gaussian(mu + 1000, s, mu, s)")
    near = submission.kl_gaussian(1e-5 * s1, s1, 0.0, s1)
    assert_close(near, 5e-11, rtol=1e-3, atol=1e-14, name="kl_gaussian of two that are nearly the same")


def test_no_mutation(submission, rng):
    p, q = np.array([0.25, 0.0, 0.75]), np.array([0.5, 0.2, 0.3])
    numbers = [assert_pure(submission.cross_entropy, p, q), assert_pure(submission.kl_divergence, p, q)]
    logits, y = batch(rng, 4, 3)
    numbers.append(assert_pure(submission.nll_from_logits, logits, y))
    grad = assert_pure(submission.nll_grad, logits, y)
    logp, mask = rng.uniform(-5.0, -0.1, size=4), np.array([True, False, True, True])
    numbers += [assert_pure(submission.perplexity, logp), assert_pure(submission.perplexity, logp, mask)]
    for result in [*numbers, grad]:
        as_array(result)
