"""Hidden checks of exercise-23.

Oracles: sums in plain Python with math.fsum; the conditional entropy as a weighted mean of the rows'
entropies; the mutual information as the divergence of the table from the product of its margins; the
bottleneck from the whole table of x, y and t.
"""

import math

import numpy as np

from grader.testing import (
    ComparisonFailed,
    as_array,
    assert_close,
    assert_no_warnings,
    assert_pure,
    assert_raises,
)

# Differences of entropies of size 3 round by about 1e-15.
ROUNDING = {"rtol": 1e-9, "atol": 1e-12}


def distribution(rng, *shape):
    """Entries between 0.2 and 1 before they are made to sum to 1, so that none is tiny."""
    p = rng.uniform(0.2, 1.0, size=shape)
    return p / p.sum()


def encoder(rng, x, t):
    """Rows that sum to 1 and lean to different sides."""
    rows = rng.uniform(0.05, 1.0, size=(x, t)) ** 2
    return rows / rows.sum(axis=1, keepdims=True)


def with_zeros(rng):
    """A table with an impossible x, an impossible y and impossible pairs besides."""
    P = rng.uniform(0.2, 1.0, size=(4, 5))
    P[1] = P[:, 3] = P[0, 0] = P[2, 4] = 0.0
    return P / P.sum()


def surprise(p, base=2.0):
    return -math.fsum(q * math.log(q) for q in np.ravel(p).tolist() if q > 0) / math.log(base)


def given_rows(P, base=2.0):
    rows = [(sum(row), row) for row in P.tolist() if sum(row) > 0]
    return math.fsum(px * surprise(np.array(row) / px, base) for px, row in rows)


def divergence(P, base=2.0):
    px, py = P.sum(axis=1), P.sum(axis=0)
    terms = (P[i, j] * math.log(P[i, j] / (px[i] * py[j])) for i, j in np.ndindex(P.shape) if P[i, j] > 0)
    return math.fsum(terms) / math.log(base)


def trade(p_xy, p_t_given_x, beta, base=2.0):
    triple = p_xy[:, :, None] * p_t_given_x[:, None, :]
    return divergence(triple.sum(axis=1), base) - beta * divergence(triple.sum(axis=0), base)


def test_bits(submission, rng):
    p, q = rng.uniform(0.05, 0.95, size=2).tolist()
    k = int(rng.integers(3, 40))
    cases = [(p,), (q,), (p * q,), (2.0**-k,), (1.0,), (1e-300,)]
    want = [-math.log2(p), -math.log2(q), -math.log2(p) - math.log2(q), float(k), 0.0, 300 * math.log2(10)]
    for found, value in zip(submission.self_information.each(cases), want, strict=True):
        assert_close(found, value, **ROUNDING, name="self_information(p)")


def test_self_base(submission, rng):
    p = float(rng.uniform(0.05, 0.9))
    base = float(rng.uniform(3.0, 9.0))
    assert_close(submission.self_information(p, base), -math.log(p) / math.log(base), rtol=1e-9,
                 name="self_information(p, base)")  # fmt: skip
    assert_close(
        submission.self_information(p, base=math.e), -math.log(p), rtol=1e-9, name="self_information(p, base)"
    )


def test_entropy(submission, rng):
    cases = [distribution(rng, n) for n in (2, 3, 8)]
    cases += [rng.permutation(cases[2]), np.full(7, 1 / 7), np.array([0.5, 0.5]), np.ones(1)]
    # Two independent parts: the entropies add up.
    cases.append(np.outer(cases[0], cases[1]).ravel())
    want = [*map(surprise, cases[:3]), surprise(cases[2]), math.log2(7), 1.0, 0.0]
    want.append(want[0] + want[1])
    for p, h, value in zip(cases, submission.entropy.each([(p,) for p in cases]), want, strict=True):
        assert_close(h, value, **ROUNDING, name="entropy(p)", sizes={"n, the number of outcomes": len(p)})


