"""Hidden checks of exercise-40.

Oracles: the definitions in plain Python (`round` rounds a half to the even number), ranges of
whole-number length, for which scale and codes are known without rounding, the rise of a quadratic
loss, softmax through ratios, and the limit of high temperatures. All calls of a check are made
before the first comparison, so that a known mistake shows itself in all of them.
"""

import math

import numpy as np

from grader.testing import (
    ComparisonFailed,
    as_array,
    assert_close,
    assert_no_warnings,
    assert_pure,
)


def parts(result, shape):
    """Take (q, scale, zero_point) apart, judging the types."""
    if not isinstance(result, (tuple, list)) or len(result) != 3:
        raise ComparisonFailed("quantize(x) must give a tuple of three: (q, scale, zero_point).")
    q = as_array(result[0], shape=shape, name="q of quantize(x)")
    if q.dtype.kind not in "iu":
        raise ComparisonFailed(f"q of quantize(x) has the dtype {q.dtype}; codes are whole numbers.")
    scale = as_array(result[1], shape=(), name="The scale of quantize(x)")
    zero_point = as_array(result[2], shape=(), name="The zero point of quantize(x)")
    return q.astype(np.int64), float(scale), float(zero_point)


def expected(x, n_bits):
    lo, hi, levels = min(0.0, float(x.min())), max(0.0, float(x.max())), 2**n_bits - 1
    scale = (hi - lo) / levels
    zero_point = round(-lo / scale)
    q = [min(max(round(v / scale) + zero_point, 0), levels) for v in x.ravel().tolist()]
    return np.array(q).reshape(x.shape), scale, zero_point


def restored(x, n_bits):
    q, scale, zero_point = expected(x, n_bits)
    return (q - zero_point) * scale


def both_signs(rng, shape):
    """Numbers whose range isn't symmetric about 0."""
    x = rng.uniform(-1.0, 3.0, size=shape)
    x.flat[0], x.flat[1] = rng.uniform(-1.6, -1.1), rng.uniform(3.1, 4.0)
    return rng.permuted(x)


def compare_quantized(results, cases):
    for result, (x, n_bits) in zip(results, cases, strict=True):
        q, scale, zero_point = expected(x, n_bits)
        got = parts(result, x.shape)
        assert_close(got[1], scale, rtol=1e-9, name="The scale of quantize(x)")
        assert_close(got[2], zero_point, name="The zero point of quantize(x)")
        assert_close(got[0], q, name="q of quantize(x)")


def compare_each(results, wants, name, **tolerance):
    for result, want in zip(results, wants, strict=True):
        assert_close(result, want, name=name, **tolerance)


def test_codes(submission, rng):
    cases = [
        (both_signs(rng, shape), bits)
        for shape, bits in [((20,), 8), ((4, 4), 4), ((3, 5, 2), 2), ((30,), 12), ((15,), 1)]
    ]
    results = [submission.quantize(x, bits) for x, bits in cases]
    x = both_signs(rng, (6, 7))
    results.append(submission.quantize(x))
    # The ruler is as long as the range, be it tiny or huge; codes don't depend on the unit.
    units = [(1e-3, 8), (1e-6, 8), (1e-9, 4), (1e-15, 8), (1e-60, 2), (1e60, 8), (1e-99, 8), (1e99, 4)]
    others = [(unit * both_signs(rng, (3, 4)), bits) for unit, bits in units]
    results += [submission.quantize(*case) for case in others]
    compare_quantized(results, [*cases, (x, 8), *others])


def test_code_range(submission, rng):
    # ±(2^n − 1)/2 over steps of 1: both ends lie at a half, and (2^n − 1)/2 + ½ is even for n ≥ 2.
    bits = [8, 4, 16, 3]
    ends = [(2**n - 1) / 2 for n in bits]
    results = [submission.quantize(np.array([-end, end, 0.0]), n) for end, n in zip(ends, bits, strict=True)]
    for result, n in zip(results, bits, strict=True):
        q, _, _ = parts(result, (3,))
        assert_close(q, [0, 2**n - 1, 2 ** (n - 1)], name="q of quantize([-end, end, 0])")


