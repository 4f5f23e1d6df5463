"""Hidden checks of exercise-02.

Oracles: sums of products by math.fsum, one pair of vectors at a time; embeddings planted so that
the answer is known; scaling laws.
"""

import math

import numpy as np

from grader.testing import (
    as_array,
    assert_close,
    assert_equal,
    assert_no_warnings,
    assert_pure,
    assert_raises,
)


def product(u, v):
    """Sum the products of entries, correctly rounded."""
    return math.fsum(float(a) * float(b) for a, b in zip(u, v, strict=True))


def norm(u):
    """Give the length of one vector."""
    return math.sqrt(product(u, u))


def cosines(A, B, eps=1e-12):
    """Compare the rows one pair at a time."""
    return np.array([[product(a, b) / (max(norm(a), eps) * max(norm(b), eps)) for b in B] for a in A])


def ranked(E, i, j, k):
    """Rank the rows other than i, j, k by their cosine to the offset; the best comes first."""
    target = E[i] - E[k] + E[j]
    others = [w for w in range(len(E)) if w not in (i, j, k)]
    return sorted(((cosines(E[w : w + 1], target[None])[0, 0], w) for w in others), reverse=True)


def family(rng, long=60.0):
    """Plant man, woman, king, queen, one very long vector and others, in random order and axes.

    Returns:
        The embeddings, and where each of the five words stands.
    """
    axes = np.linalg.qr(rng.normal(size=(7, 7)))[0]
    royal, male, female, a, b, c, d = axes
    rows = [
        male + c,
        female + c,
        royal + male,
        royal + female,
        long * (royal + female + a + b),
        a,
        b,
        c + d,
        -d,
    ]
    E = np.array(rows) + rng.uniform(-0.02, 0.02, size=(9, 7))
    order = rng.permutation(9)
    place = np.argsort(order)
    return E[order], [int(p) for p in place[:5]]


def shuffled(rng, rows):
    """Put rows in random order and axes; give the embeddings and where each row stands."""
    rows = np.array(rows)
    axes = np.linalg.qr(rng.normal(size=(rows.shape[1], rows.shape[1])))[0]
    order = rng.permutation(len(rows))
    return (rows @ axes)[order], [int(p) for p in np.argsort(order)]


def asked(rng, worlds):
    """Make two questions of each world, whose rows begin with i, j, k and the answer."""
    calls, want = [], []
    for rows in [*worlds, *worlds]:
        E, (i, j, k, answer, *_) = shuffled(rng, rows)
        calls.append((E, (i, j), k))
        want.append(answer)
    return calls, want


def test_dot_value(submission, rng):
    for d in (5, 1, 2, 300):
        u, v = rng.normal(size=(2, d))
        # Sums of 300 products of size 1, in any order, round by less than 1e-13.
        assert_close(submission.dot(u, v), product(u, v), rtol=1e-9, atol=1e-12, name="dot(u, v)")
    assert_close(submission.dot(u, -u), -product(u, u), rtol=1e-9, name="dot(u, −u)")
    # All products positive: nothing cancels, so a small sum is as exact as a large one.
    u, v = 1e-5 * rng.uniform(1.0, 2.0, size=(2, 7))
    assert_close(submission.dot(u, v), product(u, v), rtol=1e-9, name="dot(u, v) for small u and v")
    for largest in (9, 10**6):
        u, v = rng.integers(-largest, largest + 1, size=(2, 6))
        assert_close(submission.dot(u, v), product(u, v), rtol=1e-12, name="dot(u, v)")


def test_dot_shape_error(submission, rng):
    u = rng.normal(size=5)
    assert_close(
        submission.dot(u, u[::-1].copy()), product(u, u[::-1]), rtol=1e-9, atol=1e-12, name="dot(u, v)"
    )
    for n, m in [(5, 4), (2, 5), (5, 1), (1, 5)]:
        assert_raises(ValueError, submission.dot, u[:n].copy(), u[:m].copy())


def test_cosine_values(submission, rng):
    for n, m, d in [(4, 3, 5), (2, 5, 3), (1, 4, 2), (3, 1, 4), (2, 3, 1), (1, 1, 6)]:
        # Lengths differ from row to row.
        A = rng.normal(size=(n, d)) * rng.uniform(0.2, 5.0, size=(n, 1))
        B = rng.normal(size=(m, d)) * rng.uniform(0.2, 5.0, size=(m, 1))
        assert_close(submission.cosine_matrix(A, B), cosines(A, B), rtol=1e-9, atol=1e-12,
                     name="cosine_matrix(A, B)")  # fmt: skip
    A, B = rng.integers(1, 9, size=(4, 3)), rng.integers(-9, 0, size=(2, 3))
    assert_close(submission.cosine_matrix(A, B), cosines(A, B), rtol=1e-9, name="cosine_matrix(A, B)")


def test_cosine_equal_sizes(submission, rng):
    for n in (3, 4):
        A, B = rng.normal(size=(2, n, n)) * rng.uniform(0.2, 5.0, size=(2, n, 1))
        assert_close(submission.cosine_matrix(A, B), cosines(A, B), rtol=1e-9, atol=1e-12,
                     name="cosine_matrix(A, B)")  # fmt: skip