def test_entropy_base(submission, rng):
    p = distribution(rng, 4)
    base = float(rng.uniform(3.0, 9.0))
    assert_close(submission.entropy(p, base), surprise(p, base), **ROUNDING, name="entropy(p, base)")
    assert_close(submission.entropy(np.full(9, 1 / 9), base=3), 2.0, **ROUNDING, name="entropy(p, base)")
    for base in (math.e, 1.5):
        assert_close(submission.entropy(p, base=base), surprise(p, base), **ROUNDING, name="entropy(p, base)")


def test_deterministic(submission, rng):
    p = distribution(rng, 3)
    spread = np.zeros(7)
    spread[rng.permutation(7)[:3]] = p
    tiny = np.array([p[0], 1.0 - p[0], 1e-300])
    cases = [(spread,), (np.eye(5)[int(rng.integers(5))],), (np.array([0.0, 0.5, 0.5]),), (tiny,)]
    want = [surprise(p), 0.0, 1.0, surprise(tiny)]
    for h, value in zip(submission.entropy.each(cases), want, strict=True):
        assert_close(h, value, **ROUNDING, name="entropy(p)")
    # What hardly ever happens is nearly all the uncertainty there is.
    rare = 2.0**-50 * np.array([1.0, 3.0])
    rare = np.append(rare, 1.0 - rare.sum())
    assert_close(submission.entropy(rare), surprise(rare), rtol=1e-9, name="entropy(p), nearly certain,")


def test_no_negative_zero(submission, rng):
    for p in (np.array([1.0]), np.eye(4)[int(rng.integers(4))]):
        h = as_array(submission.entropy(p), shape=(), name="entropy(p)")
        assert_close(h, 0.0, atol=1e-12, name="entropy(p)")
        if np.signbit(h):
            raise ComparisonFailed(
                "entropy(p) is a zero with a minus sign, where nothing is uncertain; it must be 0.0."
            )


def test_joint(submission, rng):
    p, q = distribution(rng, 3), distribution(rng, 4)
    tables = [distribution(rng, *shape) for shape in ((3, 4), (3, 3), (1, 5), (5, 1))] + [with_zeros(rng)]
    for P, h in zip(tables, submission.joint_entropy.each([(P,) for P in tables]), strict=True):
        assert_close(h, surprise(P), **ROUNDING, name="joint_entropy(P)")
    independent = submission.joint_entropy(np.outer(p, q))
    assert_close(independent, surprise(p) + surprise(q), **ROUNDING, name="joint_entropy(P)")
    P = distribution(rng, 2, 3)
    assert_close(
        submission.joint_entropy(P, 5.0), surprise(P, 5.0), **ROUNDING, name="joint_entropy(P, base)"
    )


def test_given_x(submission, rng):
    tables = [distribution(rng, *shape) for shape in ((3, 5), (4, 4), (5, 2))]
    tables[1][0] *= np.array([4.0, 1.0, 1.0, 1.0])  # far from symmetric, and the rows differ in weight
    tables[1] /= tables[1].sum()
    for P, h in zip(tables, submission.conditional_entropy.each([(P,) for P in tables]), strict=True):
        assert_close(h, given_rows(P), **ROUNDING, name="conditional_entropy(P)",
                     sizes={"X, the number of rows": len(P)})  # fmt: skip
    P = tables[0]
    assert_close(submission.conditional_entropy(P, base=math.e), given_rows(P, math.e), **ROUNDING,
                 name="conditional_entropy(P, base)")  # fmt: skip


def test_given_x_limits(submission, rng):
    p, q = distribution(rng, 3), distribution(rng, 4)
    settled = np.zeros((4, 3))
    settled[np.arange(4), [2, 0, 2, 1]] = q  # x settles y, but y = 2 leaves x open
    unsettled = with_zeros(rng)
    cases = [np.outer(p, q), q[None, :].copy(), q[:, None].copy(), settled, settled.T.copy(), unsettled]
    want = [surprise(q), surprise(q), 0.0, 0.0, given_rows(settled.T), given_rows(unsettled)]
    for h, value in zip(submission.conditional_entropy.each([(P,) for P in cases]), want, strict=True):
        assert_close(h, value, **ROUNDING, name="conditional_entropy(P)")
    # Nearly settled isn't settled.
    leak = 1e-9 * rng.uniform(1.0, 2.0, size=(2, 2))
    nearly = np.eye(2) * [[0.4], [0.6]] * (1.0 - leak.sum()) + leak
    assert_close(submission.conditional_entropy(nearly), given_rows(nearly), rtol=1e-5,
                 name="conditional_entropy(P), Y nearly settled by X,")  # fmt: skip


