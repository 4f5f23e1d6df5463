"""Hidden checks of exercise-09.

Oracles: matrices built from known eigenvalues and eigenvectors, the eigenvalue equation, NumPy's
own spectral norm, trace and determinant. A loop that stops when λ changes by less than 1e-13 has v
right to about 1e-6 for a ratio of 0.9 and 2e-5 for 0.99: tolerances for v and for residuals leave
room for that.
"""

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure


def basis(rng, n):
    """A random orthonormal basis whose first vector has a clear largest entry.

    Every usual start (ones, the first unit vector, random numbers) has a share of that vector.
    """
    while True:
        Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
        size = np.sort(np.abs(Q[:, 0]))
        clear = n == 1 or size[-1] > size[-2] + 0.02
        if clear and abs(Q[:, 0].sum()) > 0.2 and abs(Q[0, 0]) > 0.05:
            return Q


def symmetric(rng, spectrum):
    """A symmetric matrix with these eigenvalues, and the eigenvector of the first one."""
    Q = basis(rng, len(spectrum))
    A = (Q * np.asarray(spectrum)) @ Q.T
    v = Q[:, 0]
    return (A + A.T) / 2, v * np.sign(v[np.argmax(np.abs(v))])


def dominant(submission, A, **options):
    """What power_iteration(A) returns, as a number and an array of the right shape."""
    result = submission.power_iteration(A, **options)
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed("power_iteration(A) must return the pair (lam, v).")
    return as_array(result[0], shape=(), name="lam"), as_array(result[1], shape=(len(A),), name="v")


def unsigned(v):
    """The unit vector along v, turned so that its largest entry is positive."""
    return v / np.linalg.norm(v) * np.sign(v[np.argmax(np.abs(v))])


def test_rayleigh_values(submission, rng):
    for n in (3, 5, 1):
        A, v = rng.normal(size=(n, n)), rng.normal(size=n)
        v /= np.linalg.norm(v)
        want = sum(v[i] * A[i, j] * v[j] for i in range(n) for j in range(n))
        assert_close(submission.rayleigh(A, v), want, rtol=1e-9, atol=1e-12, name="rayleigh(A, v)")


def test_rayleigh_scale(submission, rng):
    A, v = symmetric(rng, [-3.0, 2.0, 1.0, 0.5])
    for scale in (1e-3, -2.0, 7.0, 1e3):
        assert_close(
            submission.rayleigh(A, scale * v), -3.0, rtol=1e-9, name="rayleigh(A, v) for an eigenvector v"
        )
    v = rng.normal(size=4) * 5.0
    assert_close(submission.rayleigh(np.eye(4), v), 1.0, rtol=1e-9, name="rayleigh(I, v)")
    half = submission.rayleigh(A, v / 2)
    assert_close(submission.rayleigh(A, v), as_array(half, shape=(), name="rayleigh(A, v)"), rtol=1e-9,
                 atol=1e-12, name="rayleigh(A, 2v)")  # fmt: skip


def test_dominant_negative(submission, rng):
    for spectrum in ([-5.0, 4.5, 1.0, 0.5], [-7.0, 6.5, -6.0, 2.0, 0.1, 0.0]):
        A, _ = symmetric(rng, spectrum)
        lam, _ = dominant(submission, A)
        assert_close(lam, spectrum[0], rtol=1e-8, name="lam")
    # Whole numbers are taken as float64: the matrix of the statement, from a start of whole numbers.
    for options in ({}, {"v0": np.array([1, 1])}):
        lam, _ = dominant(submission, np.array([[1, 2], [2, -2]]), **options)
        assert_close(lam, -3.0, rtol=1e-8, name="lam for a matrix of whole numbers")


def test_dominant_positive(submission, rng):
    top = float(rng.uniform(20.0, 30.0))
    for spectrum in ([top, -0.9 * top, 1.0], [top, 0.8 * top, -0.7 * top, 0.3, -0.2]):
        A, _ = symmetric(rng, spectrum)
        lam, _ = dominant(submission, A)
        assert_close(lam, top, rtol=1e-8, name="lam")
    # A row and a column of zeros: an entry of A v is 0 from the first step on.
    A = np.zeros((4, 4))
    A[1:, 1:], _ = symmetric(rng, [top, 0.8 * top, 1.0])
    lam, _ = dominant(submission, A)
    assert_close(lam, top, rtol=1e-8, name="lam")


def test_eigen_equation(submission, rng):
    for spectrum in ([5.0, 4.0, 1.0, -0.5], [-3.0, 2.0, 1.0], [4.0, -3.2, 3.0, 2.0, 1.0, 0.5]):
        A, v0 = symmetric(rng, spectrum)
        _, v = dominant(submission, A)
        if np.linalg.norm(v) < 0.1:
            raise ComparisonFailed("v is (nearly) zero, and zero is no eigenvector.")
        assert_close(A @ v / np.linalg.norm(v), spectrum[0] * v / np.linalg.norm(v), rtol=0.0, atol=1e-4,
                     name="A v against λ v")  # fmt: skip
        assert_close(unsigned(v), v0, rtol=0.0, atol=1e-4, name="The direction of v")


