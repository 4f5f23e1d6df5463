"""Hidden checks of exercise-07.

Oracles: exact ratios p_i/p_j = exp((z_i − z_j)/T) together with the sum 1 (a second route to
softmax that needs no softmax), shift invariance, and closed forms for two entries.
"""

import math

import numpy as np

from grader.testing import as_array, assert_close, assert_no_warnings, assert_pure, assert_raises


def probabilities(z, temperature=1.0):
    """Softmax over the last axis through p_i = 1 / Σ_j exp((z_j − z_i)/T), for moderate scores."""
    z = np.asarray(z) / temperature
    return 1.0 / np.exp(z[..., None, :] - z[..., :, None]).sum(axis=-1)


def test_values_last_axis(submission, rng):
    for shape in [(4, 5), (3, 3), (2, 3, 4), (6,), (3, 1)]:
        z = rng.normal(scale=2.0, size=shape)
        assert_close(submission.softmax(z), probabilities(z), rtol=1e-9, name="softmax(z)")
    # A single class has the whole probability: nothing is added to the sum.
    assert_close(submission.softmax(z), np.ones((3, 1)), rtol=1e-13, name="softmax(z) for one class")


def test_values_any_axis(submission, rng):
    z = rng.normal(scale=2.0, size=(3, 4, 5))
    for axis in (0, 1, -2):
        want = np.moveaxis(probabilities(np.moveaxis(z, axis, -1)), -1, axis)
        assert_close(submission.softmax(z, axis=axis), want, rtol=1e-9, name="softmax(z, axis)")
        assert_close(submission.log_softmax(z, axis=axis), np.log(want), rtol=1e-8, atol=1e-9,
                     name="log_softmax(z, axis)")  # fmt: skip
        mask = rng.random(z.shape) < 0.7
        mask[0] = mask[:, 0] = True
        kept = want * mask
        assert_close(submission.masked_softmax(z, mask, axis=axis), kept / kept.sum(axis=axis, keepdims=True),
                     rtol=1e-9, name="masked_softmax(z, mask, axis)")  # fmt: skip


def test_temperature(submission, rng):
    z = rng.normal(scale=2.0, size=(3, 4))
    for temperature in (0.6, 2.5):
        want = probabilities(z, temperature)
        assert_close(submission.softmax(z, temperature=temperature), want, rtol=1e-9, name="softmax(z, T)")
        assert_close(submission.log_softmax(z, temperature=temperature), np.log(want), rtol=1e-8, atol=1e-9,
                     name="log_softmax(z, T)")  # fmt: skip
    # Only z/T counts, however hot or cold: no temperature is cut off.
    want = probabilities(z)
    for temperature in (1e4, 1e-4, 1e9, 1e-9):
        assert_close(submission.softmax(z * temperature, temperature=temperature), want, rtol=1e-9,
                     name="softmax(T·z, T)")  # fmt: skip
        assert_close(submission.log_softmax(z * temperature, temperature=temperature), np.log(want),
                     rtol=1e-8, atol=1e-9, name="log_softmax(T·z, T)")  # fmt: skip
    # The axis counts at every temperature.
    want = probabilities(z.T, 2.5).T
    assert_close(submission.softmax(z, axis=0, temperature=2.5), want, rtol=1e-9, name="softmax(z, 0, T)")
    assert_close(submission.log_softmax(z, axis=0, temperature=2.5), np.log(want), rtol=1e-8, atol=1e-9,
                 name="log_softmax(z, 0, T)")  # fmt: skip
    # Lists of whole numbers are scores too, and divided by T they are no longer whole.
    whole = rng.integers(-3, 4, size=(2, 5))
    want = probabilities(whole, 2.5)
    assert_close(submission.softmax(whole.tolist(), temperature=2.5), want, rtol=1e-9, name="softmax(z, T)")
    assert_close(submission.log_softmax(whole.tolist(), temperature=2.5), np.log(want), rtol=1e-8, atol=1e-9,
                 name="log_softmax(z, T)")  # fmt: skip


def test_cold_limit(submission, rng):
    # Gaps of at least 1 become gaps of 1000 at T = 1e-3; e^-1000 is 0 in float64.
    z = rng.permuted(np.arange(20.0).reshape(4, 5) + rng.uniform(0.0, 0.1, size=(4, 1)), axis=1)
    winner = (z == z.max(axis=1, keepdims=True)).astype(float)
    assert_close(submission.softmax(z, temperature=1e-3), winner, atol=1e-12, name="softmax(z, T = 0.001)")