def test_error_bound(submission, rng):
    cases = [(both_signs(rng, (50,)), bits) for bits in (3, 8, 10)]
    results = [submission.quantize(x, bits) for x, bits in cases]
    for result, (x, bits) in zip(results, cases, strict=True):
        q, scale, zero_point = parts(result, x.shape)
        step = expected(x, bits)[1]
        error = np.abs((q - zero_point) * scale - x)
        if not (error <= step / 2 * (1 + 1e-9)).all():
            raise ComparisonFailed(
                "An entry lies further than half a step from the number that its code stands for."
            )


def test_rounding(submission, rng):
    # A range of 0 to 2^n − 1 makes the scale exactly 1, or unit; halves are exact, too.
    unit = float(2.0 ** rng.integers(-3, 4))
    cases = [
        (np.array([0.0, 0.5, 1.5, 2.5, 3.25, 3.75, 255.0]) * unit, 8),
        (np.array([15.0, 7.75, 6.5, 5.5, 0.25, 0.0]) * unit, 4),
        (np.array([-2.0, -1.5, -0.5, -0.25, 0.75, 0.5, 5.0]) * unit, 3),
        # An odd zero point: the half is rounded before it is added.
        (np.array([-3.0, -2.5, -1.5, -0.5, 0.5, 1.5, 4.0]) * unit, 3),
        # A zero point at a half, which goes to the even number too: 2.5 to 2.
        (np.array([-2.5, 12.5, 0.0, 1.0]) * unit, 4),
    ]
    results = [submission.quantize(x, bits) for x, bits in cases]
    wants = [[0, 0, 2, 2, 3, 4, 255], [15, 8, 6, 6, 0, 0], [0, 0, 2, 2, 3, 2, 7],
             [0, 1, 1, 3, 3, 5, 7], [0, 14, 2, 3]]  # fmt: skip
    for result, want in zip(results, wants, strict=True):
        assert_close(parts(result, (len(want),))[0], want, name="q of quantize(x)")


def test_scale(submission, rng):
    cases = [(both_signs(rng, (9,)), bits) for bits in (1, 2, 8, 16)]
    results = [submission.quantize(x, bits) for x, bits in cases]
    for result, (x, bits) in zip(results, cases, strict=True):
        want = float(x.max() - x.min()) / (2**bits - 1)
        assert_close(parts(result, x.shape)[1], want, rtol=1e-9, name="The scale of quantize(x)")


def test_zero_exact(submission, rng):
    cases = [(np.concatenate([both_signs(rng, (7,)), [0.0, 0.0]]), bits) for bits in (2, 4, 8)]
    results = [submission.quantize(x, bits) for x, bits in cases]
    for result, (x, bits) in zip(results, cases, strict=True):
        q, _, zero_point = parts(result, x.shape)
        assert_close(zero_point, expected(x, bits)[2], name="The zero point of quantize(x)")
        assert_close(q[-2:], [zero_point, zero_point], name="The code of 0")


def test_positive_range(submission, rng):
    cases = [
        (rng.uniform(3.0, 5.0, size=(3, 4)), 8),
        (rng.uniform(1.0, 9.0, size=6), 3),
        (np.array([2.5]), 4),
    ]
    compare_quantized([submission.quantize(*case) for case in cases], cases)


def test_range_includes_zero(submission, rng):
    cases = [
        (-rng.uniform(3.0, 5.0, size=(3, 4)), 8),
        (-rng.uniform(1.0, 9.0, size=6), 3),
        (np.array([-2.5]), 4),
    ]
    compare_quantized([submission.quantize(*case) for case in cases], cases)


def test_all_zero(submission, rng):
    results = [submission.quantize(np.zeros((2, 3))), submission.quantize(np.zeros(4), 4)]
    report = submission.quantization_report(np.zeros((2, 3)), 8)
    for result, shape in zip(results, [(2, 3), (4,)], strict=True):
        q, scale, zero_point = parts(result, shape)
        assert_close(q, np.zeros(shape), name="q of quantize(zeros)")
        assert_close(scale, 1.0, name="The scale of quantize(zeros)")
        assert_close(zero_point, 0.0, name="The zero point of quantize(zeros)")
    # An entropy added up from rounded shares, or with a tiny number under the logarithm, may miss 0.
    want = {"mse": 0.0, "max_abs": 0.0, "code_entropy": 0.0}
    assert_close(report, want, atol=1e-9, name="quantization_report(zeros)")