def test_unit(submission, rng):
    for spectrum in ([9.0, -8.0, 1.0], [0.5, 0.4, -0.3, 0.2], [-3.0, 1.0]):
        A, _ = symmetric(rng, spectrum)
        _, v = dominant(submission, A)
        assert_close(v @ v, 1.0, rtol=1e-10, name="v.T v")
    start = 10.0 * rng.normal(size=2)
    _, v = dominant(submission, A, v0=start)
    assert_close(v @ v, 1.0, rtol=1e-10, name="v.T v for a start of another length")


def test_sign_convention(submission, rng):
    # The first entry and the sum speak against the largest entry.
    v = np.array([-1.0, -0.9, -0.8, 1.3, -0.7])
    v[1:] = rng.permutation(v[1:])
    Q, _ = np.linalg.qr(np.column_stack([v, rng.normal(size=(5, 4))]))
    want = v / np.linalg.norm(v)
    for top in (6.0, -6.0):
        A = (Q * [top, 4.0, -3.0, 2.0, 1.0]) @ Q.T
        A = (A + A.T) / 2
        for start in (None, want + 0.1 * rng.normal(size=5), -want + 0.1 * rng.normal(size=5)):
            _, got = dominant(submission, A, v0=start)
            assert_close(got, want, rtol=0.0, atol=1e-4, name="v")


def test_slow_convergence(submission, rng):
    for spectrum in ([2.0, 1.98, 1.0, -0.5], [-3.0, 2.96, 2.9, 0.5, 0.1]):
        A, v0 = symmetric(rng, spectrum)
        lam, v = dominant(submission, A)
        assert_close(lam, spectrum[0], rtol=1e-8, name="lam")
        assert_close(unsigned(v), v0, rtol=0.0, atol=2e-3, name="The direction of v")
    # From a start that lies near the wrong eigenvector a thousand steps leave 4e-4.
    A = np.diag([1.0, 0.5, 1.01, -0.3])
    _, v = dominant(submission, A, tol=0.0, v0=np.array([10.0, 1.0, 1.0, 1.0]))
    assert_close(v, np.eye(4)[2], rtol=0.0, atol=1e-4, name="The direction of v")
    # Where the second eigenvalue is 0.9 of the first, v is off by 9 times its last change, and by
    # 2e-6 where lam has changed by 1e-13 of itself: 5e-6 tells a tol of 1e-6 from that. With tol = 0
    # lam settles to the last bit or two, where v is off by about 1e-7.
    for spectrum in ([4.0, 3.6, 1.0, -0.5], [-4.0, 3.6, 0.5]):
        A, v0 = symmetric(rng, spectrum)
        for options, error in (({}, 5e-6), ({"tol": 0.0, "num_iters": 600}, 1e-6)):
            lam, v = dominant(submission, A, **options)
            assert_close(lam, spectrum[0], rtol=1e-10, name="lam")
            if not np.linalg.norm(unsigned(v) - v0) < error:
                raise ComparisonFailed(
                    "The loop ended too early: v still changes by more than tol allows, relative to its length."
                )


def test_last_iterate(submission, rng):
    # Eigenvalues so close that a few steps are far from converged.
    A, _ = symmetric(rng, [2.0, 1.9, -1.7, 1.5, -1.3])
    start = 3.0 * rng.normal(size=5)
    cases = [(A, start, count) for count in (2, 1, 5, 12)]
    cases.append((np.diag([3.0, 1.0]), np.ones(2), 1))
    results = [dominant(submission, A, num_iters=count, v0=start) for A, start, count in cases]
    for (A, start, count), (lam, v) in zip(cases, results, strict=True):
        w = np.linalg.matrix_power(A, count) @ start
        if np.abs(unsigned(v) - unsigned(w)).max() > 1e-8:
            raise ComparisonFailed(f"v isn't what {count} multiplication{'s' * (count > 1)} by A make of v0.")
        assert_close(lam, w @ A @ w / (w @ w), rtol=1e-8, atol=1e-8, name="lam after a few steps")


def test_one_by_one(submission, rng):
    for a in (float(rng.uniform(1.0, 5.0)), float(rng.uniform(-5.0, -1.0))):
        lam, v = dominant(submission, np.array([[a]]))
        assert_close(lam, a, rtol=1e-9, name="lam")
        assert_close(v, [1.0], rtol=1e-9, name="v")


