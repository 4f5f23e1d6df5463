"""Hidden checks of exercise-17.

Oracles: matrices built from chosen eigenvalues, closed forms of the gap, elimination of the
constraint through P⁻¹, the slope of the lowest value by differences, and closed forms and laws of
the exponential family.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_equal, assert_pure, assert_raises

# Twice what the stub promises. A search that stopped too early is off by more, a full one by 1e-12 or so.
P_CLOSE = {"rtol": 0.0, "atol": 2e-8}


def given(x, n):
    """Take what f was called with; a wrong shape is worth a sentence of its own."""
    got = as_array(x, name="What f is called with")
    if got.shape != (n,):
        raise ComparisonFailed(f"f is called with the shape {got.shape}, where {(n,)} belongs.")
    return got


def symmetric(rng, eigenvalues):
    """A symmetric matrix with these eigenvalues and random eigenvectors."""
    Q = np.linalg.qr(rng.normal(size=(len(eigenvalues), len(eigenvalues))))[0]
    S = Q @ np.diag(eigenvalues) @ Q.T
    return (S + S.T) / 2


def twisted(rng, S, size=1.0):
    """S with something added that xᵀPx can't see."""
    K = size * rng.normal(size=S.shape)
    return S + K - K.T


def problem(rng, n, m):
    """A random quadratic problem with m well-conditioned constraints on n unknowns."""
    P = symmetric(rng, rng.uniform(0.5, 4.0, size=n))
    left, right = (np.linalg.qr(rng.normal(size=(k, k)))[0] for k in (m, n))
    A = left @ np.diag(rng.uniform(0.5, 2.0, size=m)) @ right[:m]
    return P, rng.normal(size=n), A, rng.normal(size=m)


def minimum_of(P, q, A, b):
    """Solve by elimination: x = −P⁻¹(q + Aᵀλ), and AP⁻¹Aᵀλ = −(b + AP⁻¹q)."""
    inverse = np.linalg.inv(P)
    lam = -np.linalg.solve(A @ inverse @ A.T, b + A @ inverse @ q)
    return -inverse @ (q + A.T @ lam), lam


def parts(result, n, m):
    """Take (x, lam) apart, with a sentence where it isn't such a tuple."""
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed("solve_equality_qp gives something else than the tuple (x, lam).")
    x = as_array(result[0], shape=(n,), name="x of solve_equality_qp")
    return x, as_array(result[1], shape=(m,), name="lam of solve_equality_qp")


def spread(rng, n):
    """Give n values in random order, irregularly spaced, of both signs."""
    return rng.permutation(np.cumsum(rng.uniform(0.3, 1.5, size=n)) - 2.0)


def tilted(v, beta):
    """The distribution p_i ∝ exp(−β v_i)."""
    weights = np.exp(-beta * (v - v.mean()))
    return weights / weights.sum()


def judged(submission, cases):
    """Ask about all matrices at once, so that each mistake leaves a trace of its own."""
    answers = submission.is_convex_quadratic.each([arguments for arguments, _ in cases])
    for answer, (arguments, convex) in zip(answers, cases, strict=True):
        name = "is_convex_quadratic(P, tol)" if len(arguments) == 2 else "is_convex_quadratic(P)"
        assert_equal(answer, convex, name=name)


