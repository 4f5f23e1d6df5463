"""Frames and values, on both sides of the boundary: nothing is evaluated, every size is checked first.

A frame is a head (body length, metadata length, sequence number, kind), metadata in JSON, and the
bytes of its arrays one after the other. Values are told by exact type from a closed list; what else
there is (handles, callbacks, generators) each side adds through `other` and `others`.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

HEAD = struct.Struct("<IIQB")
QUESTION, READY, REPLY, ERROR, UNSENDABLE, CALLBACK, CALLBACK_REPLY, CALLBACK_ERROR = range(1, 9)

MAX_META = 4 << 20
MAX_FRAME = 256 << 20
MAX_DEPTH = 64
MAX_ITEMS = 200_000
MAX_TEXT = 1 << 20
MAX_BITS = 8192
MAX_NDIM = 32
MAX_KEYS = 20_000
# Keys other than text and small integers: their hashes can be made to collide.
MAX_ODD_KEYS = 1_000

_PLAIN = ["|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"]
# Both sides run on one machine, so the machine's own long double may cross as its bytes.
DTYPES = {s: np.dtype(s) for s in (*_PLAIN, np.dtype(np.longdouble).str, np.dtype(np.clongdouble).str)}
_SMALL = 1 << 16

_to_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode

Buffer = bytes | memoryview


class WireError(Exception):
    """The other side sent what the format doesn't allow."""


class CannotSend(TypeError):
    """A value isn't one of those that cross the boundary."""


class Encoder:
    """Turns values into metadata and buffers; one frame's arrays share one encoder."""

    def __init__(self, other: Callable[[Encoder, object], object]) -> None:
        self.buffers: list[Buffer] = []
        self._other = other
        self._left = MAX_ITEMS
        self._bytes = 0
        # By identity, so that an array passed twice stays one object; the array is kept lest its id be reused.
        self._seen: dict[int, tuple[object, object]] = {}

    def encode(self, x: object, depth: int = 0) -> object:
        """Return the metadata for one value; raises CannotSend."""
        t = type(x)
        if x is None or t is bool or t is float:
            return x
        self._left -= 1
        if self._left < 0:
            raise CannotSend(f"more than {MAX_ITEMS} values in one answer")
        if depth > MAX_DEPTH:
            raise CannotSend("values nested too deep")
        if t is int:
            return _encode_int(x)  # type: ignore[arg-type]
        if t is str:
            return _encode_text(x)  # type: ignore[arg-type]
        if t is np.ndarray:
            return self._array(x)  # type: ignore[arg-type]
        if t is list:
            return [self.encode(v, depth + 1) for v in x]  # type: ignore[attr-defined]
        if t is tuple:
            return {"$": "t", "v": [self.encode(v, depth + 1) for v in x]}  # type: ignore[attr-defined]
        if t is dict:
            return self._mapping(x, depth)  # type: ignore[arg-type]
        if t is complex:
            return {"$": "c", "v": [x.real, x.imag]}  # type: ignore[attr-defined]
        if t is bytes:
            return {"$": "b", "n": len(x), "b": self._add(x, len(x))}  # type: ignore[arg-type]
        if issubclass(t, np.generic):
            return self._scalar(x, depth)  # type: ignore[arg-type]
        return self._flat(x, t, depth)

    def _flat(self, x: object, t: type, depth: int) -> object:
        """A subclass of a plain type crosses as the plain type, read with that type's own methods."""
        for plain, flatten in _FLATTEN:
            if issubclass(t, plain):
                return self.encode(flatten(x), depth)
        return self._other(self, x)

    def _scalar(self, x: np.generic, depth: int) -> object:
        if isinstance(x, (np.str_, np.bytes_)):
            return self.encode(x.item(), depth)
        spec = _spec(x.dtype)
        if spec not in DTYPES:
            return self._other(self, x)
        raw = x.tobytes()
        return {"$": "n", "d": spec, "b": self._add(raw, len(raw))}

    def _array(self, x: np.ndarray) -> object:
        known = self._seen.get(id(x))
        if known is not None:
            return known[1]
        spec = _spec(x.dtype)
        if spec not in DTYPES:
            return self._other(self, x)
        if self._bytes + x.nbytes > MAX_FRAME - MAX_META:
            raise CannotSend(f"an answer of more than {MAX_FRAME >> 20} MB")
        x_native = x.astype(DTYPES[spec]) if x.dtype.str != spec else x
        columns_first = bool(x.flags.fnc)
        meta = {
            "$": "a",
            "d": spec,
            "s": list(x.shape),
            "b": self._add(_array_bytes(x_native, columns_first=columns_first), x.nbytes),
        }
        if columns_first:
            meta["f"] = 1
        self._seen[id(x)] = (x, meta)
        return meta

    def _mapping(self, x: dict[object, object], depth: int) -> object:
        try:
            pairs = [[self.encode(_plain_key(k), depth + 1), self.encode(v, depth + 1)] for k, v in x.items()]
        except _OddKey:
            return self._other(self, x)
        return {"$": "m", "v": pairs}

    def _add(self, raw: Buffer, size: int) -> int:
        self._bytes += size
        if self._bytes > MAX_FRAME - MAX_META:
            raise CannotSend(f"an answer of more than {MAX_FRAME >> 20} MB")
        self.buffers.append(raw)
        return len(self.buffers) - 1