def test_no_warnings(submission, rng):
    # Whether the numbers are right is the matter of other checks.
    for x in (both_signs(rng, (5, 4)), np.zeros((2, 3)), 1e-90 * both_signs(rng, (2, 2))):
        parts(assert_no_warnings(submission.quantize, x), x.shape)
        report = assert_no_warnings(submission.quantization_report, x, 3)
        as_array(field(report, "code_entropy"), shape=(), name="code_entropy")


def test_dequantize(submission, rng):
    cases = [(rng.integers(0, 256, size=shape), float(rng.uniform(0.01, 0.5)), zp)
             for shape, zp in [((7,), 100), ((3, 4), 0), ((4, 4), 255), ((2,), 7)]]  # fmt: skip
    results = [submission.dequantize(*case) for case in cases]
    wants = [(q - zp) * scale for q, scale, zp in cases]
    compare_each(results, wants, "dequantize(q, scale, zp)", rtol=1e-9)


def test_dequantize_unsigned(submission, rng):
    scale = float(rng.uniform(0.01, 0.5))
    cases = [
        (np.array([0, 3, 200, 255], dtype=np.uint8), scale, 130),
        (np.array([[0, 9], [65535, 40000]], dtype=np.uint16), scale, 50000),
        (np.array([1, 0, 3], dtype=np.uint8), scale, 300),
        (np.array([1, 0, 255], dtype=np.uint8), scale, 40_000),
    ]
    results = [submission.dequantize(*case) for case in cases]
    wants = [(q.astype(float) - zp) * scale for q, scale, zp in cases]
    compare_each(results, wants, "dequantize(q, scale, zp)", rtol=1e-9)


def field(report, key):
    if not isinstance(report, dict) or key not in report:
        raise ComparisonFailed(f"quantization_report(x, n_bits) must give a dict with the key {key!r}.")
    return report[key]


def test_report_errors(submission, rng):
    cases = [
        (both_signs(rng, shape), bits) for shape, bits in [((11,), 3), ((4, 6), 4), ((5, 5), 8), ((30,), 13)]
    ]
    results = [submission.quantization_report(*case) for case in cases]
    for report, (x, bits) in zip(results, cases, strict=True):
        error = np.abs(restored(x, bits) - x)
        # An error is a difference of nearly equal numbers: 1e-16/scale of it is rounding.
        assert_close(field(report, "mse"), float((error**2).mean()), rtol=1e-8, name="mse")
        assert_close(field(report, "max_abs"), float(error.max()), rtol=1e-8, name="max_abs")


def test_more_bits_less_error(submission, rng):
    x = both_signs(rng, (400,))
    results = [submission.quantization_report(x, bits) for bits in (4, 8, 12)]
    scales = [expected(x, bits)[1] for bits in (4, 8, 12)]
    for report, scale in zip(results, scales, strict=True):
        # The error of a rounded number is spread evenly over ± half a step, with variance scale²/12;
        # its mean over 400 entries has a standard deviation of 4.5 %.
        mse = as_array(field(report, "mse"), shape=(), name="mse")
        assert_close(12 * mse / scale**2, 1.0, atol=0.4, rtol=0.0, name="mse in units of scale²/12")


def test_entropy_bits(submission, rng):
    # With the largest entry 2^n − 1 and the least 0, whole numbers are their own codes.
    cases = [
        (rng.permutation([0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 2.0, 3.0]), 2, 1.75),
        (rng.permutation([-3.0, 0.0, 0.0, 12.0]), 4, 1.5),
        (np.full((3, 2), float(rng.uniform(1.0, 2.0))), 8, 0.0),
        (np.array([[-1.0, 2.0, 0.0]]), 2, math.log2(3)),
    ]
    # Several entries share a code without being equal; ranges that don't begin at 0 are widened to it.
    for x, bits in [
        (both_signs(rng, (40,)), 3),
        (rng.uniform(2.0, 5.0, size=(6, 5)), 3),
        (both_signs(rng, (30,)), 1),
    ]:
        shares = np.bincount(expected(x, bits)[0].ravel()) / x.size
        cases.append((x, bits, -math.fsum(p * math.log2(p) for p in shares.tolist() if p > 0)))
    results = [submission.quantization_report(x, bits) for x, bits, _ in cases]
    for report, (_, _, want) in zip(results, cases, strict=True):
        assert_close(field(report, "code_entropy"), want, rtol=1e-9, atol=1e-9, name="code_entropy")