def test_convex_quadratic(submission, rng):
    cases = []
    for n in (3, 2, 5, 1):
        size = rng.uniform(0.2, 3.0, size=n)
        one_negative = np.where(np.arange(n) == 0, -size, size)
        for twist in (0.0, 1.0, 10.0):
            for eigenvalues, convex in [(size, True), (one_negative, False), (-size, False)]:
                cases.append(((twisted(rng, symmetric(rng, eigenvalues), twist),), convex))
    a = float(rng.uniform(0.5, 1.5))
    for P, convex in [
        ([[a, 10.0], [0.0, a]], False),  # eigenvalues a and a
        ([[a, 0.0], [10.0, a]], False),
        ([[a, 10.0], [-10.0, a]], True),  # complex eigenvalues
        ([[a, 1.9 * a], [0.0, a]], True),
        ([[0.0, 2 * a], [-a, 0.0]], False),
        ([[-a, 0.0], [0.0, -a]], False),  # positive determinant
        ([[3 * a, 0.0], [0.0, -a]], False),  # positive trace
        ([[a, 2 * a], [2 * a, a]], False),  # positive diagonal
        ([[2 * a, -a], [-a, a]], True),  # negative entries
        ([[a, 0.0, 0.0], [0.0, -a, 0.0], [0.0, 0.0, 2 * a]], False),  # the negative one in the middle
        ([[0.0, 0.0], [0.0, -a]], False),  # no leading minor is negative
        ([[1, 3], [0, 1]], False),  # whole numbers
    ]:
        cases.append(((np.array(P),), convex))
    judged(submission, cases)


def test_convex_zero_eigenvalue(submission, rng):
    cases = []
    for n, rank in [(3, 1), (4, 2), (5, 4), (2, 1)]:
        B = rng.normal(size=(rank, n))
        cases += [((B.T @ B,), True), ((twisted(rng, B.T @ B),), True), ((-B.T @ B,), False)]
    K = rng.normal(size=(3, 3))
    judged(submission, [*cases, ((np.zeros((3, 3)),), True), ((K - K.T,), True)])


def test_convex_tolerance(submission, rng):
    def lowest(eigenvalue):
        return twisted(rng, symmetric(rng, np.array([eigenvalue, 0.5, 1.0])), 0.1)

    cases = [((lowest(-7e-10),), True), ((lowest(-1.5e-9),), False), ((lowest(3e-10),), True)]
    for tol in (1e-3, 1e-6):
        cases += [((lowest(-share * tol), tol), share < 1) for share in (0.4, 0.7, 1.5)]
    # The allowance is absolute, whatever the other eigenvalue is.
    for other, small in [(10.0, -8e-7), (1e4, -1e-6), (1e-5, -1e-7)]:
        cases.append(((np.diag([other, small]),), False))
    cases += [((np.diag([1.0, -5e-11]), 1e-12), False), ((np.diag([1.0, -5e-13]), 1e-12), True)]
    # Small entries on either side of the diagonal differ all the same: the eigenvalues are 6e-9 and −4e-9.
    cases += [((1e-9 * np.array(P),), False) for P in ([[1.0, 10.0], [0.0, 1.0]], [[1.0, 0.0], [10.0, 1.0]])]
    judged(submission, cases)
    P = lowest(-1e-4)
    assert_equal(submission.is_convex_quadratic(P, tol=1e-3), True, name="is_convex_quadratic(P, tol=…)")
    assert_equal(submission.is_convex_quadratic(P, tol=1e-5), False, name="is_convex_quadratic(P, tol=…)")


def quadratic(P, q, c):
    """Give x ↦ ½ xᵀPx + q·x + c."""

    def f(x):
        x = given(x, len(q))
        return float(x @ P @ x / 2 + q @ x + c)

    return f


def test_convex_gap(submission, rng):
    # For a quadratic the gap of a pair is −(x − y)ᵀP(x − y)/8.
    for m, n in [(6, 3), (4, 4), (1, 2), (5, 1)]:
        P, q, c = symmetric(rng, rng.uniform(0.3, 3.0, size=n)), rng.normal(size=n), float(rng.normal())
        X, Y = rng.normal(size=(2, m, n))
        want = -min(float(d @ P @ d) for d in X - Y) / 8
        got = submission.midpoint_gap(quadratic(P, q, c), X, Y)
        assert_close(got, want, rtol=1e-9, atol=1e-10, name="midpoint_gap(f, X, Y)")
        # Another function between the same points; and a gap may be large or tiny.
        for size in (0.5, 1e10, 1e-10):
            got = submission.midpoint_gap(quadratic(size * P, 0 * q, 0.0), X, Y)
            assert_close(got, size * want, rtol=1e-9, atol=1e-12 * size, name="midpoint_gap(f, X, Y)")
    # Whole numbers, with middles that aren't.
    X, Y = np.array([[1, 0], [2, 5], [-3, 4]]), np.array([[2, 1], [1, 2], [0, 3]])
    got = submission.midpoint_gap(lambda x: float(np.sum(given(x, 2) ** 2)), X, Y)
    assert_close(got, -0.5, rtol=1e-9, name="midpoint_gap(f, whole numbers)")
    X = rng.normal(size=(4, 3))
    got = submission.midpoint_gap(lambda x: float(np.abs(given(x, 3)).sum()), X, 3 * X)
    assert_close(got, 0.0, atol=1e-12, name="midpoint_gap of Σ|x| along rays")


