"""A worker started afresh, for systems that can't fork a warm one or can't confine it.

It has process separation, its deadlines are kept outside, and it sets what limits the system offers;
it is the same agent with the same modules, but files and network are not shut off.
"""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

from grader.sandbox import imports

if TYPE_CHECKING:
    from grader.sandbox import wire


class SocketStream:
    """A socket as the agent's pipe reads and writes it."""

    def __init__(self, talk: socket.socket) -> None:
        self._talk = talk

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; none at the end."""
        try:
            return self._talk.recv(size)
        except ConnectionError:
            return b""

    def write(self, data: wire.Buffer) -> int:
        """How many bytes were taken."""
        return self._talk.send(data)


def main(cpu_s: float, memory_mb: int, fd: int | None) -> None:
    """Serve one submission over an inherited descriptor, or a socket shared through standard input."""
    if fd is None:
        talk = socket.fromshare(sys.stdin.buffer.read(int(sys.stdin.buffer.readline())))  # type: ignore[attr-defined]
    else:
        talk = socket.socket(fileno=fd)
    imports.preload()
    from grader.sandbox.agent import Agent
    from grader.sandbox.pipe import Pipe

    if sys.platform != "win32":
        _limit(cpu_s, memory_mb)
    imports.close()
    sys.argv = [""]
    Agent(Pipe(SocketStream(talk))).run()


def _limit(cpu_s: float, memory_mb: int) -> None:
    from grader.sandbox import limits

    if sys.platform == "linux":
        # Nobody would keep its deadlines any more.
        limits.die_with_parent()
    # Elsewhere than on Linux the address space can't be measured, nor limited (macOS refuses).
    memory = limits.address_space() + (memory_mb << 20) if sys.platform == "linux" else None
    limits.limit_resources(cpu_s=cpu_s, memory_bytes=memory)