def test_entropy_le_bits(submission, rng):
    bits = (1, 3, 8)
    results = [submission.quantization_report(rng.permutation(np.arange(2.0**n)), n) for n in bits]
    for report, n in zip(results, bits, strict=True):
        assert_close(field(report, "code_entropy"), n, rtol=1e-9, name="code_entropy of codes used alike")


def test_saliency(submission, rng):
    # L(u) = ½ Σ h (u − w)² is least at w; setting u_i = 0 there raises it by the saliency of i.
    cases = [
        (rng.normal(scale=2.0, size=shape), rng.uniform(-1.0, 5.0, size=shape))
        for shape in [(5,), (2, 3), (3, 3)]
    ]
    results = [submission.obd_saliency(*case) for case in cases]
    wants = []
    for w, h in cases:
        rise = np.empty_like(w)
        for i in np.ndindex(w.shape):
            u = w.copy()
            u[i] = 0.0
            rise[i] = math.fsum((h * (u - w) ** 2 / 2).ravel().tolist())
        wants.append(rise)
    compare_each(results, wants, "obd_saliency(w, h_diag)", rtol=1e-9)


def pruned(w, saliency, count):
    out = w.ravel().tolist()
    order = sorted(range(w.size), key=lambda i: (float(saliency.flat[i]), i))
    for i in order[:count]:
        out[i] = 0.0
    return np.array(out).reshape(w.shape)


def test_prune_least_salient(submission, rng):
    w = np.array([0.2, -1.0, 0.5]) * rng.uniform(0.5, 2.0)
    cases = [(w, np.array([10.0, 0.1, 1.0]) * w**2 / 2, 0.34, 1)]
    for shape, fraction, count in [((8,), 0.5, 4), ((3, 5), 0.3, 4), ((4, 4), 0.75, 12), ((7,), 0.4, 2)]:
        cases.append((rng.normal(size=shape), rng.uniform(0.1, 2.0, size=shape), fraction, count))
    # Saliencies of any size, some so close that a float32 can't tell them apart, some below 0.
    saliencies = [
        1e-12 * rng.uniform(0.1, 2.0, size=(3, 4)),
        1.0 + 1e-10 * rng.permutation(12.0 + np.arange(12)).reshape(3, 4),
        rng.normal(size=(3, 4)),
    ]
    cases += [(rng.normal(size=(3, 4)), saliency, 0.5, 6) for saliency in saliencies]
    # Weights that are 0 already are weights as well.
    holes = rng.normal(size=(10,))
    holes[[2, 5, 6]] = 0.0
    cases.append((holes, holes**2, 0.5, 5))
    results = [submission.prune(*case[:3]) for case in cases]
    wants = [pruned(w, s, count) for w, s, _, count in cases]
    compare_each(results, wants, "prune(w, saliency, fraction)", rtol=1e-12)


def test_prune_counts(submission, rng):
    w, s = rng.normal(size=(2, 5)), rng.uniform(0.1, 2.0, size=(2, 5))
    # None, all, and products just below and just above a whole number.
    cases = [(0.0, 0), (1.0, 10), (0.05, 0), (0.49, 4), (0.51, 5), (0.99, 9)]
    results = [submission.prune(w, s, fraction) for fraction, _ in cases]
    compare_each(
        results, [pruned(w, s, count) for _, count in cases], "prune(w, saliency, fraction)", rtol=1e-12
    )


def test_prune_ties(submission, rng):
    w = rng.uniform(1.0, 2.0, size=(5, 8))
    s = rng.integers(1, 4, size=w.shape).astype(float)
    cases = [
        (w, s, 0.5, 20),
        (w[0], np.ones(8), 0.25, 2),
        (w[:2], np.full((2, 8), 0.7), 0.625, 10),
        (w, s, 0.25, 10),
        (w.T, s.T, 0.5, 20),
    ]
    results = [submission.prune(*case[:3]) for case in cases]
    wants = [pruned(w, s, count) for w, s, _, count in cases]
    compare_each(results, wants, "prune(w, saliency, fraction) of equal saliencies", rtol=1e-12)