def test_temperature_must_be_positive(submission, rng):
    z = rng.normal(size=(2, 3))
    assert_close(submission.softmax(z, temperature=0.5), probabilities(z, 0.5), rtol=1e-9)
    for temperature in (0.0, -1.0):
        assert_raises(ValueError, submission.softmax, z, temperature=temperature)
        assert_raises(ValueError, submission.log_softmax, z, temperature=temperature)


def test_shift_invariance(submission, rng):
    z = rng.normal(scale=2.0, size=(3, 5))
    want = probabilities(z)
    # Adding 123.4 (or −800 a row) rounds the scores by about 1e-13.
    assert_close(submission.softmax(z + 123.4), want, rtol=1e-9, name="softmax(z + c)")
    rows = rng.uniform(-800.0, 800.0, size=(3, 1))
    assert_close(submission.softmax(z + rows), want, rtol=1e-9, name="softmax(z + c), a constant a row")


def test_extreme_rows(submission, rng):
    z = rng.normal(size=(4, 5))
    shift = np.array([[1000.0], [-1000.0], [0.0], [-5000.0]])
    assert_close(submission.softmax(z + shift), probabilities(z), rtol=1e-9, name="softmax(z)")
    # Whole numbers of this size are exact, and so is their difference of 1.
    large = submission.softmax(np.array([[1e8, 1e8 + 1.0, -1e8], [-1e8, 0.0, -1e8 - 1.0]]))
    second = 1.0 / (1.0 + math.exp(-1.0))
    assert_close(large, [[1.0 - second, second, 0.0], [0.0, 1.0, 0.0]], rtol=1e-9, name="softmax(z)")
    # The gap is far larger than what rounding leaves of scores of this size.
    apart = submission.softmax(np.array([[1e12 - 1e3, 1e12, -1e12], [-1e12, -1e12 - 1e3, -1e13]]))
    assert_close(apart, [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], rtol=1e-9, name="softmax(z)")
    far = np.array([[1e300, 0.0, -1e300], [-1e300, -1e300, -1e300]])
    assert_close(
        submission.softmax(far), [[1.0, 0.0, 0.0], [1 / 3, 1 / 3, 1 / 3]], rtol=1e-9, name="softmax(z)"
    )


def test_log_values(submission, rng):
    for shape in [(4, 6), (5, 5), (2, 3, 4)]:
        z = rng.normal(scale=2.0, size=shape)
        assert_close(submission.log_softmax(z), np.log(probabilities(z)), rtol=1e-8, atol=1e-9,
                     name="log_softmax(z)")  # fmt: skip


def test_log_extreme(submission, rng):
    gap = float(rng.uniform(900.0, 1100.0))
    # log p = −log(1 + e^gap) = −gap up to e^-900.
    assert_close(
        submission.log_softmax([0.0, -gap]), [0.0, -gap], rtol=1e-12, atol=1e-12, name="log_softmax(z)"
    )
    z = np.array([[0.0, -gap], [3 * gap, 3 * gap], [-1e300, 0.0]])
    want = [[0.0, -gap], [-math.log(2), -math.log(2)], [-1e300, 0.0]]
    assert_close(submission.log_softmax(z), want, rtol=1e-12, atol=1e-12, name="log_softmax(z)")
    assert_close(submission.log_softmax([0.0, -gap], temperature=0.01), [0.0, -100 * gap], rtol=1e-12, atol=1e-12,
                 name="log_softmax(z, T)")  # fmt: skip


