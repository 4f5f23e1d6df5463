"""Hidden checks of exercise-16.

Oracles: Hessians of functions whose second derivatives are written down by hand, matrices built
from chosen eigenvalues and a random rotation, and gradient descent run here.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_equal, assert_pure

# At h = 1e-4 rounding leaves about 1e-16·|f|/h² = 1e-7. One-sided formulas are off by about h and
# shall fail the checks on polynomials, not the others.
FINE = {"rtol": 2e-3, "atol": 2e-3}
EXACT = {"rtol": 1e-8, "atol": 1e-8}  # the step is large, so rounding stays near 1e-13


def given(x, n):
    """Take what f was called with; a wrong shape is worth a sentence of its own."""
    got = as_array(x, name="What f is called with")
    if got.shape != (n,):
        raise ComparisonFailed(f"f is called with the shape {got.shape}, but x has the shape {(n,)}.")
    return got.astype(np.float64)


def bent(rng, n):
    """Give x ↦ sin(a·x) + e^(b·x) + c·x + d, which ties all coordinates together, and its Hessian."""
    a, b, c = rng.uniform(0.3, 0.9, size=(3, n)) * rng.choice([-1.0, 1.0], size=(3, n))
    d = float(rng.normal())

    def f(x):
        x = given(x, n)
        return math.sin(a @ x) + math.exp(b @ x) + float(c @ x) + d

    return f, lambda x: -math.sin(a @ x) * np.outer(a, a) + math.exp(b @ x) * np.outer(b, b)


def cubic(rng, n):
    """Give a random polynomial of degree 3 in n variables, and its Hessian."""
    A, B = rng.normal(size=(n, n, n)) / n, rng.normal(size=(n, n))
    A = sum(A.transpose(p) for p in [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
    c = rng.normal(size=n)

    def f(x):
        x = given(x, n)
        return float(np.einsum("ijk,i,j,k->", A, x, x, x) / 6 + x @ B @ x / 2 + c @ x)

    return f, lambda x: np.einsum("ijk,k->ij", A, x) + (B + B.T) / 2


def rotation(rng, n):
    """A random orthogonal matrix without small entries' special places."""
    return np.linalg.qr(rng.normal(size=(n, n)))[0]


def symmetric(rng, eigenvalues):
    """A symmetric matrix with these eigenvalues and random eigenvectors."""
    Q = rotation(rng, len(eigenvalues))
    H = Q @ np.diag(eigenvalues) @ Q.T
    return (H + H.T) / 2


def test_hessian_mixed(submission, rng):
    for n in (2, 3, 4, 1):
        f, curvature = bent(rng, n)
        x = rng.uniform(-1.0, 1.0, size=n)
        assert_close(submission.hessian(f, x), curvature(x), **FINE, name="hessian(f, x)")
        # Another function at the same point: what was measured before is of no use.
        f, curvature = bent(rng, n)
        assert_close(submission.hessian(f, x), curvature(x), **FINE, name="hessian(f, x)")


def test_hessian_cubic(submission, rng):
    for n in (3, 2):
        f, curvature = cubic(rng, n)
        x = rng.uniform(-1.5, 1.5, size=n)
        for h in (0.5, 0.2):
            assert_close(submission.hessian(f, x, h), curvature(x), **EXACT, name="hessian(f, x, h)")
        # A small curvature is one too: nothing is rounded or cut off.
        got = submission.hessian(lambda y, f=f: 1e-6 * f(y), x, 0.5)
        assert_close(got, 1e-6 * curvature(x), rtol=1e-8, atol=1e-14, name="hessian(f, x, h), f small,")


