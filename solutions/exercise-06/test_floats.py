"""Hidden checks of exercise-06.

Oracles: for bfloat16 division by the spacing in float64, where it is exact; for sums
`math.fsum`, which rounds once; for log-sum-exp one row at a time with `math` at moderate scores,
and shifts of these; for log σ the identities log σ(x) − log σ(−x) = x and σ(x) + σ(−x) = 1.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_pure

U = 2.0**-24  # half the spacing of float32 at 1


def floats(bits):
    """The float32 numbers with these bits."""
    return np.array(bits, dtype=np.uint32).view(np.float32)


def nearest_bfloat16(x):
    """Round in float64 to multiples of the spacing 2^(e−8), at least 2^−133; ties to even."""
    exact = np.asarray(x, dtype=np.float32).astype(np.float64)
    _, exponent = np.frexp(exact)
    spacing = 2.0 ** (np.maximum(exponent, -125) - 8)
    rounded = np.rint(exact / spacing) * spacing
    return np.where(np.abs(rounded) >= 2.0**128, np.copysign(np.inf, exact), rounded)


def row_logsumexp(x, axis=-1):
    """Log-sum-exp of moderate scores, straight from its definition."""
    return np.apply_along_axis(lambda row: math.log(math.fsum(map(math.exp, row))), axis, x)


def rounded_down_in_pairs(total, depth, spread=2**20):
    """The whole numbers, in ascending order, that add up to more than `total` when added in pairs.

    Added in pairs, then the sums in pairs, and so on, two thirds of the additions end in a tie that
    is rounded down: `total` must be what comes out in the end, in units of its last place.
    """
    if depth == 0:
        return [total]
    # 2v + 1 ties between v and v + 1, and an even v wins; sums of two even numbers are exact.
    left, right = (total - 1, total + 1) if total % 2 else (total, total + 1)
    spread //= 2
    return [
        *rounded_down_in_pairs(left - spread, depth - 1, spread),
        *rounded_down_in_pairs(right + spread, depth - 1, spread),
    ]


def check_rounding(submission, x):
    assert_close(submission.round_to_bfloat16(x), nearest_bfloat16(x), rtol=0.0, name="round_to_bfloat16(x)")


def check_sum(submission, x):
    # Kahan's bound 2u Σ|x| (Higham, §4.3), and u for the rounding of the result.
    bound = 3 * U * math.fsum(np.abs(x))
    assert_close(submission.kahan_sum(x), math.fsum(x), rtol=0.0, atol=bound, name="kahan_sum(x)")


def test_bf16_values(submission, rng):
    for shape in [(7,), (3, 4), (3, 3), (2, 3, 4), (1, 5)]:
        scale = 2.0 ** rng.integers(-60, 60, size=shape)
        check_rounding(submission, (rng.normal(size=shape) * scale).astype(np.float32))
    # Columns stored one after the other.
    check_rounding(submission, np.asfortranarray(rng.normal(size=(3, 4)).astype(np.float32)))
    # What bfloat16 can hold stays as it is.
    held = nearest_bfloat16(rng.normal(size=9).astype(np.float32)).astype(np.float32)
    assert_close(submission.round_to_bfloat16(held), held, rtol=0.0, name="round_to_bfloat16(x)")


def test_bf16_nearest_even(submission, rng):
    # (k + ½)·2^e lies in the middle between two bfloat16 numbers for 128 ≤ k < 256.
    k = np.concatenate([rng.integers(128, 255, size=12), [128, 129, 254, 255]])
    tie = ((k + 0.5) * 2.0 ** rng.integers(-40, 40, size=16)).astype(np.float32)
    check_rounding(submission, np.array([1 + 2.0**-8, 1 + 3 * 2.0**-8, math.pi, -0.1], dtype=np.float32))
    check_rounding(submission, np.stack([tie, -tie]))
    # The next float32 on either side is no tie.
    for side in (0.0, np.inf):
        near = np.nextafter(tie, np.float32(side))
        check_rounding(submission, np.stack([near, -near]))


def test_bf16_subnormal(submission, rng):
    # Below 2^-126 the spacing of bfloat16 is 2^-133, that is 2^16 float32 steps.
    k = rng.integers(0, 127, size=6)
    ties = (np.concatenate([k, [0, 1, 126, 127]]) << 16) + 0x8000
    anything = rng.integers(1, 0x00800000, size=10)
    bits = np.concatenate([ties, ties - 1, ties + 1, anything, [1, 0x7FFF]])
    check_rounding(submission, floats(bits))
    check_rounding(submission, -floats(bits))


def test_bf16_overflow(submission, rng):
    # 0x7F7F0000 is the largest bfloat16, 0x7F7F8000 the tie between it and 2^128.
    below = rng.integers(0x7F7F0001, 0x7F7F7FFF, size=3)
    beyond = rng.integers(0x7F7F8001, 0x7F7FFFFF, size=3)
    check_rounding(submission, rng.uniform(-1e36, 1e36, size=6).astype(np.float32))
    bits = [
        *below,
        0x7F7F7FFF,
        0x7F7F0000,
        0x7F000000,
        *beyond,
        0x7F7F8000,
        0x7F7F8001,
        0x7F7FFFFF,
        0x7F800000,
    ]
    check_rounding(submission, floats(bits))
    check_rounding(submission, -floats(bits))


def test_bf16_nan(submission, rng):
    # A nan whose upper fraction bits are all 0 would become inf by cutting; 0x7FFFFFFF and
    # 0xFFFFFFFF would overflow by adding.
    one = float(rng.integers(2, 200))
    bits = [0x7FC00000, 0x7F800001, 0x7F807FFF, 0x7FFFFFFF, 0xFFC00000, 0xFF800001, 0xFFFFFFFF]
    x = np.concatenate([floats(bits), np.array([one, -one, np.inf, -np.inf], dtype=np.float32)])
    want = np.concatenate([np.full(len(bits), np.nan), [one, -one, np.inf, -np.inf]])
    assert_close(submission.round_to_bfloat16(x), want, rtol=0.0, name="round_to_bfloat16(x)")


def test_kahan_lost_ones(submission, rng):
    # Between 2^25 and 2^27 the spacing of float32 is 4, then 8: each small number by itself is lost.
    x = np.concatenate([[2.0**25], np.zeros(300), rng.uniform(0.2, 1.9, size=3000)])
    check_sum(submission, x.astype(np.float32))
    # Large numbers in every block and lane beat sums in blocks, such as np.sum.
    x = rng.uniform(2.0, 3.9, size=(16, 128))
    x[:, :8] = rng.uniform(1.1, 1.9, size=(16, 8)) * 2.0**26
    x[np.arange(16) % 5 % 2 == 1, :8] *= -1.0
    check_sum(submission, x.ravel().astype(np.float32))
    check_sum(submission, np.concatenate([[1e8], np.ones(1000)]).astype(np.float32))
    # Sorted, the large number still meets the small ones first, from one end or the other.
    x = rng.permutation(np.concatenate([[-(2.0**25)], np.ones(127)])).astype(np.float32)
    check_sum(submission, x)
    check_sum(submission, -x)
    # From 8 to 16 the spacing is 2^-20: each of these loses 2^-21 there, in whatever order they
    # come (a tie, and all else is even). Sums of runs of 16, as in np.sum, are off by 4u.
    x = 1 + rng.integers(0, 2**7, size=2048) * 2.0**-12 + 2.0**-21
    check_sum(submission, x.astype(np.float32))
    # Sums in pairs lose u at each level, here always to the same side: 6u in the end. The pairs are
    # neighbours, or the two halves; in random order a sort brings the neighbours together.
    start = 10 * 2**20 + 2 * int(rng.integers(0, 2**17))
    x = np.array(rounded_down_in_pairs(start, 10), dtype=np.float32)
    halves = [int(f"{i:010b}"[::-1], 2) for i in range(1024)]
    for order in (np.arange(1024), halves, rng.permutation(1024)):
        check_sum(submission, x[order])


def test_kahan_random(submission, rng):
    for n in (1, 2, 7, 3000, 3000, 3000, 3000, 3000):
        check_sum(submission, rng.uniform(0.5, 1.5, size=n).astype(np.float32))
    check_sum(submission, (rng.normal(size=2000) * 10.0 ** rng.uniform(-8, 8, size=2000)).astype(np.float32))
    # Far outside the range of float16, and with no meaning for whole numbers.
    check_sum(submission, (rng.uniform(0.5, 1.5, size=300) * 1e30).astype(np.float32))
    check_sum(submission, (rng.uniform(-0.5, 1.5, size=300) * 1e-30).astype(np.float32))


def test_keeps_float32(submission, rng):
    x = rng.uniform(0.5, 1.5, size=(4, 3)).astype(np.float32)
    rounded = submission.round_to_bfloat16(x)
    as_array(rounded, shape=(4, 3), dtype=np.float32, name="round_to_bfloat16(x)")
    as_array(submission.kahan_sum(x[0]), shape=(), dtype=np.float32, name="kahan_sum(x) for x in float32")
    y = rng.uniform(0.5, 1.5, size=6)
    assert_close(submission.kahan_sum(y), math.fsum(y), rtol=1e-12, dtype=np.float64,
                 name="kahan_sum(x) for x in float64")  # fmt: skip


def test_lse_values(submission, rng):
    for shape in [(6,), (4, 5), (3, 3), (2, 3, 4), (3, 1)]:
        x = rng.normal(scale=2.0, size=shape)
        assert_close(submission.logsumexp(x), row_logsumexp(x), rtol=1e-9, atol=1e-12, name="logsumexp(x)")
    # Other axes of length 1 stay.
    for shape in [(1, 4), (2, 1, 3), (1, 1)]:
        x = rng.normal(scale=2.0, size=shape)
        assert_close(submission.logsumexp(x), row_logsumexp(x), rtol=1e-9, atol=1e-12, name="logsumexp(x)")
    # The sum of a single exponential has that very logarithm: nothing is added to it.
    x = rng.uniform(0.01, 0.02, size=(4, 1))
    assert_close(submission.logsumexp(x), x[:, 0], rtol=1e-12, name="logsumexp(x) for rows of one entry")
    whole = rng.integers(-5, 6, size=(3, 4))
    assert_close(submission.logsumexp(whole), row_logsumexp(whole), rtol=1e-9, atol=1e-12,
                 name="logsumexp(x) for whole numbers")  # fmt: skip
    # float32 comes in where scores were computed so; the work is done in float64 all the same.
    single = rng.normal(scale=2.0, size=(3, 4)).astype(np.float32)
    want = row_logsumexp(single.astype(np.float64))
    assert_close(submission.logsumexp(single), want, rtol=1e-9, atol=1e-12, name="logsumexp(x) for float32")


def test_lse_axis(submission, rng):
    for shape in [(3, 4, 5), (3, 3, 3)]:
        x = rng.normal(scale=2.0, size=shape)
        for axis in (0, 1, 2, -1, -2, -3):
            want = row_logsumexp(x, axis)
            assert_close(submission.logsumexp(x, axis=axis), want, rtol=1e-9, atol=1e-12,
                         name="logsumexp(x, axis)")  # fmt: skip
            assert_close(submission.logsumexp(x, axis, True), np.expand_dims(want, axis), rtol=1e-9, atol=1e-12,
                         name="logsumexp(x, axis, keepdims=True)")  # fmt: skip
    row = rng.normal(size=4)
    assert_close(submission.logsumexp(row, keepdims=True), row_logsumexp(row)[None], rtol=1e-9, atol=1e-12,
                 name="logsumexp(x, keepdims=True)")  # fmt: skip


def test_lse_shift(submission, rng):
    x = rng.normal(scale=2.0, size=(3, 5))
    want = row_logsumexp(x)
    # Adding a constant of size 800 rounds the scores by about 1e-13.
    for c in (123.4, 800.0, -800.0):
        assert_close(submission.logsumexp(x + c), want + c, rtol=0.0, atol=1e-10, name="logsumexp(x + c)")


def test_lse_extreme_rows(submission, rng):
    low = np.array([-1000.0, -1000.0])
    assert_close(submission.logsumexp(low), -1000 + math.log(2), rtol=1e-13, name="logsumexp(x)")
    rows = np.array([[1000.0, 1000.0], [-1000.0, -1000.0]])
    assert_close(submission.logsumexp(rows), [1000 + math.log(2), -1000 + math.log(2)], rtol=1e-13,
                 name="logsumexp(x)")  # fmt: skip
    x = rng.normal(size=(5, 4))
    shift = np.array([1000.0, -1000.0, 0.0, -30000.0, 5000.0])
    for axis in (1, 0):
        z = x + shift[:, None]
        assert_close(submission.logsumexp(z if axis else z.T, axis=axis), row_logsumexp(x) + shift, rtol=1e-12,
                     name="logsumexp(x)")  # fmt: skip
    # One dominant entry leaves nothing to add; log 3 is nothing beside 1e300.
    far = np.array([[1e300, 0.0, -1e300], [-1e300, -1e300, -1e300], [5.0, -5000.0, -1e9]])
    assert_close(submission.logsumexp(far), [1e300, -1e300, 5.0], rtol=1e-12, name="logsumexp(x)")


def test_lse_all_neg_inf(submission, rng):
    x = rng.normal(size=(3, 4))
    want = row_logsumexp(x)
    assert_close(submission.logsumexp(np.vstack([x, np.full(4, -np.inf)])), [*want, -np.inf], rtol=1e-9, atol=1e-12,
                 name="logsumexp(x)")  # fmt: skip
    # A single −inf adds e^−inf = 0, wherever it stands.
    hidden = np.insert(x, 2, -np.inf, axis=1)
    assert_close(submission.logsumexp(hidden), want, rtol=1e-9, atol=1e-12, name="logsumexp(x)")
    assert_close(submission.logsumexp(np.full(3, -np.inf)), -np.inf, name="logsumexp(x)")


def test_lse_plus_inf(submission, rng):
    a, b = rng.normal(size=2)
    x = np.array([[np.inf, a, b], [a, b, b], [-np.inf, np.inf, b], [np.inf, a, np.inf]])
    want = [np.inf, math.log(math.exp(a) + 2 * math.exp(b)), np.inf, np.inf]
    assert_close(submission.logsumexp(x), want, rtol=1e-9, atol=1e-12, name="logsumexp(x)")


def test_log_sigmoid_values(submission, rng):
    for shape in [(7,), (3, 4), (3, 3), (2, 1, 5)]:
        x = rng.uniform(-30.0, 30.0, size=shape)
        y = as_array(submission.log_sigmoid(x), shape=shape, name="log_sigmoid(x)")
        mirrored = as_array(submission.log_sigmoid(-x), shape=shape, name="log_sigmoid(−x)")
        assert_close(np.exp(y) + np.exp(mirrored), np.ones(shape), rtol=1e-11, name="σ(x) + σ(−x)")
        assert_close(y - mirrored, x, rtol=0.0, atol=1e-11, name="log_sigmoid(x) − log_sigmoid(−x)")
    whole = rng.integers(-9, 10, size=6)
    want = [-math.log1p(math.exp(-v)) for v in whole]
    assert_close(submission.log_sigmoid(whole), want, rtol=1e-11, atol=1e-12, name="log_sigmoid(x)")
    single = np.float32(whole) / np.float32(7)
    want = [-math.log1p(math.exp(-float(v))) for v in single]
    assert_close(
        submission.log_sigmoid(single), want, rtol=1e-11, atol=1e-12, name="log_sigmoid(x) for float32"
    )


def test_log_sigmoid_extreme(submission, rng):
    far = float(rng.uniform(800.0, 1200.0))
    for x in ([-720.0, 0.0, 100.0], [-far, -100.0, far], [-1e5, 1e5], [-1e300, 1e300]):
        # log(1 + e^−|x|) is log 2 at 0 and below 1e-43 at the others.
        want = [min(v, 0.0) - (math.log(2) if v == 0 else 0.0) for v in x]
        assert_close(submission.log_sigmoid(np.array(x)), want, rtol=1e-12, atol=1e-12, name="log_sigmoid(x)")
    x = np.append(rng.uniform(20.0, 60.0, size=20), [far, 1e300])
    if (as_array(submission.log_sigmoid(x), shape=x.shape, name="log_sigmoid(x)") > 0).any():
        raise ComparisonFailed("log_sigmoid(x) is above 0: a probability is never above 1.")


def test_no_mutation(submission, rng):
    x = rng.normal(size=(3, 4))
    single = x.astype(np.float32)
    assert_pure(submission.round_to_bfloat16, single)
    # What needs no rounding must be a new array all the same.
    assert_pure(submission.round_to_bfloat16, np.array([1.0, 0.5, np.nan], dtype=np.float32))
    assert_pure(submission.kahan_sum, single[0])
    assert_pure(submission.logsumexp, x)
    assert_pure(submission.logsumexp, x[:, :1])
    assert_pure(submission.logsumexp, np.where(x > x.mean(), x, -np.inf))
    assert_pure(submission.log_sigmoid, x)
    # Far to the left the answer is x itself, all but a tiny part.
    assert_pure(submission.log_sigmoid, np.array([-100.0, -1e5]))