def test_mi_is_kl(submission, rng):
    tables = [distribution(rng, *shape) ** 2 for shape in ((3, 5), (4, 4), (5, 2))]
    tables = [P / P.sum() for P in tables] + [with_zeros(rng)]
    tables.append(tables[0].T.copy())
    want = [*map(divergence, tables[:4]), divergence(tables[0])]
    for value, i in zip(want, submission.mutual_information.each([(P,) for P in tables]), strict=True):
        assert_close(i, value, **ROUNDING, name="mutual_information(P)")
    P = tables[1]
    assert_close(submission.mutual_information(P, base=7), divergence(P, 7), **ROUNDING,
                 name="mutual_information(P, base)")  # fmt: skip


def test_independent(submission, rng):
    p, q = distribution(rng, 3), distribution(rng, 4)
    copied = np.zeros((4, 5))
    copied[[0, 1, 2, 3], [3, 0, 4, 1]] = q  # y is x under another name; the column 2 never happens
    tables = [np.outer(p, q), np.full((2, 2), 0.25), q[None, :].copy(), q[:, None].copy(), copied]
    want = [0.0, 0.0, 0.0, 0.0, surprise(q)]
    for i, value in zip(submission.mutual_information.each([(P,) for P in tables]), want, strict=True):
        assert_close(i, value, **ROUNDING, name="mutual_information(P)")
    # Nearly independent isn't independent. Differences of entropies round by about 1e-15 here.
    nudge = float(rng.uniform(1e-5, 2e-5))
    nearly = 0.25 + nudge * np.array([[1.0, -1.0], [-1.0, 1.0]])
    want = 8 * nudge**2 / math.log(2)
    assert_close(submission.mutual_information(nearly), want, rtol=1e-4, atol=1e-14,
                 name="mutual_information(P), X and Y nearly independent,")  # fmt: skip


def test_ib_identity(submission, rng):
    for shape in ((3, 5), (4, 4)):
        P = distribution(rng, *shape)
        beta = float(rng.uniform(1.5, 6.0))
        renamed = np.eye(len(P))[rng.permutation(len(P))]
        want = surprise(P.sum(axis=1)) - beta * divergence(P)
        for T in (np.eye(len(P)), renamed):
            assert_close(
                submission.bottleneck(P, T, beta), want, **ROUNDING, name="bottleneck(p_xy, T = X, β)"
            )


def test_ib_constant(submission, rng):
    P = distribution(rng, 3, 4) ** 2
    P /= P.sum()
    beta = float(rng.uniform(1.5, 6.0))
    blind = np.tile(distribution(rng, 5), (3, 1))
    for T in (np.ones((3, 1)), np.eye(2)[[1, 1, 1]], blind):
        assert_close(
            submission.bottleneck(P, T, beta), 0.0, **ROUNDING, name="bottleneck(p_xy, T without X, β)"
        )


def test_ib_value(submission, rng):
    beta = float(rng.uniform(1.5, 6.0))
    cases = []
    for x, y, t in ((5, 3, 2), (3, 3, 3), (3, 4, 5)):
        P = distribution(rng, x, y) ** 2
        cases.append((P / P.sum(), encoder(rng, x, t), beta))
    cases += [(*cases[0][:2], 0.0), (*cases[1][:2], 0.3), (with_zeros(rng), encoder(rng, 4, 3), beta)]
    for case, value in zip(cases, submission.bottleneck.each(cases), strict=True):
        assert_close(value, trade(*case), **ROUNDING, name="bottleneck(p_xy, p_t_given_x, β)")
    assert_close(submission.bottleneck(*cases[2], base=math.e), trade(*cases[2], base=math.e), **ROUNDING,
                 name="bottleneck(p_xy, p_t_given_x, β, base)")  # fmt: skip