def test_nonconvex_gap(submission, rng):
    for m, n in [(5, 2), (3, 3), (1, 1)]:
        P, q, c = symmetric(rng, -rng.uniform(0.3, 3.0, size=n)), rng.normal(size=n), float(rng.normal())
        X, Y = rng.normal(size=(2, m, n))
        want = max(-float(d @ P @ d) for d in X - Y) / 8
        got = submission.midpoint_gap(quadratic(P, q, c), X, Y)
        assert_close(got, want, rtol=1e-9, atol=1e-10, name="midpoint_gap(f, X, Y)")
    # cos: the gap of a pair is cos(middle)·(1 − cos(half the distance)), of either sign.
    middles, halves = rng.permutation([0.4, 2.5, 3.0, 1.0, -2.2]), rng.uniform(0.3, 1.4, size=5)
    want = float(np.max(np.cos(middles) * (1 - np.cos(halves))))
    got = submission.midpoint_gap(
        lambda x: math.cos(given(x, 1)[0]), (middles - halves)[:, None], (middles + halves)[:, None]
    )
    assert_close(got, want, rtol=1e-9, atol=1e-12, name="midpoint_gap(cos, X, Y)")


def test_feasible(submission, rng):
    for n, m in [(4, 2), (3, 3), (5, 1), (2, 1), (6, 4)]:
        P, q, A, b = problem(rng, n, m)
        x, _ = parts(submission.solve_equality_qp(P, q, A, b), n, m)
        assert_close(A @ x, b, rtol=1e-9, atol=1e-9, name="Ax")
        x, _ = parts(submission.solve_equality_qp(P, q, A, np.zeros(m)), n, m)
        assert_close(A @ x, np.zeros(m), atol=1e-9, name="Ax, for b = 0,")


def test_stationarity(submission, rng):
    for n, m in [(4, 2), (3, 3), (5, 1), (6, 4)]:
        P, q, A, b = problem(rng, n, m)
        x, lam = parts(submission.solve_equality_qp(P, q, A, b), n, m)
        want_x, want_lam = minimum_of(P, q, A, b)
        assert_close(x, want_x, rtol=1e-8, atol=1e-8, name="x of solve_equality_qp")
        assert_close(P @ x + q + A.T @ lam, np.zeros(n), atol=1e-8, name="Px + q + Aᵀλ")
        assert_close(lam, want_lam, rtol=1e-8, atol=1e-8, name="lam of solve_equality_qp")
        # Other units: x stays, λ goes with those of the cost and against those of each constraint.
        units = np.array([0.1, 10.0, 1.0, 2.0])[:m]
        for size, close in [(1e-3, 1e-8), (1e3, 1e-6)]:
            result = submission.solve_equality_qp(size * P, size * q, units[:, None] * A, units * b)
            x, lam = parts(result, n, m)
            assert_close(x, want_x, rtol=close, atol=close, name="x of solve_equality_qp")
            assert_close(
                lam * units / size, want_lam, rtol=close, atol=close, name="lam of solve_equality_qp"
            )


