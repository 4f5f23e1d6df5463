"""What came back from a submission, call by call: to be compared with a known wrong solution's. Trusted side."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from grader.sandbox.decode import Decoder

if TYPE_CHECKING:
    from collections.abc import Sequence

_RTOL = 1e-6
# Where a true value is 0, rounding leaves something near the unit roundoff of the numbers around it.
_ATOL = 1e-12
_ATOL_OF_LARGEST = 1e-9
KEPT_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Event:
    """One answer, as it came: kept undecoded, so that recording costs nothing and nothing can change it.

    Attributes:
        kind: "value", or "error" when it raised or died.
        name: The function, method or operation asked for.
        meta: The value's metadata on the wire; of an error the nearest built-in class's name.
        blob: The bytes of its arrays.
        flags: Floating-point flags, of an observed call.
        changed: It reported a changed argument.
        shares: It reported a result that shares memory with an argument.
    """

    kind: Literal["value", "error"]
    name: str
    meta: object
    blob: bytes = b""
    flags: frozenset[str] = frozenset()
    changed: bool = False
    shares: bool = False

    @property
    def value(self) -> object:
        """The value, decoded afresh: a handle as the text "<Class object>", an error as its class's name."""
        if self.kind == "error":
            return self.meta
        decoder = Decoder(memoryview(self.blob), {"h": lambda _, m: f"<{m['class']} object>"})
        return decoder.decode(self.meta)


def event_of_answer(name: str, meta: dict[str, object], blob: memoryview, room: int) -> Event:
    """Record an answer; what there is no `room` for is kept as a digest, equal only to itself."""
    value, kept = meta.get("v"), bytes(blob) if len(blob) <= room else b""
    if len(blob) > room:
        value = f"<{len(blob)} bytes: {hashlib.blake2b(blob).hexdigest()} {json.dumps(value)[:1000]}>"
    flags = meta.get("flags", [])
    return Event(
        "value",
        name,
        value,
        kept,
        frozenset(map(str, flags)) if isinstance(flags, list) else frozenset(),
        meta.get("changed") is True,
        meta.get("shares") is True,
    )


def same_events(a: Sequence[Event], b: Sequence[Event]) -> bool:
    """Did two submissions behave alike? Numbers within rtol 1e-6, nan equal to nan, exceptions by class.

    Shapes and dtypes must agree, integers and texts exactly; a list and a tuple of the same
    values are alike.
    """
    return len(a) == len(b) and all(_same_event(x, y) for x, y in zip(a, b, strict=True))


def _same_event(a: Event, b: Event) -> bool:
    if (a.kind, a.name, a.flags, a.changed, a.shares) != (b.kind, b.name, b.flags, b.changed, b.shares):
        return False
    if a.kind == "error":
        return a.meta == b.meta
    return _same(a.value, b.value)


def _same(a: object, b: object) -> bool:
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[k], b[k]) for k in a)
    if _is_number(a) and _is_number(b):
        return _same_numbers(np.asarray(a), np.asarray(b))
    return type(a) is type(b) and a == b


def _is_number(x: object) -> bool:
    return isinstance(x, (bool, int, float, complex, np.generic, np.ndarray))


def _same_numbers(a: np.ndarray, b: np.ndarray) -> bool:
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    if a.dtype.kind not in "fc":
        return bool(np.array_equal(a, b))
    with np.errstate(all="ignore"):
        size = np.abs(b)
        largest = np.max(size, initial=0.0, where=np.isfinite(size))
        return bool(np.allclose(a, b, rtol=_RTOL, atol=_ATOL + _ATOL_OF_LARGEST * largest, equal_nan=True))
