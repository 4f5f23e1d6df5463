"""A worker as an operating-system process: its processor clock, its end, and what it used. Trusted side."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import socket
    import subprocess
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class End:
    """How a process ended: its exit status or the signal that killed it, and what it had used."""

    status: int | None
    signal: int | None
    cpu_s: float
    peak_mb: float

    def reason(self) -> str:
        """The end in words for a learner."""
        if self.signal is None:
            return f"it ended the process (exit status {self.status})"
        try:
            name = signal.Signals(self.signal).name
        except ValueError:
            name = str(self.signal)
        return f"it was killed by signal {name}"


class Process(Protocol):
    """What the trusted side needs of a worker's process."""

    talk: socket.socket
    output: int | None
    confined: bool

    def cpu_s(self) -> float | None:
        """Seconds of processor time so far, where that can be told."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self) -> End:
        """Wait for its end."""

    def close(self) -> None:
        """Let go of it."""


class Forked:
    """A worker forked by the zygote, which also buries it."""

    confined = True

    def __init__(
        self, pid: int, pidfd: int, talk: socket.socket, output: int, await_end: Callable[[], End]
    ) -> None:
        self.talk = talk
        self.output: int | None = output
        self._pidfd = pidfd
        self._await_end = await_end
        # The kernel's clock of another process, as clock_getcpuclockid(3) makes it; a worker can't lie about it.
        self._clock = (~pid << 3) | 2
        self._end: End | None = None

    def cpu_s(self) -> float | None:
        """Seconds of processor time used so far; None once it has ended."""
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return None

    def kill(self) -> None:
        """End it at once, whatever it does."""
        if self._end is None:
            try:
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)  # type: ignore[attr-defined, unused-ignore]
            except ProcessLookupError:
                return

    def wait(self) -> End:
        """Wait for its end; raises SandboxBroken when the zygote is gone."""
        if self._end is None:
            self._end = self._await_end()
        return self._end

    def close(self) -> None:
        """Let go of it."""
        os.close(self._pidfd)


class Started:
    """A worker started afresh, a child of this process."""

    confined = False

    def __init__(self, child: subprocess.Popen[bytes], talk: socket.socket, output: int | None) -> None:
        self.talk = talk
        self.output = output
        self._child = child
        self._end: End | None = None

    def cpu_s(self) -> float | None:
        """Not to be had alike on all systems: the deadline goes by the wall clock."""
        return None

    def kill(self) -> None:
        """End it at once."""
        if self._end is not None:
            return
        if sys.platform == "win32":
            self._child.kill()
        else:
            # Not Popen.kill, which would bury it first and lose what it has used.
            os.kill(self._child.pid, signal.SIGKILL)

    def close(self) -> None:
        """Let go of it; there is nothing to hold."""

    def wait(self) -> End:
        """Wait for its end."""
        if self._end is None:
            self._end = self._reap()
        return self._end

    def _reap(self) -> End:
        if sys.platform == "win32":
            return End(self._child.wait(), None, 0.0, 0.0)
        _, status, used = os.wait4(self._child.pid, 0)
        self._child.returncode = os.waitstatus_to_exitcode(status)
        kilobyte = 1 << 20 if sys.platform == "darwin" else 1 << 10
        return end_of(status, used.ru_utime + used.ru_stime, used.ru_maxrss / kilobyte)


def end_of(status: int, cpu_s: float, peak_mb: float) -> End:
    """The end that a wait status tells of."""
    code = os.waitstatus_to_exitcode(status)
    return End(None, -code, cpu_s, peak_mb) if code < 0 else End(code, None, cpu_s, peak_mb)