def test_multiplier_is_sensitivity(submission, rng):
    for n, m in [(3, 2), (2, 2), (4, 1)]:
        P, q, A, b = problem(rng, n, m)
        _, lam = parts(submission.solve_equality_qp(P, q, A, b), n, m)

        def lowest(b, P=P, q=q, A=A):
            x, _ = minimum_of(P, q, A, b)
            return float(x @ P @ x / 2 + q @ x)

        # The lowest value is quadratic in b, so central differences are exact at any step.
        slope = [(lowest(b + e) - lowest(b - e)) / 2 for e in np.eye(m)]
        assert_close(-lam, np.array(slope), rtol=1e-7, atol=1e-7, name="−lam")


def test_maxent_sum(submission, rng):
    for n in (5, 2, 9):
        v = spread(rng, n)
        mean = float(v.min() + rng.uniform(0.2, 0.8) * np.ptp(v))
        p = as_array(submission.max_entropy(v, mean), shape=(n,), name="max_entropy(values, mean)")
        assert_close(p.sum(), 1.0, atol=1e-6, name="The sum of p")
        if not (p > 0).all():
            raise ComparisonFailed("max_entropy(values, mean) has an entry that isn't positive.")


def test_maxent_mean(submission, rng):
    for n in (5, 3, 8):
        v = spread(rng, n)
        for share in (0.15, 0.5, 0.8):
            mean = float(v.min() + share * np.ptp(v))
            p = as_array(submission.max_entropy(v, mean), shape=(n,), name="max_entropy(values, mean)")
            assert_close(np.sum(p * v), mean, atol=2e-8 * np.ptp(v), name="The mean under p")
    a, b = float(rng.uniform(-2.0, -1.0)), float(rng.uniform(1.0, 2.0))
    for share in (0.3, 0.9):
        p = submission.max_entropy(np.array([b, a]), a + share * (b - a))
        assert_close(p, [share, 1 - share], **P_CLOSE, name="max_entropy(two values, mean)")


def test_exponential_family(submission, rng):
    for n in (5, 4, 7):
        v = spread(rng, n)
        beta = float(rng.uniform(0.3, 1.0) * rng.choice([-1.0, 1.0]))
        want = tilted(v, beta)
        p = as_array(submission.max_entropy(v, float(want @ v)), shape=(n,), name="max_entropy(values, mean)")
        if not (p > 0).all():
            raise ComparisonFailed("max_entropy(values, mean) has an entry that isn't positive.")
        line = -beta * (v - v.mean())
        assert_close(
            np.log(p) - np.log(p).mean(), line, rtol=1e-5, atol=1e-5, name="log p, its mean taken away,"
        )
        assert_close(p, want, **P_CLOSE, name="max_entropy(values, mean)")
    # Equal values get equal shares; the plain mean leaves all probabilities equal.
    v = np.array([2.0, 0.5, 2.0, -1.0, 0.5, 2.0])
    want = tilted(v, 0.8)
    assert_close(
        submission.max_entropy(v, float(want @ v)), want, **P_CLOSE, name="max_entropy(repeated values, mean)"
    )
    v = spread(rng, 6)
    assert_close(submission.max_entropy(v, float(v.mean())), np.full(6, 1 / 6), **P_CLOSE,
                 name="max_entropy(values, their plain mean)")  # fmt: skip


def test_maxent_shift(submission, rng):
    v = spread(rng, 5)
    beta = float(rng.uniform(0.5, 1.0) * rng.choice([-1.0, 1.0]))
    want = tilted(v, beta)
    mean = float(want @ v)
    for factor, shift in [
        (1.0, 1000.0),
        (1.0, -1000.0),
        (-1.0, 0.0),
        (10.0, 0.0),
        (0.1, 0.0),
        (-1000.0, 1000.0),
        (1e-3, 0.0),
        (1e-6, 0.0),
        (1e5, 0.0),
    ]:
        # Values near 1000 are rounded by about 1e-13.
        got = submission.max_entropy(factor * v + shift, factor * mean + shift)
        assert_close(
            got,
            want,
            **P_CLOSE,
            name=f"max_entropy({factor:g}·values {shift:+g}, {factor:g}·mean {shift:+g})",
        )


