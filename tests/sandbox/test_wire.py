"""The wire: values survive the crossing exactly, and malformed frames are refused."""

from __future__ import annotations

import collections
import contextlib
import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.sandbox import wire
from grader.sandbox.decode import Decoder
from grader.sandbox.encode import Encoder


def refuse(_: Encoder, x: object) -> object:
    raise wire.CannotSend(type(x).__name__)


def cross(value: object, *, frozen: bool = False) -> Any:
    """Send a value through a whole frame and back."""
    encoder = Encoder(refuse)
    pieces = wire.frame(wire.REPLY, 1, {"v": encoder.encode(value)}, encoder.buffers)
    raw = b"".join(pieces)
    size, meta_size, _, _ = wire.HEAD.unpack_from(raw)
    body = memoryview(raw)[wire.HEAD.size :]
    assert len(body) == size
    decoder = Decoder(body[meta_size:], {}, frozen=frozen)
    made = decoder.decode(wire.read_meta(body[:meta_size])["v"])
    decoder.finish()
    return made


def same(a: Any, b: Any) -> bool:
    """Equal in value and in exact type, nan equal to nan, -0.0 unequal to 0.0."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return same(list(a.items()), list(b.items()))
    if isinstance(a, float):
        return repr(a) == repr(b)
    if isinstance(a, complex):
        return repr(a.real) == repr(b.real) and repr(a.imag) == repr(b.imag)
    return bool(a == b)


plain: Any = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20)
plain |= st.binary(max_size=20) | st.complex_numbers()
keys = st.text(max_size=5) | st.integers(-(2**70), 2**62) | st.tuples(st.integers(0, 9), st.booleans())
nested = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(-(2**50), 2**50), inner, max_size=4)
    ),
    max_leaves=12,
)
dtypes = (
    hnp.integer_dtypes(endianness="?")
    | hnp.unsigned_integer_dtypes(endianness="?")
    | hnp.floating_dtypes(endianness="?")
    | hnp.complex_number_dtypes(endianness="?")
    | hnp.boolean_dtypes()
)


@given(nested)
def test_plain_values_cross_exactly(value: object) -> None:
    assert same(cross(value), value)


@given(hnp.arrays(dtypes, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0)), st.booleans(), st.booleans())
def test_arrays_cross_with_shape_dtype_and_bits(a: np.ndarray, turned: bool, frozen: bool) -> None:
    a = a.T if turned else a
    b = cross(a, frozen=frozen)
    assert b.dtype == a.dtype.newbyteorder("=")
    assert b.shape == a.shape
    assert b.tobytes() == a.astype(b.dtype).tobytes()
    assert b.flags.aligned
    assert b.flags.writeable is not frozen


@pytest.mark.parametrize("step", [(slice(None, None, -1),), (slice(1, 9, 3), slice(None, None, 2))])
def test_arrays_of_any_layout_cross(step: tuple[slice, ...]) -> None:
    a = np.arange(120.0).reshape(10, 12)[step]
    assert np.array_equal(cross(a), a)


def test_a_broadcast_array_crosses_as_what_it_shows() -> None:
    a = np.broadcast_to(np.arange(3), (4, 3))
    assert np.array_equal(cross(a), a)


@pytest.mark.parametrize("frozen", [True, False])
def test_arrays_after_odd_bytes_are_aligned(frozen: bool) -> None:
    _, a, b = cross([b"x", np.arange(3.0), np.arange(9, dtype=np.complex128)], frozen=frozen)
    assert a.flags.aligned
    assert b.flags.aligned


def test_a_frozen_array_can_not_be_made_writeable() -> None:
    for shape in [(3,), (2, 3), (1, 1), ()]:
        a = cross(np.ones(shape), frozen=True)
        with pytest.raises(ValueError, match="WRITEABLE"):
            a.flags.writeable = True


def test_an_array_sent_twice_stays_one_object() -> None:
    a = np.arange(4.0)
    first, other, second = cross([a, a.copy(), a])
    assert first is second
    assert other is not first


@pytest.mark.parametrize(
    "scalar", [np.float32(1.5), np.int8(-3), np.bool_(True), np.complex64(1j), np.float64("nan")]
)
def test_numpy_scalars_keep_their_dtype(scalar: np.generic) -> None:
    made = cross(scalar)
    assert type(made) is type(scalar)
    assert made.tobytes() == scalar.tobytes()


def test_long_doubles_keep_every_bit() -> None:
    a = np.array([1, 3], dtype=np.longdouble) / 7
    made = cross(a)
    assert made.dtype == a.dtype
    assert np.array_equal(made, a)


class Lying(dict[str, int]):
    """A dict that would answer for itself."""

    def items(self) -> Any:
        """Lie."""
        raise AssertionError

    def __iter__(self) -> Any:
        raise AssertionError


class Count(int):
    """An int of its own."""


Point = collections.namedtuple("Point", "x y")


@pytest.mark.parametrize(
    ("value", "flat"),
    [
        (collections.OrderedDict(a=1), {"a": 1}),
        (collections.defaultdict(int, a=1), {"a": 1}),
        (collections.Counter("aab"), {"a": 2, "b": 1}),
        (Point(1, 2), (1, 2)),
        (Lying(a=1), {"a": 1}),
        (Count(3), 3),
        (np.str_("x"), "x"),
        ({np.int64(3): 1}, {3: 1}),
    ],
)
def test_subclasses_are_flattened_to_the_plain_type(value: object, flat: object) -> None:
    assert same(cross(value), flat)


def test_array_subclasses_are_flattened() -> None:
    made = cross(np.ma.masked_array([1.0, 2.0], [True, False]))
    assert type(made) is np.ndarray
    assert made.tolist() == [1.0, 2.0]


def test_lone_surrogates_and_special_floats_cross() -> None:
    assert cross("\ud800x\0") == "\ud800x\0"
    assert [repr(x) for x in cross([math.nan, math.inf, -math.inf, -0.0])] == ["nan", "inf", "-inf", "-0.0"]


@pytest.mark.parametrize(
    "value", [{1, 2}, object(), np.array([object()]), np.array(["2020"], dtype="M8[Y]"), 1 << 9000]
)
def test_what_is_not_on_the_list_is_refused(value: object) -> None:
    with pytest.raises(wire.CannotSend):
        cross(value)


def test_a_list_that_holds_itself_is_refused() -> None:
    x: list[object] = []
    x.append(x)
    with pytest.raises(wire.CannotSend, match="too deep"):
        cross(x)


def test_a_huge_broadcast_array_is_refused_before_memory_is_taken() -> None:
    with pytest.raises(wire.CannotSend, match="MB"):
        cross(np.broadcast_to(1.0, (1 << 20, 1 << 10)))


MALFORMED = [
    {"$": "?"},
    {"$": "a"},
    {"$": "a", "d": "<f8", "s": [3], "b": 0},
    {"$": "a", "d": "<f8", "s": [-1], "b": 0},
    {"$": "a", "d": "<f8", "s": [1 << 39] * 20, "b": 0},
    {"$": "a", "d": "|O", "s": [1], "b": 0},
    {"$": "a", "d": ["<f8"], "s": [1], "b": 0},
    {"$": "a", "d": "<f8", "s": [True], "b": 0},
    {"$": "a", "d": "<f8", "s": [1] * 60, "b": 0},
    {"$": "a", "d": "<f8", "s": [1], "b": 1},
    {"$": "a", "d": "<f8", "s": [1], "b": 0, "f": 7},
    {"$": "n", "d": "<f8", "b": -1},
    {"$": "b", "b": 0, "n": -8},
    {"$": "b", "b": 0, "n": 10**30},
    {"$": "i", "v": "1" * 5000},
    {"$": "i", "v": "zz"},
    {"$": "i", "v": 3},
    {"$": "c", "v": [1.0]},
    {"$": "c", "v": [1.0, "x"]},
    {"$": "m", "v": [[1]]},
    {"$": "m", "v": [[[], 1]]},
    {"$": "m", "v": {"a": 1}},
    {"$": "m", "v": [[{"$": "i", "v": hex(1 << 200)}, 1]]},
    {"$": "m", "v": [[i + 0.5, 1] for i in range(2000)]},
    {"$": "h", "id": 1},
    {"$": None},
    {"$": []},
    {},
    10**30,
    [0] * (wire.MAX_ITEMS + 2),
]


@pytest.mark.parametrize("meta", MALFORMED, ids=lambda m: json.dumps(m)[:40])
def test_malformed_metadata_is_refused(meta: object) -> None:
    with pytest.raises(wire.WireError):
        Decoder(memoryview(b"12345678"), {}).decode(meta)


def test_metadata_nested_beyond_the_cap_is_refused() -> None:
    deep: object = 1
    for _ in range(200):
        deep = [deep]
    with pytest.raises(wire.WireError):
        Decoder(memoryview(b""), {}).decode(deep)


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"3", b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe", b'{"v":' + b"9" * 5000 + b"}"],
)
def test_metadata_that_is_no_json_object_is_refused(raw: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.read_meta(raw)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["a", "n", "t", "m", "<f8", "|b1"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("$vdsbfn"), inner, max_size=6)
    ),
    max_leaves=20,
)


@given(json_values, st.binary(max_size=40))
@settings(max_examples=300)
def test_any_metadata_is_decoded_or_refused(meta: object, blob: bytes) -> None:
    with contextlib.suppress(wire.WireError):
        Decoder(memoryview(blob), {}).decode(meta)


def test_bytes_left_over_are_refused() -> None:
    decoder = Decoder(memoryview(b"x"), {})
    decoder.decode(1)
    with pytest.raises(wire.WireError, match="left over"):
        decoder.finish()


def test_booleans_other_than_0_and_1_are_made_so() -> None:
    made: Any = Decoder(memoryview(b"\x00\x02\xff"), {}).decode({"$": "a", "d": "|b1", "s": [3], "b": 0})
    assert made.view(np.uint8).tolist() == [0, 1, 1]
