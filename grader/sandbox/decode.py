"""Metadata and buffers back to values, on both sides: strict, every size checked before memory is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from grader.sandbox.wire import (
    DTYPES,
    MAX_BITS,
    MAX_DEPTH,
    MAX_FRAME,
    MAX_ITEMS,
    MAX_KEYS,
    MAX_NDIM,
    MAX_ODD_KEYS,
    MAX_TEXT,
    WireError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


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
        self._referred = 0

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

    def _decode(self, m: Any, depth: int) -> object:
        t = type(m)
        if m is None or t is bool or t is float:
            return m
        self._left -= 1
        if self._left < 0 or depth > MAX_DEPTH + 2:
            _bad("too many or too deep values")
        if t is int:
            return m if -(1 << 63) <= m < (1 << 63) else _bad("integer")
        if t is str:
            return m if len(m) <= MAX_TEXT else _bad("text")
        if t is list:
            return [self._decode(v, depth + 1) for v in m]
        if t is not dict:
            _bad("metadata")
        return self._tagged(m, depth)

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
            # Whoever puts the parts together again takes memory for each reference.
            self._referred += known.nbytes
            if self._referred > MAX_FRAME:
                _bad("one array too many times")
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
