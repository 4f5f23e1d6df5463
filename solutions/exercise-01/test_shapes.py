"""Hidden checks of exercise-01.

Oracles: sizes and bytes are products written out here, the layout is built channel by channel,
and padded batches are built from Python lists.
"""

import math

import numpy as np

from grader.testing import ComparisonFailed, as_array, assert_close, assert_equal, assert_pure, assert_raises

ITEM_BYTES = {
    "float64": 8, "float32": 4, "float16": 2, "int64": 8, "int32": 4, "int16": 2, "int8": 1, "bool": 1,
    "uint8": 1, "uint64": 8, "complex64": 8,
}  # fmt: skip


def described(shape, dtype):
    """Describe an array without making it."""
    size = math.prod(shape)
    return {"rank": len(shape), "shape": shape, "size": size, "nbytes": size * ITEM_BYTES[dtype]}


def assert_description(got, want):
    """Compare all entries; a tuple is asked for, since shapes are compared and hashed as tuples."""
    assert_equal(got, want, name="describe(x)")
    if type(got["shape"]) is not tuple:
        raise ComparisonFailed(
            'describe(x)["shape"] holds the right lengths, but must be a tuple, as an array\'s `.shape` is.'
        )


def channels_second(x):
    """One plane a channel, stacked on the second axis."""
    return np.stack([x[:, :, :, c] for c in range(x.shape[3])], axis=1)


def sequences(rng, lengths, d):
    """Draw one (T, d) array of tokens a length."""
    return [rng.normal(size=(length, d)) for length in lengths]


def padded(seqs, pad=0.0):
    """Fill up plain lists on the right."""
    longest = max(len(seq) for seq in seqs)
    return np.array([seq.tolist() + [[pad] * seq.shape[1]] * (longest - len(seq)) for seq in seqs], float)


def mask_of(lengths):
    """Write the mask out."""
    return np.array([[t < length for t in range(max(lengths))] for length in lengths])


def two(result):
    """Take a result apart into batch and mask."""
    if type(result) not in (tuple, list) or len(result) != 2:
        raise ComparisonFailed("pad_batch(seqs) must return two arrays: the batch and the mask.")
    return result


def test_describe_values(submission, rng):
    a, b, c, d, e = (int(n) for n in rng.permutation(np.arange(2, 7)))
    # The rows of `dependent` are multiples of each other: as a matrix it has rank 1, as an array 2.
    dependent = np.outer(rng.normal(size=a + 3), rng.normal(size=b))
    cases = [(dependent, "float64")]
    for shape, dtype in [
        ((a, b, c, d), "float32"), ((b * c,), "int16"), ((b, e), "float16"), ((c, 1, a), "int8"),
        ((1, 1), "float64"), ((a, b, c, d, e), "bool"), ((d, d, d), "int64"), ((e, 1), "uint8"),
    ]:  # fmt: skip
        cases.append((rng.integers(0, 2, size=shape).astype(dtype), dtype))
    # Columns stored one after the other: how the memory is laid out changes none of the four.
    cases.append((np.asfortranarray(dependent), "float64"))
    for x, dtype in cases:
        assert_description(submission.describe(x), described(x.shape, dtype))


def test_describe_seed_batch(submission):
    x = np.zeros((32, 3, 224, 224), dtype=np.float32)
    want = {"rank": 4, "shape": (32, 3, 224, 224), "size": 4_816_896, "nbytes": 19_267_584}
    assert_equal(submission.describe(x), want, name="describe(x)")


def test_describe_scalar(submission, rng):
    number = float(rng.normal())
    for x, dtype in [
        (number, "float64"), (int(rng.integers(2, 99)), "int64"), (np.float32(number), "float32"),
        (np.array(number, dtype=np.float16), "float16"), (np.array(3, dtype=np.int8), "int8"),
    ]:  # fmt: skip
        assert_description(submission.describe(x), described((), dtype))


def test_layout_values(submission, rng):
    for shape in [(2, 3, 4, 5), (5, 4, 2, 3), (3, 2, 5, 1), (1, 4, 3, 2)]:
        x = rng.normal(size=shape)
        assert_close(submission.nhwc_to_nchw(x), channels_second(x), rtol=0.0, name="nhwc_to_nchw(x)")
    x = np.asfortranarray(rng.normal(size=(2, 3, 4, 5)))
    assert_close(submission.nhwc_to_nchw(x), channels_second(x), rtol=0.0, name="nhwc_to_nchw(x)")
    pixels = rng.integers(0, 256, size=(2, 5, 7, 3)).astype(np.uint8)
    assert_close(submission.nhwc_to_nchw(pixels), channels_second(pixels), rtol=0.0, name="nhwc_to_nchw(x)")


def test_layout_equal_sizes(submission, rng):
    for n in (3, 2):
        x = rng.normal(size=(n, n, n, n))
        assert_close(submission.nhwc_to_nchw(x), channels_second(x), rtol=0.0, name="nhwc_to_nchw(x)")


def test_pad_values(submission, rng):
    for lengths, d in [
        ((3, 5, 2), 4),
        ((4, 1), 3),
        ((3, 3, 3), 3),
        ((6,), 2),
        ((2, 5, 3), 4),
        ((1, 2, 3, 4), 1),
        ((1, 1), 5),
    ]:
        seqs = sequences(rng, lengths, d)
        batch, _ = two(submission.pad_batch(seqs))
        assert_close(batch, padded(seqs), rtol=1e-12, name="The batch")


