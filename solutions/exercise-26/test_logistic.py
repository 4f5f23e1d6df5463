"""Hidden checks of exercise-26.

Oracles: sums in plain Python (math.exp, math.log1p), finite differences of the objective written that
way, gradient descent on those, and the definition of the calibration error bin by bin.
"""

import math

import numpy as np

from grader.testing import as_array, assert_close, assert_pure, finite_difference


def sigmoid(z):
    return 1.0 / (1.0 + math.exp(-z)) if z > -700 else 0.0


def surprise(z, y):
    """−log of the right class's probability: log(1 + e^−m) with the margin m = z or −z."""
    margin = z if y == 1 else -z
    return max(-margin, 0.0) + math.log1p(math.exp(-abs(margin)))


def scores(X, w, b):
    return [math.fsum(map(math.prod, zip(row, w, strict=True))) + b for row in np.asarray(X).tolist()]


def objective(X, y, w, b, l2):
    loss = math.fsum(map(surprise, scores(X, w, b), y)) / len(y)
    return loss + 0.5 * l2 * math.fsum(float(v) ** 2 for v in w)


def gradient(X, y, w, b, l2):
    residual = np.array([sigmoid(z) for z in scores(X, w, b)]) - y
    return np.array([np.mean(residual * column) for column in X.T]) + l2 * w, residual.mean()


def descend(X, y, lr, steps, l2):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        gw, gb = gradient(X, y, w, b, l2)
        w, b = w - lr * gw, b - lr * gb
    return w, b