def test_hessian_step(submission, rng):
    # For polynomials of degree 4 each central formula is off by a multiple of h², exactly.
    # The x³y makes the mixed entries err as well: by h² with corners at x ± h, by h²/4 at x ± h/2.
    c, x = rng.uniform(0.5, 1.5, size=2), rng.uniform(1.2, 2.0, size=2)

    def quartic(h):
        def f(y):
            y = given(y, 2)
            if np.abs(y - x).max() > 2.001 * h:
                raise ComparisonFailed("f is called further than 2 h from x in a coordinate.")
            return float(c @ y**4 + y[0] ** 2 * y[1] ** 2 + y[0] ** 3 * y[1])

        return f

    mixed = 4 * x[0] * x[1] + 3 * x[0] ** 2
    exact = np.array(
        [
            [12 * c[0] * x[0] ** 2 + 2 * x[1] ** 2 + 6 * x[0] * x[1], mixed],
            [mixed, 12 * c[1] * x[1] ** 2 + 2 * x[0] ** 2],
        ]
    )
    coarse, fine = (
        as_array(submission.hessian(quartic(h), x, h=h), shape=(2, 2), name="hessian(f, x, h)") - exact
        for h in (0.5, 0.25)
    )
    assert_close(coarse, 4 * fine, **EXACT, name="The error at step h, beside 4 times that at h/2,")
    if not (np.all(np.diag(coarse) > 0.5 * c * 0.5**2) and coarse[0, 1] > 0.2 * 0.5**2):
        raise ComparisonFailed("hessian(f, x, h=0.5) isn't the central difference with this step.")
    # f changes so fast (K·h is about 0.3) that another default step gives visibly different values.
    K = 3e3 * rng.uniform(0.9, 1.1, size=2)
    waves = lambda y: float(np.sin(K * given(y, 2) + c).sum() + np.sin(K @ given(y, 2)))  # noqa: E731
    default, other = (
        as_array(submission.hessian(waves, x, **step), shape=(2, 2), name="hessian(f, x)")
        for step in ({"h": 1e-4}, {"h": 3e-4})
    )
    assert_close(
        submission.hessian(waves, x), default, rtol=1e-6, atol=10.0, name="hessian(f, x) without a step"
    )
    if np.allclose(default, other, rtol=1e-3):
        raise ComparisonFailed("hessian(f, x, h) gives the same with the steps 1e-4 and 3e-4.")


def test_integer_input(submission, rng):
    whole = rng.integers(-2, 3, size=3)
    f, curvature = bent(rng, 3)
    assert_close(submission.hessian(f, whole), curvature(whole), **FINE, name="hessian(f, whole numbers)")
    # Near 64 a float32 step of 1e-4 is off by several per cent.
    single = (64.0 + rng.uniform(-1.0, 1.0, size=3)).astype(np.float32)
    got = submission.hessian(lambda y: f(given(y, 3) - 64.0), single)
    assert_close(got, curvature(single.astype(np.float64) - 64.0), **FINE, name="hessian(f, float32 numbers)")


def test_taylor(submission, rng):
    for n in (3, 5, 1):
        H, q, x, dx = symmetric(rng, rng.uniform(-2, 2, size=n)), *rng.normal(size=(3, n))
        offset = float(rng.normal())

        def f(y, H=H, q=q, offset=offset):
            return (
                0.5 * sum(H[i, j] * y[i] * y[j] for i in range(len(y)) for j in range(len(y)))
                + q @ y
                + offset
            )

        got = submission.taylor2(f(x), H @ x + q, H, dx)
        assert_close(got, f(x + dx), rtol=1e-9, atol=1e-9, name="taylor2(f0, g, H, dx)")
        assert_close(submission.taylor2(offset, q, H, np.zeros(n)), offset, rtol=1e-9,
                     name="taylor2 without a move")  # fmt: skip
        # A tiny move from a critical point where f is 0: only the curvature speaks.
        tiny = 1e-5 * dx
        assert_close(submission.taylor2(0.0, np.zeros(n), H, tiny), f(tiny, q=0 * q, offset=0.0), rtol=1e-9,
                     atol=1e-22, name="taylor2 of a tiny move")  # fmt: skip


def test_taylor_remainder(submission, rng):
    # f = e^(a·x) at x: the error is f·(s³/6 + s⁴/24 + …) with s = a·dx.
    a, x, dx = rng.uniform(0.5, 1.0, size=(3, 3))
    f0 = math.exp(a @ x)
    g, H = f0 * a, f0 * np.outer(a, a)
    error = []
    for t in (0.02, 0.01):
        model = as_array(submission.taylor2(f0, g, H, t * dx), shape=(), name="taylor2(f0, g, H, dx)")
        error.append(math.exp(a @ (x + t * dx)) - model)
    s = 0.01 * float(a @ dx)
    assert_close(error[1], f0 * s**3 / 6, rtol=0.05, name="The error of the model")
    assert_close(error[0], 8 * error[1], rtol=0.05, name="The error, beside 8 times that of half the move,")


def test_classify(submission, rng):
    for n in (3, 2, 4):
        size = rng.uniform(0.5, 3.0, size=n)
        assert_equal(submission.classify(symmetric(rng, size)), "minimum", name="classify(H)")
        assert_equal(submission.classify(symmetric(rng, -size)), "maximum", name="classify(H)")
        for negative in range(1, n):
            signs = np.where(np.arange(n) < negative, -1.0, 1.0)
            assert_equal(submission.classify(symmetric(rng, signs * size)), "saddle", name="classify(H)")
    assert_equal(submission.classify(np.array([[0.3]])), "minimum", name="classify(H)")
    assert_equal(submission.classify(np.array([[-0.3]])), "maximum", name="classify(H)")


