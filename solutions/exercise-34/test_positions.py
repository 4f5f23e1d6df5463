"""Hidden checks of exercise-34.

Oracles: `math.sin` and `math.cos`, one entry at a time, and the laws of the circle: unit pairs,
products that depend on the distance alone, shifts that are one linear map and add up. An angle t
is rounded by about t·1e-16, so 1e-10 absolute is loose for t up to 10,000, and far below any slip.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure, assert_raises

ROUNDING = 1e-10


def row(pos, d, base=10000.0):
    """PE[pos], pair by pair."""
    pairs = [pos / math.pow(base, 2 * i / d) for i in range(d // 2)]
    return np.array([f(angle) for angle in pairs for f in (math.sin, math.cos)])


def table(n, d, base=10000.0):
    return np.array([row(pos, d, base) for pos in range(n)])


def block_form(d, k, base=10000.0):
    """The one matrix that turns every pair, (sin, cos), by its angle: the rows of all t span R^d."""
    M = np.zeros((d, d))
    for i in range(d // 2):
        b = k / math.pow(base, 2 * i / d)
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[math.cos(b), math.sin(b)], [-math.sin(b), math.cos(b)]]
    return M


def varied(submission, n, d, *base):
    """Take the submission's own table, whose rows must differ for a law about them to say anything."""
    P = as_array(
        submission.sinusoidal_encoding(n, d, *base), shape=(n, d), name="sinusoidal_encoding(n_pos, d_model)"
    )
    if not np.isfinite(P).all() or np.abs(np.diff(P, axis=0)).max(axis=1).min() < 1e-6:
        raise ComparisonFailed("Two neighbouring positions have the same row, or a row isn't finite.")
    return P


