"""The warm process: loads numpy once, then forks and confines one worker for each request (Linux).

It is started afresh, never forked from the trusted process, so its memory holds no check, no
reference and no result; and it takes requests from its one socket only, which no worker inherits.
"""

from __future__ import annotations

import gc
import json
import os
import resource  # noqa: F401 - loaded before the fork, used in it
import select
import signal
import socket
import sys
import traceback
from typing import TYPE_CHECKING

from grader.sandbox import imports, landlock, limits, seccomp

if TYPE_CHECKING:
    from collections.abc import Callable

_SOCKET = 3  # the worker's one descriptor beside standard input and output
_BROKEN = 99
_TRIES = 5
_REFUSED = 2


def main(control_fd: int) -> None:
    """Serve until the other side hangs up."""
    control = socket.socket(fileno=control_fd)
    gc.disable()  # imports make much and drop nothing
    try:
        refusal = _probe()
        if refusal:
            control.send(json.dumps({"unconfined": refusal}).encode())
            return
        limits.shield_process()
        imports.preload()
        from grader.sandbox import agent, pipe

        # What every worker needs alike is done once, before the first is forked.
        rules, sieve = landlock.ruleset(), seccomp.Filter()
        _reset_signals()
        os.environ.clear()
        os.chdir("/")
        imports.close()
        sys.argv = [""]
        gc.freeze()
        control.send(json.dumps({"layers": _layers()}).encode())
    except Exception:
        control.send(json.dumps({"broken": traceback.format_exc()[-4000:]}).encode())
        return
    _Zygote(control, rules, sieve, lambda: agent.Agent(pipe.Pipe(pipe.Descriptor(_SOCKET))).run()).serve()
    os._exit(0)  # no need to tear all of it down


def _probe() -> str:
    """Try the filter in a child that is thrown away: why it can't be had, or nothing."""

    def confine() -> int:
        try:
            limits.forgo_privileges()
            seccomp.Filter().install(os.getpid())
        except OSError:
            return _REFUSED
        return 0

    ended = _tried(confine)
    if ended not in (0, _REFUSED):
        raise OSError(f"trying out the filter ended with {ended}")  # a defect of ours, told as one
    return "" if ended == 0 else "the kernel doesn't let a process confine itself"


def _tried(step: Callable[[], int]) -> int:
    """Take a step in a child: its exit status, 1 where the step raises."""
    for _ in range(_TRIES):
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                status = step()
            finally:
                os._exit(status)
        _, ended = os.waitpid(pid, 0)
        # A child that somebody killed tells nothing of the kernel.
        if not os.WIFSIGNALED(ended) or os.WTERMSIG(ended) != signal.SIGKILL:
            return os.waitstatus_to_exitcode(ended)
    raise OSError("a child that tries something out is killed each time")


def _layers() -> list[str]:
    known = landlock.version()
    layers = ["process", "deadlines", "rlimits", "no-new-privs", "seccomp"]
    if known:
        layers.append(f"landlock-{known}")
    if os.getuid() == 0:
        layers.append(_root_layer())
    return layers


def _root_layer() -> str:
    """What becomes of root in a worker, found out in a child."""
    own = _tried(lambda: 0 if limits.drop_root() == "own-uid" else _REFUSED) == 0
    return "own-uid" if own else "no-capabilities"


class _Zygote:
    def __init__(
        self,
        control: socket.socket,
        rules: int | None,
        sieve: seccomp.Filter,
        run_agent: Callable[[], None],
    ) -> None:
        self._control = control
        self._rules = rules
        self._sieve = sieve
        self._run_agent = run_agent
        self._workers: dict[int, tuple[int, int]] = {}  # pidfd -> (pid, the request's number)
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def serve(self) -> None:
        """Fork on request, tell of each end."""
        while True:
            for fd, _ in self._poll.poll():
                if fd != self._control.fileno():
                    self._bury(fd)
                elif not self._take_request():
                    return

    def _take_request(self) -> bool:
        message, fds, _, _ = socket.recv_fds(self._control, 65536, 2)
        if not message:
            return False
        request = json.loads(message) | {"parent": os.getpid(), "space": limits.address_space()}
        pid = os.fork()
        if pid == 0:
            self._become_worker(fds[0], fds[1], request)
        for fd in fds:
            os.close(fd)
        pidfd = os.pidfd_open(pid)
        self._workers[pidfd] = pid, request["number"]
        self._poll.register(pidfd, select.POLLIN)
        socket.send_fds(self._control, [json.dumps({"pid": pid}).encode()], [pidfd])
        return True

    def _bury(self, pidfd: int) -> None:
        pid, number = self._workers.pop(pidfd)
        self._poll.unregister(pidfd)
        os.close(pidfd)
        _, status, usage = os.wait4(pid, 0)
        told = {
            "ended": number,
            "status": status,
            "cpu_s": usage.ru_utime + usage.ru_stime,
            "peak_kb": usage.ru_maxrss,
        }
        self._control.send(json.dumps(told).encode())

    def _become_worker(self, talk: int, output: int, request: dict[str, float]) -> None:
        try:
            _confine(talk, output, request, self._rules, self._sieve)
            gc.enable()
            self._run_agent()
        except BaseException:
            os.write(2, traceback.format_exc()[-2000:].encode())
        finally:
            os._exit(_BROKEN)


def _confine(
    talk: int, output: int, request: dict[str, float], rules: int | None, sieve: seccomp.Filter
) -> None:
    os.setsid()
    limits.die_with_parent()
    if os.getppid() != request["parent"]:
        os._exit(_BROKEN)  # the zygote ended before the line above
    limits.drop_root()
    limits.die_with_parent()  # a change of uid has cleared it
    limits.limit_resources(
        cpu_s=request["cpu_s"], memory_bytes=int(request["space"]) + (int(request["memory_mb"]) << 20)
    )
    limits.forgo_privileges()
    limits.shield_process()  # a change of uid has undone it
    if rules is not None:
        landlock.restrict(rules)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.dup2(talk, _SOCKET)
    limits.close_from(_SOCKET + 1)
    limits.limit_descriptors()
    sieve.install(os.getpid())


def _reset_signals() -> None:
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        if number < signal.SIGRTMIN:
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