def _spec(dtype: np.dtype) -> str:
    """The dtype as the wire names it: little-endian."""
    spec = dtype.str
    return spec if spec in DTYPES else dtype.newbyteorder("<").str


def _encode_int(x: int) -> object:
    if -(1 << 63) <= x < (1 << 63):
        return x
    if x.bit_length() > MAX_BITS:
        raise CannotSend(f"an integer of more than {MAX_BITS} bits")
    return {"$": "i", "v": hex(x)}


def _encode_text(x: str) -> str:
    if len(x) > MAX_TEXT:
        raise CannotSend(f"a text of more than {MAX_TEXT} characters")
    return x


def _array_bytes(x: np.ndarray, *, columns_first: bool) -> Buffer:
    if x.nbytes <= _SMALL:
        return x.tobytes("F" if columns_first else "C")
    # Not cast("B"): memoryview can't cast complex numbers.
    flat: Any = np.ascontiguousarray(x.T if columns_first else x).reshape(-1).view(np.uint8)
    return memoryview(flat)


class _OddKey(Exception):
    """A mapping has a key that doesn't cross as plain data."""


def _plain_key(key: object) -> object:
    t = type(key)
    if t is str or t is int or t is float or key is None or t is bool or t is bytes or t is complex:
        return key
    if t is tuple:
        return tuple(_plain_key(k) for k in key)  # type: ignore[attr-defined]
    if issubclass(t, np.generic) and t.__module__ == "numpy":
        item: object = key.item()  # type: ignore[attr-defined]
        return item if type(item) is t else _plain_key(item)
    for plain, flatten in _FLATTEN:
        if plain in (str, int, float, bytes, complex, tuple) and issubclass(t, plain):
            return _plain_key(flatten(key))
    raise _OddKey


# The plain types' own methods, since a subclass may override them. bool can't be subclassed.
_FLATTEN: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (np.ndarray, lambda x: np.ndarray.view(x, np.ndarray)),
    (dict, lambda x: dict(dict.items(x))),
    (tuple, lambda x: tuple(tuple.__iter__(x))),
    (list, lambda x: list(list.__iter__(x))),
    (int, lambda x: int.__add__(x, 0)),
    (float, lambda x: float.__float__(x)),
    (complex, lambda x: complex.__complex__(x)),
    (str, lambda x: str.__str__(x)),
    (bytes, lambda x: bytes.__getitem__(x, slice(None))),
)


def frame(kind: int, seq: int, meta: object, buffers: Iterable[Buffer] = ()) -> list[Buffer]:
    """Return the pieces of one frame, in order; raises CannotSend when it would be too large."""
    text = _to_json(meta).encode()
    if len(text) > MAX_META:
        raise CannotSend(f"an answer with more than {MAX_META >> 20} MB of lists and texts")
    buffers = list(buffers)
    size = len(text) + sum(map(len, buffers))
    pieces = [HEAD.pack(size, len(text), seq, kind) + text, *buffers]
    return [b"".join(pieces)] if size <= _SMALL else pieces


def read_meta(raw: bytes | memoryview) -> dict[str, object]:
    """Parse a frame's metadata, which is always an object; raises WireError."""
    try:
        meta = json.loads(str(raw, "ascii"))
    except (ValueError, RecursionError, MemoryError) as e:
        raise WireError(f"metadata is not JSON: {type(e).__name__}") from None
    if type(meta) is not dict:
        raise WireError("metadata is not an object")
    return meta


def _bad(what: str) -> NoReturn:
    raise WireError(what)