def test_mask_values(submission, rng):
    z = rng.normal(scale=2.0, size=(5, 6))
    mask = rng.random(z.shape) < 0.6
    mask[:, 2] = True
    mask[0] = True
    mask[4] = False
    kept = probabilities(z) * mask
    total = kept.sum(axis=-1, keepdims=True)
    want = kept / np.where(total == 0, 1, total)
    p = as_array(submission.masked_softmax(z, mask), shape=z.shape, name="masked_softmax(z, mask)")
    assert_close(p, want, rtol=1e-9, name="masked_softmax(z, mask)")
    # A single kept entry has the whole probability; with none at all, everything is 0.
    one = np.eye(5, 6, dtype=bool)
    assert_close(
        submission.masked_softmax(z, one), one.astype(float), rtol=1e-13, name="masked_softmax(z, mask)"
    )
    assert_close(submission.masked_softmax(z, ~one & one), np.zeros((5, 6)),
                 name="masked_softmax(z, mask) where nothing is kept")  # fmt: skip
    whole = rng.integers(-3, 4, size=(3, 4))
    # Along another axis, nothing may be kept in a column while every row keeps something.
    keep = np.array([[True, False, True, False], [True, False, False, True], [False, False, True, True]])
    scores = rng.normal(size=(3, 4))
    e = np.exp(scores) * keep
    shares = e / np.array([e[:, 0].sum(), 1.0, e[:, 2].sum(), e[:, 3].sum()])
    assert_close(submission.masked_softmax(scores, keep, axis=0), shares, rtol=1e-9,
                 name="masked_softmax(z, mask, 0) with a column in which nothing is kept")  # fmt: skip
    keep = rng.random((3, 4)) < 0.6
    keep[:, 1] = True
    kept = probabilities(whole) * keep
    assert_close(submission.masked_softmax(whole.tolist(), keep), kept / kept.sum(axis=-1, keepdims=True), rtol=1e-9,
                 name="masked_softmax(z, mask) for a list of whole numbers")  # fmt: skip
    deep = submission.masked_softmax(z.reshape(5, 2, 3), np.ones((5, 2, 3), dtype=bool))
    assert_close(
        deep, probabilities(z.reshape(5, 2, 3)), rtol=1e-9, name="masked_softmax(z, mask), three axes"
    )
    assert_close(
        p[~mask], np.zeros(int((~mask).sum())), name="masked_softmax(z, mask) where the mask is False"
    )


def test_mask_extreme(submission, rng):
    gap = float(rng.uniform(1.0, 3.0))
    first = 1.0 / (1.0 + math.exp(-gap))
    for hidden in (1001.0, 5000.0, -5000.0, math.nan, math.inf):
        z = [[1000.0, hidden, 1000.0 - gap], [-1000.0, -1000.0 - gap, hidden]]
        mask = [[True, False, True], [True, True, False]]
        want = [[first, 0.0, 1 - first], [first, 1 - first, 0.0]]
        assert_close(submission.masked_softmax(np.array(z), np.array(mask)), want, rtol=1e-9,
                     name="masked_softmax(z, mask)")  # fmt: skip
    first = 1.0 / (1.0 + math.exp(-2.0))
    low = np.array([[-1e10, -1e10 - 2.0, -1e10 + 1.0]])
    mask = np.array([[True, True, False]])
    assert_close(submission.masked_softmax(low, mask), [[first, 1 - first, 0.0]], rtol=1e-9,
                 name="masked_softmax(z, mask)")  # fmt: skip


def test_no_warnings(submission, rng):
    z = rng.normal(size=(3, 4)) + np.array([[1000.0], [-1000.0], [0.0]])
    mask = np.array([[True, False, True, True], [False] * 4, [True] * 4])
    assert_close(assert_no_warnings(submission.softmax, z).sum(axis=-1), np.ones(3), rtol=1e-9)
    assert_no_warnings(submission.softmax, z, temperature=1e-3)
    assert_no_warnings(submission.log_softmax, z)
    assert_no_warnings(submission.log_softmax, np.array([0.0, -1000.0]))
    assert_no_warnings(submission.masked_softmax, z, mask)


def test_no_mutation(submission, rng):
    z = rng.normal(size=(3, 4))
    mask = rng.random(z.shape) < 0.5
    mask[:, 0] = True
    assert_close(assert_pure(submission.softmax, z), probabilities(z), rtol=1e-9)
    assert_pure(submission.log_softmax, z)
    for f in (submission.softmax, submission.log_softmax):
        assert_pure(f, z, temperature=0.5)
        assert_pure(f, z, axis=0)
    assert_pure(submission.masked_softmax, z, mask)
    assert_pure(submission.masked_softmax, z, np.ones_like(mask))
    assert_pure(submission.masked_softmax, np.where(mask, z, np.nan), mask)