def test_position_zero(submission, rng):
    for n, d in [(1, 2), (3, 6), (4, 4), (5, 16)]:
        P = as_array(
            submission.sinusoidal_encoding(n, d), shape=(n, d), name="sinusoidal_encoding(n_pos, d_model)"
        )
        assert_close(P[0], np.tile([0.0, 1.0], d // 2), atol=1e-12, name="The row of position 0")


def test_values(submission, rng):
    for n, d in [(7, 4), (6, 6), (1, 8), (12, 2), (3, 10), (int(rng.integers(30, 50)), 12)]:
        # Angles up to 50 are known to 1e-14.
        assert_close(submission.sinusoidal_encoding(n, d), table(n, d), rtol=1e-11, atol=1e-12,
                     name="sinusoidal_encoding(n_pos, d_model)")  # fmt: skip
    P = as_array(
        submission.sinusoidal_encoding(17001, 6), shape=(17001, 6), name="sinusoidal_encoding(n_pos, d_model)"
    )
    for pos in (5000, 17000):
        assert_close(P[pos], row(pos, 6), atol=ROUNDING, name="The row of a far position")


def test_base(submission, rng):
    base = float(rng.uniform(20.0, 900.0))
    name = "sinusoidal_encoding(n_pos, d_model, base)"
    for n, d in [(9, 6), (8, 8)]:
        assert_close(
            submission.sinusoidal_encoding(n, d, base), table(n, d, base), rtol=1e-9, atol=ROUNDING, name=name
        )
        assert_close(
            submission.sinusoidal_encoding(n, d, base=5e5),
            table(n, d, 5e5),
            rtol=1e-9,
            atol=ROUNDING,
            name=name,
        )


def test_prefix(submission, rng):
    long = varied(submission, 40, 6)
    for n in (39, 11, 2, 1):
        assert_close(submission.sinusoidal_encoding(n, 6), long[:n], atol=ROUNDING, name="The shorter table")


def test_unit_pairs(submission, rng):
    for n, d in [(13, 4), (6, 6), (5, 32)]:
        P = varied(submission, n, d)
        pairs = P.reshape(n, d // 2, 2)
        assert_close((P**2).sum(axis=1), np.full(n, d / 2), rtol=1e-9, name="The squared length of a row")
        assert_close((pairs**2).sum(axis=2), np.ones((n, d // 2)), rtol=1e-9, name="sin² + cos² of a pair")


def test_dot_depends_on_offset(submission, rng):
    n, d = 24, 8
    products = np.einsum("sd,td->st", *[varied(submission, n, d)] * 2)
    for k in (0, 1, 2, 5, 11):
        along = np.diagonal(products, offset=k)
        assert_close(along, np.full(n - k, along[0]), rtol=1e-9, atol=1e-9, name="PE[t]·PE[t + k] over all t")
    # Every pair but the fastest still points nearly the same way one step on.
    if not products[0, 0] > products[0, 1] > products[0, 2]:
        raise ComparisonFailed("A token two places on should be less alike than its neighbour.")


def test_bounded_step(submission, rng):
    for d in (6, 16):
        P = varied(submission, 300, d)
        if np.abs(P).max() > 1 + 1e-9:
            raise ComparisonFailed("An entry lies outside of −1 to 1.")
        steps = np.sqrt((np.diff(P, axis=0) ** 2).sum(axis=1))
        # A chord is shorter than its arc: |PE[t+1] − PE[t]|² = Σ 4 sin²(ω_i/2) < Σ ω_i².
        assert_close(
            steps, np.full(299, steps[0]), rtol=1e-7, name="The distance between neighbouring positions"
        )
        if not 0.9 < steps[0] < math.sqrt(sum(10000.0 ** (-4 * i / d) for i in range(d // 2))):
            raise ComparisonFailed(
                "The distance between neighbouring positions doesn't suit the frequencies."
            )


def test_odd_width(submission, rng):
    for d in (1, 3, 7, 512 + 1):
        as_array(
            submission.sinusoidal_encoding(3, d + 1),
            shape=(3, d + 1),
            name="sinusoidal_encoding(n_pos, d_model)",
        )
        assert_raises(ValueError, submission.sinusoidal_encoding, 3, d)


def test_shift_is_linear(submission, rng):
    for d, k in [(6, 3), (4, 4), (2, 1), (8, -5), (10, 1000), (6, int(rng.integers(20, 90)))]:
        for base in (None, 300.0):
            M = as_array(submission.shift_matrix(d, k, *([] if base is None else [base])), shape=(d, d),
                         name="shift_matrix(d_model, k)")  # fmt: skip
            for t in (0, 1, 6, 77, 2500):
                after = row(t + k, d, base or 10000.0)
                assert_close(np.einsum("ij,j->i", M, row(t, d, base or 10000.0)), after, rtol=1e-9, atol=ROUNDING,
                             name="shift_matrix(d_model, k) @ PE[t]")  # fmt: skip
    assert_close(submission.shift_matrix(4, 2, base=50.0), as_array(submission.shift_matrix(4, 2, 50.0)), rtol=1e-9,
                 atol=ROUNDING, name="shift_matrix(d_model, k, base=…)")  # fmt: skip
    # Of wide tables the slow pairs hardly move: a matrix fitted to some positions fails at the others.
    for d, k, base in [(64, 7, 10000.0), (96, -3, 1e6), (8, 2, 1e9)]:
        M = as_array(submission.shift_matrix(d, k, base), shape=(d, d), name="shift_matrix(d_model, k)")
        far = np.einsum("ij,tj->ti", M, np.array([row(t, d, base) for t in (4000, 9000)]))
        assert_close(far, np.array([row(t + k, d, base) for t in (4000, 9000)]), rtol=1e-9, atol=ROUNDING,
                     name="shift_matrix(d_model, k) @ PE[t] for t in the thousands")  # fmt: skip
        assert_close(np.einsum("ij,kj->ik", M, M), np.eye(d), atol=ROUNDING,
                     name="M Mᵀ of a matrix that turns every pair")  # fmt: skip
        assert_close(M, block_form(d, k, base), rtol=1e-9, atol=ROUNDING, name="shift_matrix(d_model, k)")


def test_shift_composes(submission, rng):
    d, j, k = 8, int(rng.integers(2, 9)), int(rng.integers(11, 30))
    by = {}
    for n in (0, j, k, j + k, -k):
        by[n] = as_array(submission.shift_matrix(d, n), shape=(d, d), name="shift_matrix(d_model, k)")
    if np.abs(by[j] - by[k]).max() < 1e-3:
        raise ComparisonFailed("Shifts by different numbers of positions have the same matrix.")
    assert_close(by[0], np.eye(d), atol=ROUNDING, name="shift_matrix(d_model, 0)")
    assert_close(by[j] @ by[k], by[j + k], atol=ROUNDING, name="A shift by j after one by k")
    assert_close(by[-k] @ by[k], np.eye(d), atol=ROUNDING, name="A shift by −k after one by k")


def test_add(submission, rng):
    for B, T, L, d in [(2, 3, 5, 4), (3, 3, 3, 3), (6, 2, 4, 7), (1, 4, 4, 2), (4, 2, 9, 1), (2, 1, 1, 5)]:
        X, P = rng.normal(size=(B, T, d)), rng.normal(size=(L, d))
        want = np.array([[X[b, t] + P[t] for t in range(T)] for b in range(B)])
        assert_close(submission.add_positions(X, P), want, rtol=1e-9, atol=1e-12, name="add_positions(X, P)")


def test_too_long(submission, rng):
    for B, L, d in [(2, 1, 3), (5, 4, 3), (4, 4, 4)]:
        P = rng.normal(size=(L, d))
        X = rng.normal(size=(B, L + 3, d))
        as_array(submission.add_positions(X[:, :L], P), shape=(B, L, d), name="add_positions(X, P)")
        for T in (L + 1, L + 3):
            assert_raises(ValueError, submission.add_positions, X[:, :T], P)


def test_no_mutation(submission, rng):
    for B, T, L, d in [(2, 3, 5, 4), (1, 3, 4, 2)]:
        X, P = rng.normal(size=(B, T, d)), rng.normal(size=(L, d))
        as_array(assert_pure(submission.add_positions, X, P), shape=(B, T, d), name="add_positions(X, P)")
    for function, call, shape in [("sinusoidal_encoding", (5, 4), (5, 4)), ("shift_matrix", (4, 3), (4, 4))]:
        one, other = getattr(submission, function).each([call, call])
        one, other = (as_array(result, shape=shape, name=f"{function}{call}") for result in (one, other))
        # One array that is sent twice arrives as one.
        if np.shares_memory(one, other):
            raise ComparisonFailed(
                f"Two calls of {function} return the same array: whoever changes one result changes the "
                "other too. Return a new array each time."
            )