def test_classify_not_the_diagonal(submission, rng):
    a, b = (float(value) for value in rng.uniform(0.5, 1.0, size=2))
    c = float(rng.uniform(2.0, 3.0))
    cases = [
        ([[-a, c], [c, -b]], "saddle"),  # negative diagonal and trace
        ([[a, c], [c, b]], "saddle"),  # positive diagonal and trace
        ([[-a, 0.1], [0.1, -b]], "maximum"),  # positive determinant
        # two negative eigenvalues: positive determinant, and positive leading minors but for one
        ([[c, 0.0, 0.0], [0.0, a, c], [0.0, c, b]], "saddle"),
        ([[a, c, 0.0, 0.0], [c, b, 0.0, 0.0], [0.0, 0.0, a, c], [0.0, 0.0, c, b]], "saddle"),
        ([[-a, 0.0, 0.0], [0.0, -b, 0.1], [0.0, 0.1, -c]], "maximum"),  # negative determinant
        ([[-0.1 * a, 0.0], [0.0, c]], "saddle"),  # positive trace
        ([[c, 0.3], [0.3, 0.5 * a]], "minimum"),
        ([[0.0, a], [a, 0.0]], "saddle"),  # zeros on the diagonal
        ([[a, -0.3 * a], [-0.3 * a, a]], "minimum"),  # negative entries beside the diagonal
        ([[a, 0.0, 0.0], [0.0, -b, 0.0], [0.0, 0.0, c]], "saddle"),  # the negative one in the middle
        ([[-a, 0.0, 0.0], [0.0, b, 0.0], [0.0, 0.0, -c]], "saddle"),
        ([[1, 2], [2, 1]], "saddle"),  # whole numbers
    ]
    for H, kind in cases:
        assert_equal(submission.classify(np.array(H)), kind, name="classify(H)")


def test_classify_degenerate(submission, rng):
    assert_equal(submission.classify(np.zeros((2, 2))), "degenerate", name="classify(0)")
    for eigenvalues in (
        [0.0, 1.0],
        [0.0, -1.5],
        [0.0, 1.0, 2.5],
        [0.0, -1.0, 2.0],
        [0.0, 0.0, -2.0],
        [1e-10, -1.0, 0.7],
        [-2.0, 0.0, 0.8, 1.3, 2.0],
        [-2.0, -1.3, -0.8, 0.0, 1.0],
    ):
        got = submission.classify(symmetric(rng, np.array(eigenvalues)))
        assert_equal(got, "degenerate", name="classify(H) with an eigenvalue 0")
    assert_equal(submission.classify(np.ones((3, 3))), "degenerate", name="classify(H) with an eigenvalue 0")
    assert_equal(submission.classify(np.zeros((2, 2)), tol=0.0), "degenerate", name="classify(0, tol=0)")


def test_classify_tolerance(submission, rng):
    for small in (1e-5, -1e-5):
        H = symmetric(rng, np.array([small, 1.0, 2.0]))
        kind = "minimum" if small > 0 else "saddle"
        assert_equal(submission.classify(H), kind, name="classify(H)")
        assert_equal(submission.classify(H, 1e-6), kind, name="classify(H, tol)")
        assert_equal(submission.classify(H, tol=1e-4), "degenerate", name="classify(H, tol)")
        assert_equal(submission.classify(H, tol=1.5), "degenerate", name="classify(H, tol)")
    # Each eigenvalue is judged by itself, not their product.
    weak = symmetric(rng, np.array([-1e-5, 1e-5, 2e-3]))
    assert_equal(submission.classify(weak), "saddle", name="classify(H)")
    # The limit is 1e-8 by default, however large or small H is.
    assert_equal(submission.classify(symmetric(rng, np.array([1.2e-8, 1.0]))), "minimum", name="classify(H)")
    tiny = symmetric(rng, np.array([2e-10, 1.0]))
    assert_equal(submission.classify(tiny, tol=1e-11), "minimum", name="classify(H, tol)")
    assert_equal(submission.classify(symmetric(rng, np.array([7e-9, 1.0]))), "degenerate", name="classify(H)")
    assert_equal(submission.classify(symmetric(rng, np.array([1e-4, 1e5]))), "minimum", name="classify(H)")
    assert_equal(submission.classify(symmetric(rng, np.array([-3e-7, -1e-7]))), "maximum", name="classify(H)")
    assert_equal(
        submission.classify(symmetric(rng, np.array([1e-9, 2e-9]))), "degenerate", name="classify(H)"
    )