def test_scale_invariance(submission, rng):
    A, B = rng.normal(size=(4, 5)), rng.normal(size=(3, 5))
    want = cosines(A, B)
    assert_close(
        submission.cosine_matrix(3 * A, 7 * B), want, rtol=1e-9, atol=1e-12, name="cosine_matrix(3A, 7B)"
    )
    # From 1e-6 to 1e6: far above eps, and eps = 1e-12 may not show.
    a, b = 10.0 ** rng.uniform(-6, 6, size=(4, 1)), 10.0 ** rng.uniform(-6, 6, size=(3, 1))
    assert_close(submission.cosine_matrix(a * A, -b * B), -want, rtol=1e-9, atol=1e-12,
                 name="cosine_matrix with rows of other lengths")  # fmt: skip
    tiny = submission.cosine_matrix(1e-6 * A, B)
    assert_close(tiny, want, rtol=1e-9, atol=1e-12, name="cosine_matrix(A/1000000, B)")


def test_zero_vector(submission, rng):
    A, B = rng.normal(size=(4, 3)), rng.normal(size=(5, 3))
    A[1] = 0.0
    B[3] = 0.0
    # With itself, too: the cosine of a zero vector with itself isn't 1.
    for left, right in [(A, B), (A, B[:3]), (A[2:], B), (A, A)]:
        assert_close(submission.cosine_matrix(left, right), cosines(left, right), rtol=1e-9, atol=1e-12,
                     name="cosine_matrix(A, B)")  # fmt: skip


def test_eps_floor(submission, rng):
    def rows(*lengths):
        A = rng.normal(size=(len(lengths), 4))
        return A / np.linalg.norm(A, axis=1, keepdims=True) * np.array(lengths)[:, None]

    A, B = rows(1e-13, 4e-12, 1.0, 0.0), rows(2.0, 3e-14)
    assert_close(
        submission.cosine_matrix(A, B), cosines(A, B), rtol=1e-9, atol=1e-14, name="cosine_matrix(A, B)"
    )
    A, B = rows(0.1, 0.7, 3.0), rows(2.0, 0.05, 0.3, 0.6)
    for got, eps in [
        (submission.cosine_matrix(A, B, eps=0.5), 0.5),
        (submission.cosine_matrix(A, B, 0.2), 0.2),
    ]:
        assert_close(got, cosines(A, B, eps), rtol=1e-9, atol=1e-12, name="cosine_matrix(A, B, eps)")


def test_analogy_gendered(submission, rng):
    calls, want = [], []
    for _ in range(4):
        E, (man, woman, king, queen, _) = family(rng)
        calls += [(E, (king, woman), man), (E, (woman, king), man)]
        want += [queen, queen]
    assert_equal(submission.analogy.each(calls), want, name="king − man + woman")


def test_analogy_reverse(submission, rng):
    calls, want = [], []
    for _ in range(4):
        E, (man, woman, king, queen, _) = family(rng, long=0.5)
        calls += [(E, (queen, man), woman), (E, (king, woman), queen)]
        want += [king, man]
    assert_equal(submission.analogy.each(calls), want, name="queen − woman + man, and king − queen + woman")


def test_analogy_lengths(submission, rng):
    calls, want = [], []
    while len(calls) < 40:
        V, d = int(rng.integers(5, 30)), int(rng.integers(2, 7))
        E = rng.normal(size=(V, d)) * rng.uniform(0.3, 3.0, size=(V, 1))
        if len(calls) % 4 == 3:
            E = rng.integers(-20, 21, size=(V, d))
        i, j, k = (int(w) for w in rng.choice(V, size=3, replace=False))
        best, second = ranked(E, i, j, k)[:2]
        # The order must not hang on rounding.
        if best[0] - second[0] > 1e-6:
            calls.append((E, (i, j), k))
            want.append(best[1])
    # Short rows have a direction too: those of cosine_matrix that count as zero end at 1e-12.
    E = rng.normal(size=(9, 4))
    i, j, k, best = 4, 1, 7, 2
    E[best] = E[i] - E[k] + E[j] + 0.1 * rng.normal(size=4)
    best = ranked(E, i, j, k)[0][1]
    for small in (1e-4, 1e-7):
        calls += [(small * E, (i, j), k), (np.where(np.arange(9)[:, None] == best, small * E, E), (i, j), k)]
        want += [best, best]
    # Two rows almost equally near, the nearer one now above, now below: rounded similarities would
    # be equal. All are known to 1e-15.
    u, v, w, x, y = np.eye(5)
    for gap in (3e-4, 1e-5, 1e-7, 1e-9, 1e-9):
        near = float(rng.uniform(0.3, 0.8))
        rows = [
            length * (math.cos(angle) * u + math.sin(angle) * side)
            for angle, side, length in zip(
                (math.acos(near + gap), math.acos(near)), (v, w), rng.uniform(0.5, 2.0, size=2), strict=True
            )
        ]
        for better, worse in ((3, 5), (5, 3)):
            E = np.array([2.0 * u + x, u + y, 2.0 * u + x + y, -u, -v, -w])
            E[better], E[worse] = rows
            calls.append((E, (0, 1), 2))
            want.append(better)
    assert_equal(submission.analogy.each(calls), want, name="analogy(E, (i, j), k), many times")