def test_maxent_near_end(submission, rng):
    v = spread(rng, 5)
    for beta in (3.0, -3.0, 5.0, -5.0):
        want = tilted(v, beta)
        p = as_array(submission.max_entropy(v, float(want @ v)), shape=(5,), name="max_entropy(values, mean)")
        assert_close(np.sum(p * v), want @ v, atol=2e-8 * np.ptp(v), name="The mean under p")
        assert_close(p, want, **P_CLOSE, name="max_entropy(values, mean)")
    # Two values share as the mean says, however close together they are.
    for width in (1e-6, 1e-3, 1e6):
        assert_close(
            submission.max_entropy(np.array([width, 0.0]), 0.2 * width),
            [0.2, 0.8],
            **P_CLOSE,
            name=f"max_entropy(two values {width:g} apart, mean)",
        )
    # A third one far away is left out, and on a long row of whole numbers the shares fall by one ratio:
    # r/(1 − r) is the distance of the mean from the end.
    far, near = float(rng.uniform(4000.0, 6000.0)), float(rng.uniform(0.01, 0.02))
    row, distance = np.arange(60.0), float(rng.uniform(0.05, 0.2))
    ratio = distance / (1 + distance)
    falling = (1 - ratio) * ratio**row
    for sign in (1.0, -1.0):
        for v, mean, want in [
            ([0.0, 1.0, far], near, [1 - near, near, 0.0]),
            ([0.0, 5.0, 1e6], 1.25, [0.75, 0.25, 0.0]),
            (row, distance, falling),
            # Nearly all values lie at the other end: a tangent of the mean overshoots by far.
            ([0.0] + 200 * [1.0], 0.1, [0.9] + 200 * [0.1 / 200]),
            ([0.0, 1e-6], 4e-9, [0.996, 0.004]),
            ([1000.0, 1005.0], 1000.001, [0.9998, 0.0002]),
        ]:
            assert_close(
                submission.max_entropy(sign * np.array(v), sign * mean),
                np.array(want),
                **P_CLOSE,
                name="max_entropy(values, a mean close to one end)",
            )
    got = submission.max_entropy(row, 59.0 - distance)
    assert_close(got, falling[::-1], **P_CLOSE, name="max_entropy(values, a mean close to one end)")


def test_maxent_infeasible(submission, rng):
    v = spread(rng, 4)
    low, high = float(v.min()), float(v.max())
    as_array(submission.max_entropy(v, (low + high) / 2), shape=(4,), name="max_entropy(values, mean)")
    for mean in (low - 0.5, high + 0.5, low, high):
        assert_raises(ValueError, submission.max_entropy, v, mean)
    assert_raises(ValueError, submission.max_entropy, np.full(3, 2.0), 2.0)


def test_no_mutation(submission, rng):
    S = symmetric(rng, np.array([0.5, 1.0, 2.0]))
    assert_equal(
        assert_pure(submission.is_convex_quadratic, twisted(rng, S)), True, name="is_convex_quadratic(P)"
    )
    X, Y = rng.normal(size=(2, 3, 2))
    f = quadratic(np.eye(2), np.ones(2), 0.5)
    want = -float(np.min(np.sum((X - Y) ** 2, axis=1))) / 8
    assert_close(assert_pure(submission.midpoint_gap, f, X, Y), want, rtol=1e-9, atol=1e-10,
                 name="midpoint_gap(f, X, Y)")  # fmt: skip
    P, q, A, b = problem(rng, 3, 2)
    x, _ = parts(assert_pure(submission.solve_equality_qp, P, q, A, b), 3, 2)
    assert_close(A @ x, b, atol=1e-3, name="Ax")
    v = spread(rng, 4)
    p = assert_pure(submission.max_entropy, v, float(v.min() + 0.4 * np.ptp(v)))
    as_array(p, shape=(4,), name="max_entropy(values, mean)")
