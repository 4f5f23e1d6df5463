"""What a worker reports about a call beside its value: flags raised, arguments changed, memory shared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from grader.sandbox.encode import Encoder
from grader.sandbox.wire import CannotSend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FLAGS = {"overflow": "overflow", "invalid value": "invalid", "divide by zero": "divide"}


class Flags:
    """Records floating-point flags while a call runs; underflow is free."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def run(self, call: Callable[[], object]) -> object:
        """Run the call, recording."""
        with np.errstate(all="call", under="ignore", call=self._record):
            return call()

    def _record(self, kind: str, _: int) -> None:
        self.seen.add(_FLAGS.get(kind, kind))


def fingerprint(value: object) -> tuple[str, list[bytes]]:
    """Two fingerprints of one value are equal while nothing in it has changed (nan equals nan)."""
    encoder = Encoder(lambda _, x: {"$": "o", "id": id(x)})
    try:
        meta = json.dumps(encoder.encode(value))
    except CannotSend as e:
        # It has grown past what can be sent, which it wasn't when it came.
        return f"too large: {e}", []
    return meta, [bytes(b) for b in encoder.buffers]


def arrays(value: object) -> Iterator[np.ndarray]:
    """The arrays in a value of nested lists, tuples and dicts."""
    pending, seen = [value], set()
    while pending:
        x = pending.pop()
        if id(x) in seen:
            continue
        if isinstance(x, np.ndarray):
            yield x
        elif isinstance(x, (list, tuple)):
            seen.add(id(x))
            pending.extend(x)
        elif isinstance(x, dict):
            seen.add(id(x))
            pending.extend(x.values())


def shares(result: object, arguments: object) -> bool:
    """Does an array of the result share memory with one of the arguments?

    Each argument came as an array with memory of its own, so that overlapping bounds are sharing.
    """
    given = list(arrays(arguments))
    return any(np.may_share_memory(x, y) for x in arrays(result) for y in given)
