"""The trusted end of a conversation: whole frames, under a deadline, taking nothing but bytes.

Plain recv is used, never recvmsg: descriptors that a worker passes are dropped by the kernel.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
from typing import TYPE_CHECKING

from grader.sandbox import wire
from grader.sandbox.meter import now_s

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.sandbox.process import Process

_CHUNK = 1 << 16
_MOST = 1 << 20
_RAW_KEPT = 64 << 10
_RAW_CAP = 1 << 20


class Breach(Exception):
    """The worker broke the protocol, or flooded its output; `reason` is in words for the learner."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class HungUp(Exception):
    """The worker's end is closed."""


class Channel:
    """Sends and receives frames; drains raw output meanwhile, so that a worker never blocks on it."""

    def __init__(
        self, process: Process, left_s: Callable[[], float], waited: Callable[[float], None]
    ) -> None:
        self._talk = process.talk
        self._talk.setblocking(False)
        self._output = process.output
        self._left_s = left_s
        self._waited = waited
        self._raw = bytearray()
        self._raw_size = 0
        self._poll = None if sys.platform == "win32" else select.poll()
        if self._poll is not None:
            self._poll.register(self._talk, select.POLLIN)
            if self._output is not None:
                self._poll.register(self._output, select.POLLIN)

    def expect_silence(self) -> None:
        """Refuse what was sent before anything was asked."""
        try:
            early = self._talk.recv(1)
        except BlockingIOError:
            return
        except ConnectionError:
            early = b""
        if early:
            raise Breach("it broke the protocol", "an answer before the question")
        raise HungUp

    def send(self, pieces: Sequence[wire.Buffer]) -> None:
        """Send one frame."""
        for piece in pieces:
            left = memoryview(piece)
            while left:
                try:
                    left = left[self._talk.send(left) :]
                except BlockingIOError:
                    self._wait(writing=True)
                except ConnectionError:
                    raise HungUp from None

    def receive(self) -> tuple[int, int, dict[str, object], memoryview]:
        """The next frame, as kind, sequence number, metadata and the bytes after it."""
        data = b""
        while len(data) < wire.HEAD.size:
            data += self._read(_CHUNK)
        size, meta_size, seq, kind = wire.HEAD.unpack_from(data)
        if size > wire.MAX_FRAME or meta_size > wire.MAX_META:
            raise Breach("its answer is too large")
        if meta_size > size:
            raise Breach("it broke the protocol", "sizes")
        body = self._read_body(data, wire.HEAD.size + size)
        began_s = now_s()
        meta = wire.read_meta(body[:meta_size])
        self._waited(now_s() - began_s)  # a long text to read is its sender's time
        return kind, seq, meta, body[meta_size:]

    def _read_body(self, data: bytes, size: int) -> memoryview:
        # Memory grows only with what really arrives, not with what a head announces.
        pieces, got = [data], len(data)
        while got < size:
            pieces.append(self._read(min(size - got, _MOST)))
            got += len(pieces[-1])
        if got > size:
            raise Breach("it broke the protocol", "more than one answer")
        whole = data if len(pieces) == 1 else b"".join(pieces)
        return memoryview(whole)[wire.HEAD.size :]

    def _read(self, size: int) -> bytes:
        while True:
            self._wait()
            try:
                data = self._talk.recv(size)
            except BlockingIOError:
                continue
            except ConnectionError:
                data = b""
            if not data:
                raise HungUp
            return data

    def _wait(self, *, writing: bool = False) -> None:
        """Wait until the socket is ready, within the deadline; raises meter.Expired."""
        while True:
            left_s = self._left_s()
            began_s = now_s()
            ready = self._select(left_s, writing=writing)
            self._waited(now_s() - began_s)
            if ready:
                return

    def _select(self, timeout_s: float, *, writing: bool) -> bool:
        if self._poll is None:
            lists = ([], [self._talk]) if writing else ([self._talk], [])
            return any(map(bool, select.select(*lists, [], timeout_s)))
        if writing:
            self._poll.modify(self._talk, select.POLLOUT)
        try:
            ready = {fd for fd, _ in self._poll.poll(timeout_s * 1000)}
        finally:
            if writing:
                self._poll.modify(self._talk, select.POLLIN)
        if self._output is not None and self._output in ready:
            self._drain()
        return self._talk.fileno() in ready

    def _drain(self) -> None:
        """Take what was written to the raw output; raises Breach on a flood."""
        while self._output is not None:
            try:
                data = os.read(self._output, _CHUNK)
            except BlockingIOError:
                return
            if not data:
                self._close_output()
            self._raw += data[: max(0, _RAW_KEPT - len(self._raw))]
            self._raw_size += len(data)
            if self._raw_size > _RAW_CAP:
                raise Breach("it wrote more than 1 MB to the output")

    def take_raw(self) -> str:
        """What has come on the raw output since the last time."""
        with contextlib.suppress(Breach):
            self._drain()
        text, self._raw = self._raw.decode(errors="replace"), bytearray()
        return text

    def _close_output(self) -> None:
        if self._output is not None:
            if self._poll is not None:
                self._poll.unregister(self._output)
            os.close(self._output)
            self._output = None

    def close(self) -> None:
        """Hang up."""
        self._close_output()
        self._talk.close()
