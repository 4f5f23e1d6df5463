"""The sandbox: one warm zygote process, or where that can't be had, workers started afresh. Imports no numpy."""

from __future__ import annotations

import importlib.util
import json
import os
import select
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from grader.sandbox.errors import SandboxBroken
from grader.sandbox.process import End, Forked, Process, Started, end_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.sandbox.host import Host

_HELLO_S = 60.0
_ANSWER_S = 30.0
_LACKS = (
    "files are not shut off",
    "the network is not shut off",
    "other programs can be started",
)
_NO_MEMORY_LIMIT = "memory is not limited"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may use: processor seconds a check and in all, and memory."""

    check_s: float = 2.0
    item_s: float = 20.0
    memory_mb: int = 512


@dataclass(frozen=True, slots=True)
class Usage:
    """What a submission has used, over all its workers."""

    cpu_s: float
    peak_mb: float


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A forbidden name that is used, and the line where."""

    line: int
    name: str


class Sandbox:
    """Where submissions run. One thread at a time; close it, or use it as a context manager.

    It returns at once: the zygote starts while the caller goes on with its own imports.
    """

    def __init__(self, *, weak: bool = False) -> None:
        self._zygote = None if weak or sys.platform != "linux" else _Zygote()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def confined(self) -> bool:
        """Does the operating system shut workers off? Waits for the zygote."""
        if self._zygote is not None and not self._zygote.layers():
            # This kernel can't confine: the weaker worker is all there is, and says so.
            self._zygote.close()
            self._zygote = None
        return self._zygote is not None

    @property
    def layers(self) -> tuple[str, ...]:
        """What stands between a submission and the machine; part of each report."""
        if self.confined and self._zygote is not None:
            return self._zygote.layers()
        return ("process", "deadlines", "rlimits") if sys.platform == "linux" else ("process", "deadlines")

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the weaker worker doesn't do, in words; nothing when confined."""
        if self.confined:
            return ()
        return _LACKS if sys.platform == "linux" else (*_LACKS, _NO_MEMORY_LIMIT)

    def host(self, source: str, filename: str, *, seed: int = 0, limits: Limits = Limits()) -> Host:
        """A place for one submission; `filename` is a bare name like softmax.py."""
        from grader.sandbox.host import Host

        return Host(self, source, filename, seed=seed, limits=limits)

    def find_forbidden(self, source: str, *, functions: Sequence[str], forbid: Sequence[str]) -> list[Use]:
        """Uses of forbidden names inside these functions and what they call, judged on the syntax tree.

        It is judged in a fresh worker, as parsing a hostile text can itself go wrong. Raises
        SubmissionError (a SyntaxError) and Death.
        """
        from grader.sandbox.host import find_forbidden

        return find_forbidden(self, source, functions=functions, forbid=forbid)

    def launch(self, limits: Limits) -> Process:
        """Start one worker process; for Host. Raises SandboxBroken."""
        if self._closed:
            raise SandboxBroken("the sandbox is closed")
        if self.confined and self._zygote is not None:
            return self._zygote.fork(limits)
        return _start_afresh(limits)

    def close(self) -> None:
        """End the zygote, and with it every worker."""
        self._closed = True
        if self._zygote is not None:
            self._zygote.close()


