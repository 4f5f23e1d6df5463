"""The worker's end of the conversation: whole frames in and out of one descriptor or socket."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

from grader.sandbox import wire

if TYPE_CHECKING:
    from collections.abc import Iterable

_CHUNK = 1 << 16


class _Stream(Protocol):
    def read(self, size: int) -> bytes: ...
    def write(self, data: wire.Buffer) -> int: ...


class Descriptor:
    """Plain reads and writes: the only ones that the filter leaves."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; none at the end."""
        return os.read(self._fd, size)

    def write(self, data: wire.Buffer) -> int:
        """How many bytes were taken."""
        return os.write(self._fd, data)


class Pipe:
    """Reads questions and writes answers, one frame at a time."""

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream

    def receive(self) -> tuple[int, int, dict[str, object], memoryview]:
        """The next frame, as kind, sequence number, metadata and the bytes after it.

        The other side never sends a second frame before the first is answered, so one read of a
        chunk can't take more than a frame.
        """
        data = self._read(_CHUNK)
        while len(data) < wire.HEAD.size:
            data += self._read(_CHUNK)
        size, meta_size, seq, kind = wire.HEAD.unpack_from(data)
        pieces, got = [data], len(data) - wire.HEAD.size
        while got < size:
            pieces.append(self._read(min(size - got, 1 << 20)))
            got += len(pieces[-1])
        body = memoryview(b"".join(pieces))[wire.HEAD.size :]
        return kind, seq, wire.read_meta(body[:meta_size]), body[meta_size:]

    def _read(self, size: int) -> bytes:
        data = self._stream.read(size)
        if not data:
            os._exit(0)  # the other side is gone
        return data

    def send(self, kind: int, seq: int, meta: object, buffers: Iterable[wire.Buffer] = ()) -> None:
        """Write one whole frame."""
        for piece in wire.frame(kind, seq, meta, buffers):
            left = memoryview(piece)
            while left:
                left = left[self._stream.write(left) :]