def softmax(z):
    return 1.0 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=-1)


def distilled(student, teacher, t):
    p, q = softmax(teacher / t), softmax(student / t)
    return t * t * float((p * np.log(p / q)).sum()) / len(p)


def test_distillation(submission, rng):
    cases = [
        (rng.normal(scale=1.5, size=shape), rng.normal(scale=1.5, size=shape), t)
        for shape, t in [((5, 3), 2.0), ((4, 4), 1.0), ((1, 6), 0.7), ((3, 7), 4.0), ((4, 3), 0.2)]
    ]
    results = [submission.distillation_loss(*case) for case in cases]
    # The terms of the sum have both signs; T² · 1e-16 of rounding stays far below 1e-12.
    compare_each(results, [distilled(*case) for case in cases], "distillation_loss(student, teacher, T)",
                 rtol=1e-9, atol=1e-12)  # fmt: skip


def test_same_logits(submission, rng):
    z, shift = rng.normal(scale=2.0, size=(4, 3)), rng.uniform(-5.0, 5.0, size=(4, 1))
    other = rng.normal(size=(4, 3))
    results = [
        submission.distillation_loss(z, z.copy(), 3.0),
        submission.distillation_loss(z + shift, z, 0.5),
        submission.distillation_loss(z + shift, other, 2.0),
    ]
    compare_each(results, [0.0, 0.0, distilled(z, other, 2.0)], "distillation_loss(student, teacher, T)",
                 rtol=1e-9, atol=1e-12)  # fmt: skip


def test_hot_limit(submission, rng):
    student, teacher = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    centred = (teacher - teacher.mean(axis=1, keepdims=True)) - (
        student - student.mean(axis=1, keepdims=True)
    )
    result = submission.distillation_loss(student, teacher, 1e4)
    # Hinton et al., eq. 4: the squared distance of the centred scores over 2C, up to terms of order
    # 1/T = 1e-4; T² magnifies a rounding of 1e-16 to 1e-8.
    assert_close(result, float((centred**2).sum() / (2 * 4 * 3)), rtol=1e-2, atol=1e-5,
                 name="distillation_loss at a high temperature")  # fmt: skip


def test_distillation_extreme(submission, rng):
    gap = float(rng.uniform(1000.0, 2000.0))
    cases = [
        (np.array([[0.0, -gap]]), np.zeros((1, 2)), 1.0, gap / 2 - math.log(2)),
        (np.zeros((1, 2)), np.array([[gap, -gap]]), 0.5, math.log(2) / 4),
        (
            np.array([[0.0, 2 * gap, 0.0], [gap, 0.0, 0.0]]),
            np.array([[4 * gap, 0.0, 0.0], [gap, 0.0, 0.0]]),
            1.0,
            gap,
        ),
    ]
    far = 1e96 * gap
    cases.append((np.array([[0.0, -far]]), np.zeros((1, 2)), 2.0, far))
    cases.append((np.array([[0.0, -gap]]), np.zeros((1, 2)), 1e-6, 1e-6 * (gap / 2 - 1e-6 * math.log(2))))
    results = [submission.distillation_loss(*case[:3]) for case in cases]
    compare_each(results, [case[3] for case in cases], "distillation_loss(student, teacher, T)", rtol=1e-9)


def test_no_mutation(submission, rng):
    x = both_signs(rng, (3, 4))
    h = rng.uniform(0.1, 2.0, size=(3, 4))
    q = rng.integers(0, 256, size=(3, 4))
    parts(assert_pure(submission.quantize, x), x.shape)
    report = assert_pure(submission.quantization_report, x, 4)
    as_array(field(report, "code_entropy"), shape=(), name="code_entropy")
    for function, args, shape in [
        ("dequantize", (q, 0.1, 100), (3, 4)), ("dequantize", (q[0], 1.0, 0), (4,)), ("obd_saliency", (x, h), (3, 4)),
        ("prune", (x, h, 0.5), (3, 4)), ("prune", (x, h, 0.0), (3, 4)), ("distillation_loss", (x, h, 2.0), ()),
    ]:  # fmt: skip
        as_array(
            assert_pure(getattr(submission, function), *args), shape=shape, name=f"The result of {function}"
        )