def test_newton_one_step(submission, rng):
    for n in (3, 2, 5, 1):
        H, bottom, x = symmetric(rng, rng.uniform(0.5, 8.0, size=n)), *rng.normal(size=(2, n))
        step = as_array(submission.newton_step(H @ (x - bottom), H), shape=(n,), name="newton_step(g, H)")
        assert_close(step, bottom - x, rtol=1e-9, atol=1e-9, name="newton_step(g, H)")
        assert_close(
            submission.newton_step(np.zeros(n), H), np.zeros(n), atol=1e-12, name="newton_step(0, H)"
        )
    # Saddles and maxima, weak and strong curvature, and far ways: the model's critical point is all
    # that counts. The condition number is at most 5e4, so rounding leaves about 1e-11.
    for eigenvalues, far in [
        ([-1.3, 2.1, 0.7], 1.0),
        ([-4.0, -0.6], 1.0),
        ([2e-7, -5e-7, 3e-7], 1.0),
        ([1e-3, 50.0], 300.0),
        ([4e6, 1e3, -2e5], 1e-3),
    ]:
        H, n = symmetric(rng, np.array(eigenvalues)), len(eigenvalues)
        move = far * rng.uniform(1.0, 2.0, size=n) * rng.choice([-1.0, 1.0], size=n)
        assert_close(submission.newton_step(-H @ move, H), move, rtol=1e-7, atol=1e-7 * far,
                     name="newton_step(g, H)")  # fmt: skip
    got = submission.newton_step(np.array([1, 2]), np.array([[3, 1], [1, -2]]))
    assert_close(got, [-4 / 7, 5 / 7], rtol=1e-9, name="newton_step of whole numbers")


def shrinkage(H, lr, start):
    """Give |x| after gradient descent on ½ xᵀHx as a fraction of the start's; stop when it has exploded."""
    x = start / np.linalg.norm(start)
    for _ in range(1000):
        x = x - lr * (H @ x)
        if not abs(x).max() < 1e6:
            break
    return float(np.linalg.norm(x))


def bowls(rng):
    """Positive definite matrices whose largest eigenvalue stands apart from the others, and that eigenvalue."""
    for n in (3, 2, 5):
        largest = float(rng.uniform(4.0, 9.0))
        yield symmetric(rng, np.append(rng.uniform(0.8, 3.0, size=n - 1), largest)), largest
    for eigenvalues in ([30.0, 100.0], [0.4, 0.9, 1.0], [1e-4, 3e-4]):
        yield symmetric(rng, np.array(eigenvalues)), max(eigenvalues)
    single = float(rng.uniform(0.1, 10.0))
    yield np.array([[single]]), single
    # A row of springs: steepest along (1, −1).
    yield single * np.array([[2.0, -1.0], [-1.0, 2.0]]), 3 * single


def test_lr_converges(submission, rng):
    for H, _ in bowls(rng):
        limit = float(as_array(submission.max_stable_lr(H), shape=(), name="max_stable_lr(H)"))
        n = len(H)
        # The factor a step is at most 0.98 along the steepest direction and less along the others.
        left = shrinkage(H, 0.99 * limit, rng.normal(size=n))
        if not left < 1e-2:
            raise ComparisonFailed("Gradient descent doesn't converge at 0.99 times max_stable_lr(H).")
        again = float(as_array(submission.max_stable_lr(4 * H), shape=(), name="max_stable_lr(H)"))
        assert_close(4 * again, limit, rtol=1e-6, name="4 times max_stable_lr(4H)")


def test_lr_diverges(submission, rng):
    for H, largest in bowls(rng):
        limit = float(as_array(submission.max_stable_lr(H), shape=(), name="max_stable_lr(H)"))
        start = rng.normal(size=len(H))
        left = shrinkage(H, 1.01 * limit, start)
        if not (limit > 0 and left > 1e2):
            raise ComparisonFailed("Gradient descent still converges at 1.01 times max_stable_lr(H).")
        assert_close(limit, 2 / largest, rtol=1e-6, name="max_stable_lr(H)")


def test_no_mutation(submission, rng):
    f, curvature = bent(rng, 2)
    x = rng.uniform(-1.0, 1.0, size=2)
    assert_close(
        assert_pure(submission.hessian, f, x), curvature(x), **FINE, name="hessian with a read-only x"
    )
    H, (g, dx) = symmetric(rng, np.array([1.0, 2.0, 3.0])), rng.normal(size=(2, 3))
    as_array(assert_pure(submission.taylor2, 1.5, g, H, dx), shape=(), name="taylor2(f0, g, H, dx)")
    assert_equal(assert_pure(submission.classify, H), "minimum", name="classify with a read-only H")
    as_array(assert_pure(submission.newton_step, g, H), shape=(3,), name="newton_step(g, H)")
    as_array(assert_pure(submission.max_stable_lr, H), shape=(), name="max_stable_lr(H)")