class _Zygote:
    """The trusted end of the zygote's control socket."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            call = f"from grader.sandbox import zygote; zygote.main({theirs.fileno()})"
            self._child = _python(call, pass_fds=(theirs.fileno(),), env={"PYTHONHASHSEED": "0"}, output=None)
        self._layers: tuple[str, ...] | None = None
        self._number = 0
        self._ends: dict[int, End] = {}

    def layers(self) -> tuple[str, ...]:
        """What it confines with; nothing when it can't."""
        if self._layers is None:
            hello, _ = self._receive(_HELLO_S)
            if "broken" in hello:
                raise SandboxBroken(f"the zygote could not start:\n{hello['broken']}")
            layers = hello.get("layers", ())
            self._layers = tuple(layers)  # type: ignore[arg-type]
        return self._layers

    def fork(self, limits: Limits) -> Forked:
        """One more worker."""
        self._number += 1
        number = self._number
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        request = {"number": number, "cpu_s": limits.item_s, "memory_mb": limits.memory_mb}
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], [theirs.fileno(), writing])
            told, pidfd = self._next_but_ends()
        except BaseException as e:
            ours.close()
            os.close(reading)
            raise SandboxBroken("the zygote is gone") if isinstance(e, OSError) else e from None
        finally:
            theirs.close()
            os.close(writing)
        os.set_blocking(reading, False)
        return Forked(int(told["pid"]), pidfd, ours, reading, lambda: self._await_end(number))  # type: ignore[call-overload]

    def _await_end(self, number: int) -> End:
        while number not in self._ends:
            told, _ = self._receive(_ANSWER_S)
            self._note_end(told)
        return self._ends.pop(number)

    def _next_but_ends(self) -> tuple[dict[str, object], int]:
        while True:
            told, fds = self._receive(_ANSWER_S)
            if "pid" in told:
                return told, fds[0]
            self._note_end(told)

    def _note_end(self, told: dict[str, object]) -> None:
        number, status = int(told["ended"]), int(told["status"])  # type: ignore[call-overload]
        self._ends[number] = end_of(status, float(told["cpu_s"]), float(told["peak_kb"]) / 1024)  # type: ignore[arg-type]

    def _receive(self, timeout_s: float) -> tuple[dict[str, object], list[int]]:
        if self._control.fileno() < 0:
            raise SandboxBroken("the sandbox is closed")
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        try:
            if not poll.poll(timeout_s * 1000):
                raise SandboxBroken(f"the zygote gave no answer within {timeout_s:g} s")
            message, fds, _, _ = socket.recv_fds(self._control, 65536, 1)
        except OSError as e:
            raise SandboxBroken(f"the zygote is gone: {e}") from None
        if not message:
            raise SandboxBroken("the zygote is gone")
        told = json.loads(message)
        return told, fds

    def close(self) -> None:
        """Hang up, which ends it, and wait."""
        if self._control.fileno() < 0:
            return
        self._control.close()
        try:
            self._child.wait(5)
        except subprocess.TimeoutExpired:
            # It is still loading, and would see the end only after that.
            self._child.kill()
            self._child.wait()


def _start_afresh(limits: Limits) -> Started:
    """A worker of its own Python, with what separation any system gives."""
    ours, theirs = socket.socketpair()
    shared = sys.platform == "win32"
    fd = None if shared else theirs.fileno()
    call = f"from grader.sandbox import fresh; fresh.main({limits.item_s!r}, {limits.memory_mb!r}, {fd})"
    with theirs:
        child = _python(
            call,
            pass_fds=() if fd is None else (fd,),
            env={"PYTHONHASHSEED": "0"},
            output=subprocess.DEVNULL if shared else subprocess.PIPE,
        )
        if shared:
            _share(theirs, child)
    if child.stdout is None:
        return Started(child, ours, None)
    output = os.dup(child.stdout.fileno())
    child.stdout.close()
    os.set_blocking(output, False)
    return Started(child, ours, output)


def _share(theirs: socket.socket, child: subprocess.Popen[bytes]) -> None:
    packed: bytes = theirs.share(child.pid)  # type: ignore[attr-defined, unused-ignore]
    assert child.stdin is not None
    child.stdin.write(b"%d\n" % len(packed) + packed)
    child.stdin.close()


def _python(
    call: str, *, pass_fds: tuple[int, ...], env: dict[str, str], output: int | None
) -> subprocess.Popen[bytes]:
    """Start a bare Python (-I -S: no site, no user's path) that can import this package and numpy."""
    windows = sys.platform == "win32"
    paths = [str(Path(__file__).resolve().parents[2]), _numpy_home()]
    # OpenBLAS starts threads at import unless told not to; the confined child may start none.
    env |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "LANG": "C.UTF-8"}
    if windows:
        env["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")  # sockets don't work without it
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [
            sys.executable,
            "-I",
            "-S",
            "-X",
            "utf8",
            "-c",
            f"import sys; sys.path[:0] = {paths!r}; {call}",
        ],
        pass_fds=pass_fds,
        env=env,
        cwd=None if windows else "/",
        stdin=subprocess.PIPE if windows else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if output is None else output,
        stderr=subprocess.DEVNULL if output is None else subprocess.STDOUT,
        start_new_session=not windows,  # so that Ctrl-C is the caller's alone
    )


def _numpy_home() -> str:
    spec = importlib.util.find_spec("numpy")
    if spec is None or spec.origin is None:
        raise SandboxBroken("numpy is not installed")
    return str(Path(spec.origin).parents[1])