def test_zero_matrix(submission, rng):
    for spectrum in ([2.0, 0.1], [5.0, 0.4, 0.2, 0.0]):
        A, _ = symmetric(rng, spectrum)
        lam, _ = dominant(submission, A)
        assert_close(lam, spectrum[0], rtol=1e-3, name="lam")
        lam, _ = dominant(submission, 0.0 * A)
        assert_close(lam, 0.0, atol=1e-12, name="lam for the zero matrix")
    # Small isn't zero. Where lam is compared with a tol of 1e-13 as it stands, it is off by 1e-5.
    for scale, options, close in ((1e-9, {}, 1e-3), (1e-30, {"tol": 0.0, "num_iters": 99}, 1e-8)):
        A = np.diag([3.0, 1.0]) * scale
        lam, _ = dominant(submission, A, v0=np.array([1.0, 2.0]), **options)
        assert_close(lam, 3.0 * scale, rtol=close, name="lam for a small matrix")
    W = np.array([[0.0, -3e-5], [0.0, 4e-5], [0.0, 0.0]])
    assert_close(submission.spectral_norm(W), 5e-5, rtol=1e-3, name="spectral_norm(W) for a small W")
    W = rng.normal(size=(3, 1))
    assert_close(submission.spectral_norm(W), np.sqrt((W**2).sum()), rtol=1e-7, name="spectral_norm(W)")
    assert_close(submission.spectral_norm(0.0 * W), 0.0, atol=1e-12, name="spectral_norm(0)")
    assert_close(submission.spectral_norm(np.zeros((2, 3))), 0.0, atol=1e-12, name="spectral_norm(0)")


def rectangular(rng, m, n, singular):
    """A matrix of shape (m, n) with these singular values."""
    k = len(singular)
    return (basis(rng, m)[:, :k] * np.asarray(singular)) @ basis(rng, n)[:, :k].T


def test_spectral_norm(submission, rng):
    top = float(rng.uniform(1.5, 9.0))
    for shape in ((5, 3), (3, 5), (4, 4)):
        W = rectangular(rng, *shape, [top, 0.9 * top, 0.2])
        assert_close(submission.spectral_norm(W), np.linalg.norm(W, 2), rtol=1e-7, name="spectral_norm(W)")


def test_spectral_norm_shapes(submission, rng):
    # One row, one column, rank one, a negative number: the norm is a length.
    u, v = basis(rng, 5)[:, 0] * 3.0, basis(rng, 4)[:, 0]
    for W, want in (
        (v[None, :] * 2.0, 2.0),
        (u[:, None], 3.0),
        (np.outer(u, v), 3.0),
        (np.array([[-1.7]]), 1.7),
    ):
        assert_close(submission.spectral_norm(W), want, rtol=1e-7, name="spectral_norm(W)")
    # The first has no real eigenvalue, and the shear has only the eigenvalue 1.
    for W in (np.array([[1.0, -3.0], [2.0, 1.0]]), np.array([[1.0, 5.0], [0.0, 1.0]])):
        assert_close(submission.spectral_norm(W), np.linalg.norm(W, 2), rtol=1e-7, name="spectral_norm(W)")


def test_spectral_norm_slow(submission, rng):
    W = rectangular(rng, 6, 4, [4.0, 3.95, 1.0, 0.3])
    assert_close(submission.spectral_norm(W), 4.0, rtol=1e-7, name="spectral_norm(W)")


def test_trace_det(submission, rng):
    for n in (1, 2, 3, 5):
        A = rng.normal(size=(n, n))
        A = A + A.T
        A[0, 0] += 3.0  # a trace that isn't near 0
        result = submission.trace_det_from_eigs(np.linalg.eigvalsh(A))
        want = (np.trace(A), np.linalg.det(A))
        assert_close(result, want, rtol=1e-8, atol=1e-8, name="trace_det_from_eigs(lams)")
    lams = np.array([-2.0, -2.0, 0.5, 3.0]) * rng.uniform(0.5, 2.0)
    assert_close(submission.trace_det_from_eigs(lams), (lams[0] + lams[1] + lams[2] + lams[3],
                 lams[0] * lams[1] * lams[2] * lams[3]), rtol=1e-10, atol=1e-10, name="trace_det_from_eigs(lams)")  # fmt: skip
    # A small eigenvalue isn't zero.
    assert_close(submission.trace_det_from_eigs(np.array([1e-12, 1e12, 3.0])), (1e12, 3.0), rtol=1e-10,
                 name="trace_det_from_eigs(lams)")  # fmt: skip
    assert_close(submission.trace_det_from_eigs(np.array([4.0, 0.0, -1.0])), (3.0, 0.0), rtol=1e-10, atol=1e-12,
                 name="trace_det_from_eigs(lams)")  # fmt: skip


def test_no_mutation(submission, rng):
    A, v = symmetric(rng, [3.0, -2.0, 1.0])
    start = v + rng.normal(size=3)
    assert_pure(submission.rayleigh, A, start)
    assert_pure(submission.power_iteration, A, v0=start)
    assert_pure(submission.power_iteration, A, v0=-v)
    # The answer itself as a start must come back as new memory.
    assert_pure(submission.power_iteration, A, v0=v)
    assert_pure(submission.power_iteration, np.diag([3.0, 1.0]), v0=np.array([1.0, 0.0]))
    assert_pure(submission.spectral_norm, rectangular(rng, 4, 3, [3.0, 2.0]))
    assert_pure(submission.trace_det_from_eigs, start)