def test_validates(submission, rng):
    P = distribution(rng, 3, 4)
    # The limit is 1e-9 on either side: 5e-10 is within, 5e-9 is not.
    for off in (5e-10, -5e-10):
        as_array(submission.entropy(P.ravel() * (1 + off)), shape=(), name="entropy(p)")
    for p in (
        P.ravel() * 1.2,
        P.ravel() * (1 - 5e-9),
        P.ravel() * (1 + 5e-9),
        np.append(P.ravel() * (1 + 1e-6), -1e-6),
        np.append(P.ravel() * (1 + 5e-10), -5e-10),
        np.array([0.6, -0.1, 0.5]),
        np.array([1.5, -0.5]),
        np.zeros(3),
    ):
        assert_raises(ValueError, submission.entropy, p)
    negative = P.copy()
    negative[1, 2], negative[1, 3] = -0.01, P[1, 2] + P[1, 3] + 0.01  # no margin shows it
    for function in (submission.joint_entropy, submission.conditional_entropy, submission.mutual_information):
        as_array(function(P * (1 - 5e-10)), shape=())
        # Rows that sum to 1 each are a table of p(y|x), not of p(x, y).
        for table in (P * 1.2, P * (1 - 5e-9), P * (1 + 5e-9), negative, P / P.sum(axis=1, keepdims=True)):
            assert_raises(ValueError, function, table)


def test_ib_validates(submission, rng):
    P, T = distribution(rng, 3, 4), encoder(rng, 3, 2)
    long, negative = T.copy(), T.copy()
    long[1] *= 1.2
    negative[2] = [1.3, -0.3]
    off = P.copy()
    off[1, 2], off[1, 3] = -0.01, P[1, 2] + P[1, 3] + 0.01
    # Rows that make up for one another, and a row that p(x) = 0 hides: the table p(x, t) sums to 1.
    even, balanced = P / P.sum(axis=1, keepdims=True) / 3, T * np.array([[0.9], [1.1], [1.0]])
    absent = P * np.array([[1.0], [0.0], [1.0]])
    absent /= absent.sum()
    columns = encoder(rng, 3, 3).T.copy()
    for p_xy, p_t_given_x in ((P, T), (absent, T), (P * (1 + 5e-10), T), (P, T * (1 - 5e-10))):
        as_array(
            submission.bottleneck(p_xy, p_t_given_x, 2.0), shape=(), name="bottleneck(p_xy, p_t_given_x, β)"
        )
    for p_xy, p_t_given_x in (
        (P, long),
        (P, negative),
        (P * 1.2, T),
        (off, np.eye(3)),
        (even, balanced),
        (absent, long),
        (absent, T * np.array([[1.0], [0.0], [1.0]])),
        (P, columns),
        (P, T * (1 + 5e-9)),
        (P * (1 - 5e-9), T),
    ):
        assert_raises(ValueError, submission.bottleneck, p_xy, p_t_given_x, 2.0)


def test_no_warnings(submission, rng):
    p = np.zeros(5)
    p[rng.permutation(5)[:3]] = distribution(rng, 3)
    as_array(assert_no_warnings(submission.entropy, p), shape=(), name="entropy(p)")
    assert_close(assert_no_warnings(submission.entropy, np.eye(3)[1]), 0.0, atol=1e-12, name="entropy(p)")


def test_no_mutation(submission, rng):
    P = with_zeros(rng)
    as_array(assert_pure(submission.entropy, P.ravel()), shape=(), name="entropy(p)")
    for function in (submission.joint_entropy, submission.conditional_entropy, submission.mutual_information):
        as_array(assert_pure(function, P), shape=())
    as_array(assert_pure(submission.bottleneck, P, np.eye(4)[:, [2, 0, 3, 1]].copy(), 2.0), shape=())