class Decoder:
    """Rebuilds values from metadata and the bytes that follow it, strictly."""

    def __init__(
        self,
        blob: memoryview,
        others: Mapping[str, Callable[[Decoder, dict[str, object]], object]],
        *,
        frozen: bool = False,
    ) -> None:
        self._blob = blob
        self._others = others
        self._frozen = frozen
        self._left = MAX_ITEMS + 1
        self._keys, self._odd_keys = MAX_KEYS, MAX_ODD_KEYS
        self._at = 0
        self._arrays: dict[int, np.ndarray] = {}
        self._count = 0

    def decode(self, meta: object) -> object:
        """Return the value of one piece of metadata; raises WireError."""
        try:
            return self._decode(meta, 0)
        except (TypeError, ValueError, OverflowError, MemoryError, RecursionError, KeyError) as e:
            raise WireError(f"{type(e).__name__} while decoding") from None

    def finish(self) -> None:
        """Refuse bytes that no value has claimed."""
        if self._at != len(self._blob):
            _bad("bytes left over")

    def _decode(self, m: object, depth: int) -> object:
        t = type(m)
        if m is None or t is bool or t is float:
            return m
        self._left -= 1
        if self._left < 0 or depth > MAX_DEPTH + 2:
            _bad("too many or too deep values")
        if t is int:
            return m if -(1 << 63) <= m < (1 << 63) else _bad("integer")  # type: ignore[operator]
        if t is str:
            return m if len(m) <= MAX_TEXT else _bad("text")  # type: ignore[arg-type]
        if t is list:
            return [self._decode(v, depth + 1) for v in m]  # type: ignore[attr-defined]
        if t is not dict:
            _bad("metadata")
        return self._tagged(m, depth)  # type: ignore[arg-type]

    def _tagged(self, m: dict[str, object], depth: int) -> object:
        tag, v = m.get("$"), m.get("v")
        if tag == "a":
            return self._array(m)
        if tag == "n":
            return self._take_array(m, ())[()]
        if tag == "b":
            return bytes(self._take(m.get("b"), m.get("n")))
        if tag == "i":
            return int(v, 16) if type(v) is str and len(v) < MAX_BITS // 4 + 8 else _bad("integer")
        if type(tag) is str and tag in self._others:
            return self._others[tag](self, m)
        if type(v) is not list:
            _bad("tag")
        if tag == "t":
            return tuple([self._decode(x, depth + 1) for x in v])
        if tag == "m":
            return dict(self._pair(x, depth + 1) for x in v)
        if tag == "c":
            re, im = v
            return complex(re, im) if type(re) is float and type(im) is float else _bad("complex")
        return _bad("tag")

    def _pair(self, m: object, depth: int) -> tuple[object, object]:
        if type(m) is not list or len(m) != 2:
            _bad("mapping")
        key = self._decode(m[0], depth)
        self._keys -= 1
        if not (type(key) is str or (type(key) is int and abs(key) < 1 << 60)):
            self._odd_keys -= 1
            if type(key) is int and key.bit_length() > 64:
                _bad("large integer as a key")
        if min(self._keys, self._odd_keys) < 0:
            _bad("too many keys")
        hash(key)
        return key, self._decode(m[1], depth)

    def _array(self, m: dict[str, object]) -> np.ndarray:
        shape, index = m.get("s"), m.get("b")
        if type(shape) is not list or len(shape) > MAX_NDIM or m.get("f", 0) not in (0, 1):
            _bad("array")
        if not all(type(n) is int and 0 <= n < 1 << 40 for n in shape):
            _bad("shape")
        known = self._arrays.get(index) if type(index) is int else None
        if known is not None:
            return known if known.shape == tuple(shape) and known.dtype.str == m.get("d") else _bad("array")
        made = self._take_array(m, tuple(shape), columns_first=m.get("f") == 1)
        self._arrays[index] = made  # type: ignore[index]
        return made

    def _take_array(
        self, m: dict[str, object], shape: tuple[int, ...], *, columns_first: bool = False
    ) -> np.ndarray:
        spec = m.get("d")
        dtype = DTYPES.get(spec) if type(spec) is str else None
        if dtype is None:
            _bad("dtype")
        count = 1
        for n in shape:
            count *= n
        raw = self._take(m.get("b"), count * dtype.itemsize)
        # An array over immutable bytes can't be made writeable again. Small ones get bytes of their own,
        # as numpy would call them unaligned at an odd place in the frame; copies are aligned anyhow.
        flat = np.frombuffer(bytes(raw) if self._frozen else raw, dtype) if count else np.empty(0, dtype)
        if not self._frozen:
            # A boolean's byte other than 0 and 1 would be undefined behaviour in numpy.
            flat = flat.view(np.uint8) != 0 if spec == "|b1" else flat.copy()
        made = flat.reshape(shape[::-1]).T if columns_first else flat.reshape(shape)
        made.flags.writeable = not self._frozen
        return made

    def _take(self, index: object, size: object) -> memoryview:
        if type(index) is not int or index != self._count or type(size) is not int or size < 0:
            _bad("buffer out of order")
        if self._at + size > len(self._blob):
            _bad("buffer past the end of the frame")
        raw = self._blob[self._at : self._at + size]
        self._count += 1
        self._at += size
        return raw
