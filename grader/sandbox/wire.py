"""Frames, on both sides of the boundary, and the caps on all that crosses it.

A frame is a head (body length, metadata length, sequence number, kind), metadata in JSON, and the
bytes of its arrays one after the other.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

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
SMALL = 1 << 16

_to_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode

Buffer = bytes | memoryview


class WireError(Exception):
    """The other side sent what the format doesn't allow."""


class CannotSend(TypeError):
    """A value isn't one of those that cross the boundary."""


def frame(kind: int, seq: int, meta: object, buffers: Iterable[Buffer] = ()) -> list[Buffer]:
    """Return the pieces of one frame, in order; raises CannotSend when it would be too large."""
    text = _to_json(meta).encode()
    if len(text) > MAX_META:
        raise CannotSend(f"an answer with more than {MAX_META >> 20} MB of lists and texts")
    buffers = list(buffers)
    size = len(text) + sum(map(len, buffers))
    pieces = [HEAD.pack(size, len(text), seq, kind) + text, *buffers]
    return [b"".join(pieces)] if size <= SMALL else pieces


def read_meta(raw: bytes | memoryview) -> dict[str, object]:
    """Parse a frame's metadata, which is always an object; raises WireError."""
    try:
        meta = json.loads(str(raw, "ascii"))
    except (ValueError, RecursionError, MemoryError) as e:
        raise WireError(f"metadata is not JSON: {type(e).__name__}") from None
    if type(meta) is not dict:
        raise WireError("metadata is not an object")
    return meta