def test_pad_fill(submission, rng):
    seqs = sequences(rng, (2, 4, 1), 3)
    pad = float(rng.uniform(1.0, 9.0))
    for result, number in [
        (submission.pad_batch(seqs, pad=-pad), -pad),
        (submission.pad_batch(seqs, pad), pad),
        (submission.pad_batch(seqs), 0.0),
    ]:
        batch, _ = two(result)
        assert_close(batch, padded(seqs, number), rtol=1e-12, name="The batch")
    # Any number may fill up, those that spoil a sum or a product too.
    for number in (-math.inf, math.nan):
        batch, _ = two(submission.pad_batch(seqs, pad=number))
        assert_close(batch, padded(seqs, number), rtol=1e-12, name="The batch")


def test_pad_mask(submission, rng):
    for lengths, d in [((3, 5, 2), 4), ((4, 1, 4, 2), 4), ((3, 3), 2), ((1,), 3), ((1, 2), 1)]:
        _, mask = two(submission.pad_batch(sequences(rng, lengths, d)))
        assert_close(mask, mask_of(lengths), name="The mask")
    # Real tokens that look like filling, at the end of a sequence too.
    pad = float(rng.uniform(1.0, 9.0))
    seqs = sequences(rng, (2, 4, 3), 3)
    seqs[0][:] = 0.0
    seqs[1][1:] = pad
    seqs[2][:] = [[-math.inf], [math.inf], [math.nan]]
    for kwargs in ({"pad": pad}, {}, {"pad": math.nan}):
        _, mask = two(submission.pad_batch(seqs, **kwargs))
        assert_close(mask, mask_of((2, 4, 3)), name="The mask")


def test_pad_dtype(submission, rng):
    floats = sequences(rng, (2, 3, 1), 2)
    whole = [rng.integers(-9, 9, size=(length, 2)) for length in (3, 4, 2)]
    single = [seq.astype(np.float32) for seq in floats]
    mixed = [whole[0], floats[1], floats[2]]
    for seqs, pad in [(floats, -1), (whole, 0.5), (whole, 7), (single, 0.0), (mixed, 0.0)]:
        batch, _ = two(submission.pad_batch(seqs, pad=pad))
        assert_close(batch, padded(seqs, pad), rtol=1e-12, dtype=np.float64, name="The batch")


def test_pad_nothing(submission, rng):
    seqs = sequences(rng, (2,), 3)
    assert_close(two(submission.pad_batch(seqs))[0], padded(seqs), rtol=1e-12, name="The batch")
    assert_raises(ValueError, submission.pad_batch, [])


def test_param_bytes(submission, rng):
    a, b, c = (int(n) for n in rng.integers(5, 40, size=3))
    shapes = [(a, b), (), (b,), (3, 3, c, a), (), (1, b)]
    count = a * b + 1 + b + 9 * c * a + 1 + b
    for dtype, item in ITEM_BYTES.items():
        got = submission.parameter_bytes(shapes, dtype=dtype)
        assert_equal(got, item * count, name="parameter_bytes(shapes, dtype)")
    name = "parameter_bytes(shapes)"
    assert_equal(submission.parameter_bytes(shapes), 4 * count, name=name)
    assert_equal(submission.parameter_bytes([(a, c)], "float16"), 2 * a * c, name=name)
    assert_equal(submission.parameter_bytes([()], "float64"), 8, name=name)
    assert_equal(submission.parameter_bytes([]), 0, name=name)


def test_param_bytes_big(submission, rng):
    a, b = (int(n) for n in rng.integers(66_000, 99_000, size=2))
    k = int(rng.integers(20_000, 23_000))
    # One array beyond 2³²; arrays that are small one by one; and a count that only its bytes take beyond.
    for shapes, count in [([(a, b)], a * b), ([(k, k)] * 9 + [(k, 2, k)], 11 * k * k), ([(k, k)], k * k)]:
        got = submission.parameter_bytes(shapes, dtype="float64")
        assert_equal(got, 8 * count, name="parameter_bytes(shapes)")
    # Beyond 2⁵⁵ neighbouring floats lie 8 apart: such a count has to be made of whole numbers.
    got = submission.parameter_bytes([(2**27 + 1, 2**28 - 1), (3,)], dtype="int8")
    assert_equal(got, 2**55 + 2**27 + 2, name="parameter_bytes(shapes)")
    assert_equal(
        submission.parameter_bytes([(50_000, 100_000)]), 20_000_000_000, name="parameter_bytes(shapes)"
    )


def test_no_mutation(submission, rng):
    x = rng.normal(size=(2, 3, 4, 5))
    assert_pure(submission.describe, x)
    as_array(assert_pure(submission.nhwc_to_nchw, x, may_share=True), name="nhwc_to_nchw(x)")
    for lengths in [(2, 4, 1), (3, 3), (4,), (1, 4, 2, 3), (4, 3, 1, 1)]:
        batch, _ = two(assert_pure(submission.pad_batch, sequences(rng, lengths, 2)))
        as_array(batch, name="The batch")
    assert_pure(submission.parameter_bytes, [(4, 3), (), (2,), (3, 5)])
    count = assert_pure(submission.parameter_bytes, [(3, 4), (4,)])
    as_array(count, shape=(), name="parameter_bytes(shapes)")