def problem(rng, n, d):
    """Samples whose means and spreads differ by feature; both labels in no order, not equally often."""
    X = rng.normal(size=(n, d)) * rng.uniform(0.5, 1.5, size=d) + rng.uniform(-1.0, 1.0, size=d)
    y = rng.permutation(np.arange(n) < max(1, n // 3)).astype(float)
    return X, y, rng.uniform(0.3, 1.0, size=d) * rng.choice([-1.0, 1.0], size=d), float(rng.uniform(0.3, 1.0))


def sizes(X):
    return {"N, the number of samples": len(X), "d, the number of features": X.shape[1]}


def calibration_error(p, y, n_bins):
    total = 0.0
    for j in range(n_bins):
        inside = (p >= j / n_bins) & ((p < (j + 1) / n_bins) | ((j == n_bins - 1) & (p == 1.0)))
        if inside.any():
            total += inside.mean() * abs(p[inside].mean() - y[inside].mean())
    return total


def off_the_edges(rng, n_bins, n):
    """Probabilities in the middle half of random bins. Labels come often in one bin, seldom in the next:
    gaps that change sign from bin to bin can't be found with other bins.
    """
    bins = rng.integers(0, n_bins, size=n)
    often = np.where(bins % 2 == 0, 0.85, 0.15)
    return (bins + rng.uniform(0.25, 0.75, size=n)) / n_bins, (rng.random(n) < often).astype(float)


def test_proba(submission, rng):
    cases = [problem(rng, *shape) for shape in ((5, 3), (4, 4), (1, 2), (3, 1), (2, 6))]
    for (X, _, w, b), p in zip(
        cases, submission.predict_proba.each([(X, w, b) for X, _, w, b in cases]), strict=True
    ):
        assert_close(
            p, np.array([sigmoid(z) for z in scores(X, w, b)]), rtol=1e-9, name="predict_proba(X, w, b)"
        )


def test_proba_extreme(submission, rng):
    gap = float(rng.uniform(900.0, 1100.0))
    near = float(rng.normal())
    X = np.array([[gap, 0.0], [-gap, 0.0], [0.0, 1e6], [0.0, -1e6], [0.0, near]])
    want = [1.0, 0.0, 1.0, 0.0, sigmoid(near + 0.5)]
    assert_close(submission.predict_proba(X, np.ones(2), 0.5), want, rtol=1e-9, atol=1e-14,
                 name="predict_proba(X, w, b)")  # fmt: skip


def test_bce(submission, rng):
    cases = []
    for n in (7, 2, 1):
        z = rng.normal(scale=2.0, size=n)
        cases.append((z, (rng.random(n) < 0.5).astype(float)))
    z, y = cases[0]
    y[:2] = [0.0, 1.0]
    cases += [(np.concatenate([z, z]), np.concatenate([y, y])), (-z, 1.0 - y), (np.zeros(4), y[:4].copy())]
    for (z, y), loss in zip(cases, submission.bce_with_logits.each(cases), strict=True):
        want = math.fsum(map(surprise, z.tolist(), y)) / len(y)
        assert_close(loss, want, rtol=1e-9, atol=1e-13, name="bce_with_logits(z, y)",
                     sizes={"N, the number of samples": len(y)})  # fmt: skip


def test_bce_extreme(submission, rng):
    gap = float(rng.uniform(900.0, 1100.0))
    z, y = rng.normal(size=2), np.array([1.0, 0.0])
    cases = [
        (np.array([gap, -gap]), y[::-1].copy()),
        (np.array([40.0, -60.0, 1.0]), np.array([0.0, 1.0, 1.0])),
        (np.array([gap, -gap]), y),
        (np.array([-1e6, z[0], 1e6, z[1]]), np.array([1.0, 1.0, 1.0, 0.0])),
        (np.array([-1e12, 1e12]), np.array([1.0, 1.0])),
    ]
    for (z, y), loss in zip(cases, submission.bce_with_logits.each(cases), strict=True):
        want = math.fsum(map(surprise, z.tolist(), y)) / len(y)
        # log(1 + e^z) − z is 0 up to the rounding of z, about 1e-13 at 1000.
        assert_close(loss, want, rtol=1e-9, atol=1e-9, name="bce_with_logits(z, y)",
                     sizes={"N, the number of samples": len(y)})  # fmt: skip
    # Nearly sure isn't sure: e^−z, right to five digits however it is found.
    sure = float(rng.uniform(20.5, 21.5))
    for z, label in ((sure, 1.0), (-sure, 0.0)):
        assert_close(submission.bce_with_logits(np.array([z]), np.array([label])), math.exp(-sure), rtol=1e-4,
                     name="bce_with_logits(z, y), nearly sure,")  # fmt: skip


def gradients(submission, rng):
    """Give ((X, y, w, b, l2), what came back) for several problems, with the penalty and without."""
    shapes = ((6, 3), (4, 4), (1, 2), (5, 1), (6, 2))
    cases = [
        (*problem(rng, *shape), l2) for shape, l2 in zip(shapes, (0.0, 0.0, 0.7, 0.3, 12.5), strict=True)
    ]
    calls = [(X, y, w, b, l2)[: 5 if l2 else 4] for X, y, w, b, l2 in cases]
    found = submission.logreg_grad.each(calls)
    X, y, w, b, l2 = cases[4]
    return [*zip(cases, found, strict=True), (cases[4], submission.logreg_grad(X, y, w, b, l2=l2))]


def test_grad_w_fd(submission, rng):
    for (X, y, w, b, l2), found in gradients(submission, rng):
        # h = 1e-6: rounding of the objective leaves about 1e-10.
        slope = finite_difference(lambda v, X=X, y=y, b=b, l2=l2: objective(X, y, v.tolist(), b, l2), w)
        gw = parts(found)[0]
        assert_close(gw, slope, rtol=1e-5, atol=1e-8, name="gw of logreg_grad", sizes=sizes(X))


def test_grad_b_fd(submission, rng):
    for (X, y, w, b, l2), found in gradients(submission, rng):
        slope = finite_difference(
            lambda c, X=X, y=y, w=w, l2=l2: objective(X, y, w.tolist(), float(c), l2), b
        )
        gb = parts(found)[1]
        assert_close(gb, float(slope), rtol=1e-5, atol=1e-8, name="gb of logreg_grad", sizes=sizes(X))


def parts(pair):
    """Judge that two values came back before one is looked at; the other's value is another check's."""
    if type(pair) not in (tuple, list) or len(pair) != 2:
        assert_close(pair, (0.0, 0.0), name="The result")
    return pair


def test_grad_extreme(submission, rng):
    gap = float(rng.uniform(900.0, 1100.0))
    X = np.array([[gap, 1.0], [-gap, 2.0], [gap, 3.0], [0.0, 0.5], [-gap, -1.0]])
    y = np.array([1.0, 0.0, 0.0, 1.0, 1.0])
    # The scores are ±gap and 0: two are right for sure, two wrong, one is open (p = 1/2).
    residual = np.array([0.0, 0.0, 1.0, -0.5, -1.0])
    want = (X.T @ residual / 5, -0.1)
    assert_close(submission.logreg_grad(X, y, np.array([1.0, 0.0]), 0.0), want, rtol=1e-9, atol=1e-12,
                 name="logreg_grad(X, y, w, b)")  # fmt: skip
    # Nearly right isn't right: p − 1 is −e^−15 or so; a p within 1e-14 is good enough.
    found = submission.logreg_grad(np.array([[15.0, 3.0]]), np.array([1.0]), np.array([1.0, 0.0]), 0.0)
    residual = -math.exp(-15.0) / (1.0 + math.exp(-15.0))
    assert_close(
        found, (residual * np.array([15.0, 3.0]), residual), rtol=1e-6, name="logreg_grad, nearly right,"
    )


def test_first_step(submission, rng):
    X, y, _, _ = problem(rng, 7, 3)
    lr = float(rng.uniform(0.2, 2.0))
    assert_close(submission.fit_logreg(X, y, lr, 0), (np.zeros(3), 0.0), name="fit_logreg(X, y, lr, 0)")
    # At w = 0, b = 0 every probability is 1/2.
    want = (lr * X.T @ (y - 0.5) / 7, lr * (y - 0.5).mean())
    assert_close(submission.fit_logreg(X, y, lr, 1), want, rtol=1e-9, atol=1e-12, name="fit_logreg(X, y, lr, 1)",
                 sizes=sizes(X))  # fmt: skip
    # As far as the rate and the gradient say, however far that is.
    found = submission.fit_logreg(40.0 * X, y, 70.0, 1)
    want = (70.0 * 40.0 * X.T @ (y - 0.5) / 7, 70.0 * (y - 0.5).mean())
    assert_close(found, want, rtol=1e-9, atol=1e-10, name="fit_logreg(X, y, large lr, 1)")


def test_simultaneous_update(submission, rng):
    cases = []
    for n, d, steps in ((6, 3, 2), (4, 4, 7), (9, 1, 30), (5, 2, 150)):
        X, y, _, _ = problem(rng, n, d)
        cases.append((X, y, float(rng.uniform(0.3, 0.9)), steps))
    for (X, y, lr, steps), found in zip(cases, submission.fit_logreg.each(cases), strict=True):
        # A rounding of 1e-16 in a step doesn't grow in descent at rates this small.
        assert_close(found, descend(X, y, lr, steps, 0.0), rtol=1e-8, atol=1e-11,
                     name="fit_logreg(X, y, lr, steps)", sizes=sizes(X))  # fmt: skip


def test_fit_l2(submission, rng):
    X, y, _, _ = problem(rng, 8, 3)
    lr, l2 = 0.4, float(rng.uniform(0.3, 1.2))
    want = descend(X, y, lr, 12, l2)
    assert_close(submission.fit_logreg(X, y, lr, 12, l2), want, rtol=1e-8, atol=1e-11,
                 name="fit_logreg(X, y, lr, steps, l2)", sizes=sizes(X))  # fmt: skip
    assert_close(submission.fit_logreg(X, y, lr, 12, l2=l2), want, rtol=1e-8, atol=1e-11,
                 name="fit_logreg(X, y, lr, steps, l2)")  # fmt: skip


def test_fit_converges(submission, rng):
    X, y, _, _ = problem(rng, 9, 2)
    X -= X.mean(axis=0)  # then the bias is found as quickly as the weights
    l2 = float(rng.uniform(0.2, 0.5))
    w, b = parts(submission.fit_logreg(X, y, 0.5, 600, l2))
    w = as_array(w, shape=(2,), name="w of fit_logreg")
    b = as_array(b, shape=(), name="b of fit_logreg")
    p = np.array([sigmoid(z) for z in scores(X, w.tolist(), float(b))])
    # Slopes of 0 characterise the minimum of a convex function; 600 steps leave less than 1e-9 of the way.
    assert_close(p.mean(), y.mean(), rtol=1e-6, name="The mean probability after training")
    assert_close(
        X.T @ (y - p) / 9, l2 * w, rtol=1e-6, atol=1e-7, name="The pull of the data against the penalty"
    )


def test_ece(submission, rng):
    cases = [off_the_edges(rng, 10, n) for n in (60, 25, 7)]
    p, y = cases[0]
    order = rng.permutation(60)
    cases += [(p[order], y[order]), (np.concatenate([p, p]), np.concatenate([y, y]))]
    for (p, y), error in zip(cases, submission.expected_calibration_error.each(cases), strict=True):
        assert_close(error, calibration_error(p, y, 10), rtol=1e-9, atol=1e-12,
                     name="expected_calibration_error(p, y)",
                     sizes={"N, the number of samples": len(p), "10, the number of bins": 10})  # fmt: skip


def test_ece_bins(submission, rng):
    ece = submission.expected_calibration_error
    for n_bins in (4, 7):
        p, y = off_the_edges(rng, n_bins, 30)
        for error in (ece(p, y, n_bins), ece(p, y, n_bins=n_bins)):
            assert_close(error, calibration_error(p, y, n_bins), rtol=1e-9, atol=1e-12,
                         name="expected_calibration_error(p, y, n_bins)")  # fmt: skip
    p, y = off_the_edges(rng, 10, 9)
    assert_close(ece(p, y, 1), abs(p.mean() - y.mean()), rtol=1e-9, atol=1e-12,
                 name="expected_calibration_error(p, y, 1)")  # fmt: skip
    # So many bins that most are empty and no other holds two samples.
    far = (rng.permutation(200)[:9] + 0.5) / 200
    assert_close(ece(far, y, 200), np.abs(far - y).mean(), rtol=1e-9, atol=1e-12,
                 name="expected_calibration_error(p, y, 200)")  # fmt: skip


def test_ece_perfect(submission, rng):
    p = np.repeat([0.25, 0.125, 0.75, 0.5625], [4, 8, 8, 16])
    y = np.concatenate([np.arange(n) < k for n, k in ((4, 1), (8, 1), (8, 6), (16, 9))]).astype(float)
    order = rng.permutation(len(p))
    perfect = submission.expected_calibration_error(p[order], y[order])
    assert_close(perfect, 0.0, atol=1e-12, name="expected_calibration_error(p, y)")
    # The other way round: probabilities 1 − p for the same labels are far off.
    turned = submission.expected_calibration_error(1.0 - p[order], y[order])
    assert_close(turned, calibration_error(1.0 - p, y, 10), rtol=1e-9, atol=1e-12,
                 name="expected_calibration_error(p, y)")  # fmt: skip


def test_ece_ends(submission, rng):
    low, high = rng.uniform(0.02, 0.08, size=2), rng.uniform(0.92, 0.98, size=2)
    cases = [
        # Alone, the ends have gaps of the other sign than their neighbours in the bin.
        (np.array([1.0, *high, 0.0, *low]), np.array([0.0, 1.0, 1.0, 1.0, 0.0, 0.0])),
        (np.array([1.0]), np.array([0.0])),
        (np.array([0.0, 0.0]), np.array([0.0, 1.0])),
        (np.array([1.0, 0.0]), np.array([1.0, 0.0])),
    ]
    for (p, y), error in zip(cases, submission.expected_calibration_error.each(cases), strict=True):
        assert_close(error, calibration_error(p, y, 10), rtol=1e-9, atol=1e-12,
                     name="expected_calibration_error(p, y)")  # fmt: skip
    # Edges of 2, 4, 8 bins are exact in float64, however they are computed; those of 10 bins aren't.
    cases = [(np.array([0.5, 0.75]), np.array([0.0, 1.0]), 2)]
    for n_bins in (4, 8):
        # On each edge the gap is above 0, in the bin above it below 0, so that they cancel only there.
        edge, y = np.arange(1, n_bins) / n_bins, np.repeat([0.0, 1.0], n_bins - 1)
        inside = edge + rng.uniform(0.2, 0.8, size=n_bins - 1) / n_bins
        cases.append((np.concatenate([edge, inside]), y, n_bins))
    for (p, y, n), error in zip(cases, submission.expected_calibration_error.each(cases), strict=True):
        assert_close(error, calibration_error(p, y, n), rtol=1e-9, atol=1e-12,
                     name="expected_calibration_error(p, y, n_bins) of probabilities on edges")  # fmt: skip


def test_no_mutation(submission, rng):
    X, y, w, b = problem(rng, 6, 3)
    assert_pure(submission.predict_proba, X, w, b)
    as_array(assert_pure(submission.bce_with_logits, X @ w, y), shape=(), name="bce_with_logits(z, y)")
    for l2 in (0.0, 0.5):
        parts(assert_pure(submission.logreg_grad, X, y, w, b, l2))
        parts(assert_pure(submission.fit_logreg, X, y, 0.5, 3, l2))
    p = np.array([0.0, 0.33, 0.35, 0.77, 0.79, 1.0])
    as_array(assert_pure(submission.expected_calibration_error, p, y), shape=())