def test_excludes_queries(submission, rng):
    # Rows: i, j, k, the answer, and others; target = E[i] − E[k] + E[j].
    u, v, w, x = np.eye(4)
    s = float(rng.uniform(0.8, 1.2))
    worlds = [
        # The target is E[i] but for a little; then E[j]; then nearly E[k].
        [s * 9 * u, v, v + w, 2 * u + v, x, v - u],
        [w, s * 9 * u, w - v, 2 * u - w, x, v - u],
        [3 * u + s * w, 3 * u - s * w, u + 0.1 * v, u + v, x - u, v],
        # All others point away from the target, so any cosine of 0 would win.
        [s * u, v, w, x - v - 0.2 * w, -u - v, 3 * w - u - v],
        # The answer holds the same numbers as E[i], as E[j]; it is the target itself.
        [s * 9 * u, v, v + w, s * 9 * u, x, v - u, u + x],
        [w, s * 9 * u, w - v, s * 9 * u, x, v - u, u + x],
        [4 * u, 2 * v, w, 8 * u + 4 * v - 2 * w, x, 4 * u + v, v - w],
    ]
    calls, want = asked(rng, worlds)
    assert_equal(submission.analogy.each(calls), want, name="analogy(E, (i, j), k)")


def test_analogy_zero_row(submission, rng):
    u, v, w = np.eye(3)
    zero = np.zeros(3)
    s = float(rng.uniform(1.0, 2.0))
    worlds = [
        [2 * u, v, w, s * (u + v), zero, -u],
        [2 * u, v, w, zero, -u, -s * v, w - u],
        [zero, v, w, s * (v - w) + u, -v, u],
        # The answer lies at more than 60°: as unit vectors they are farther apart than 0 and 1.
        [2 * u, v, w, s * (u - 1.2 * v), zero, -u, w - u],
    ]
    calls, want = asked(rng, worlds)
    assert_equal(submission.analogy.each(calls), want, name="analogy(E, (i, j), k)")


def test_ties(submission):
    # Axis-parallel rows whose lengths are powers of 2: equal cosines are equal to the last bit.
    u, v, w, x = np.eye(4)
    i, j, k = 4.0 * u, 2.0 * v, x
    calls, want = [], []
    for rows, answer in [
        ([i, j, k, w, 2 * u, u, 4 * u], 4),
        ([w, u, i, u, j, k, 2 * u], 1),
        ([-w, w, 8 * u, i, j, k, u, -w], 2),
    ]:
        at = [next(n for n, row in enumerate(rows) if row is query) for query in (i, j, k)]
        calls.append((np.array(rows), (at[0], at[1]), at[2]))
        want.append(answer)
    assert_equal(submission.analogy.each(calls), want, name="analogy(E, (i, j), k)")


def test_too_few(submission, rng):
    calls, want = [], [2, 0, 3, 1]
    for left in want:
        E = rng.normal(size=(4, 5))
        i, j, k = (int(n) for n in rng.permutation([n for n in range(4) if n != left]))
        # The only row that is left points away from the target; it is the answer nevertheless.
        E[left] = -(E[i] - E[k] + E[j])
        calls.append((E, (i, j), k))
    assert_equal(submission.analogy.each(calls), want, name="analogy with four rows")
    i, j, k = (int(n) for n in rng.permutation(3))
    assert_raises(ValueError, submission.analogy, rng.normal(size=(3, 5)), (i, j), k)


def test_no_warnings(submission, rng):
    A, B = rng.normal(size=(3, 4)), rng.normal(size=(2, 4))
    A[1] = B[0] = 0.0
    A[2] *= 1e-13
    C = as_array(assert_no_warnings(submission.cosine_matrix, A, B), shape=(3, 2), name="cosine_matrix(A, B)")
    assert_close(C[1], [0.0, 0.0], atol=1e-12, name="The row of a zero vector")


def test_no_mutation(submission, rng):
    A, B = rng.normal(size=(4, 5)), rng.normal(size=(3, 5))
    as_array(assert_pure(submission.dot, A[0].copy(), A[1].copy()), shape=(), name="dot(u, v)")
    as_array(assert_pure(submission.cosine_matrix, A, B), shape=(4, 3), name="cosine_matrix(A, B)")
    as_array(
        assert_pure(submission.analogy, np.vstack([A, B]), (5, 0), 3), shape=(), name="analogy(E, (i, j), k)"
    )
    A[2] = B[1] = 0.0
    assert_pure(submission.cosine_matrix, A, B)
    assert_pure(submission.analogy, np.vstack([A, B]), (6, 0), 3)
