"""The seccomp filter of a worker: a short list of system calls, none of which takes a path.

Everything that an exercise imports is loaded before the filter is set, so a worker needs no files:
no open, stat, exec, fork, thread, socket, ptrace, nor anything newer than this list.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _JEQ, _JGE, _JSET, _RET = 0x20, 0x15, 0x35, 0x45, 0x06
_NR, _ARCH = 0, 4
_PROT_EXEC = 4
_SET_MODE_FILTER = 1
_CLONE3 = 435
# Where a process's own number belongs; no number of a system call, and larger than any pid.
_STAND_IN = 0x7EADBEEF

X86_64 = {
    "read": 0, "write": 1, "close": 3, "fstat": 5, "poll": 7, "lseek": 8, "munmap": 11, "brk": 12,
    "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "pread64": 17, "readv": 19, "writev": 20,
    "select": 23, "sched_yield": 24, "mremap": 25, "madvise": 28, "pause": 34, "nanosleep": 35,
    "getitimer": 36, "setitimer": 38, "getpid": 39, "exit": 60, "uname": 63, "gettimeofday": 96,
    "getrlimit": 97, "getrusage": 98, "sysinfo": 99, "times": 100, "getuid": 102, "getgid": 104,
    "geteuid": 107, "getegid": 108, "getppid": 110, "getpgrp": 111, "sigaltstack": 131, "gettid": 186,
    "time": 201, "futex": 202, "sched_getaffinity": 204, "restart_syscall": 219, "clock_gettime": 228,
    "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "pselect6": 270, "ppoll": 271,
    "getcpu": 309, "getrandom": 318,
    "mmap": 9, "mprotect": 10, "ioctl": 16, "kill": 62, "fcntl": 72, "prctl": 157, "tgkill": 234, "prlimit64": 302,
}  # fmt: skip
AARCH64 = {
    "close": 57, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66, "pread64": 67,
    "pselect6": 72, "ppoll": 73, "fstat": 80, "exit": 93, "exit_group": 94, "futex": 98, "nanosleep": 101,
    "getitimer": 102, "setitimer": 103, "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115,
    "sched_getaffinity": 123, "sched_yield": 124, "restart_syscall": 128, "sigaltstack": 132,
    "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "times": 153, "uname": 160,
    "getrlimit": 163, "getrusage": 165, "getcpu": 168, "gettimeofday": 169, "getpid": 172, "getppid": 173,
    "getuid": 174, "geteuid": 175, "getgid": 176, "getegid": 177, "gettid": 178, "sysinfo": 179,
    "brk": 214, "munmap": 215, "mremap": 216, "madvise": 233, "getrandom": 278,
    "fcntl": 25, "ioctl": 29, "kill": 129, "tgkill": 131, "prctl": 167, "mmap": 222, "mprotect": 226, "prlimit64": 261,
}  # fmt: skip

_F_GETFD, _F_SETFD, _F_GETFL = 1, 2, 3
_TCGETS, _TIOCGWINSZ, _FIONCLEX, _FIOCLEX = 0x5401, 0x5413, 0x5450, 0x5451
_PR_SET_NAME, _PR_SET_VMA = 15, 0x53564D41
_ONE_OF = {
    # No F_SETOWN with O_ASYNC: it would have the kernel send signals to other processes of this user.
    "fcntl": (1, (_F_GETFD, _F_SETFD, _F_GETFL)),
    "ioctl": (1, (_TCGETS, _TIOCGWINSZ, _FIONCLEX, _FIOCLEX)),
    "prctl": (0, (_PR_SET_NAME, _PR_SET_VMA)),
}
_WITHOUT_FLAG = {"mmap": (2, _PROT_EXEC), "mprotect": (2, _PROT_EXEC)}
_OWN_PID = {"kill": 0, "tgkill": 0}
_NULL_POINTER = {"prlimit64": 2}  # limits may be read, not set

_MACHINES = {"x86_64": (0xC000003E, X86_64, 317), "aarch64": (0xC00000B7, AARCH64, 277)}

Instruction = tuple[int, int, int, int]


class Unsupported(OSError):
    """This machine has no filter here, or its kernel refuses one."""


def program(machine: str, pid: int) -> list[Instruction]:
    """Return the filter for one architecture and one process, as (code, jump if true, jump if false, k)."""
    if machine not in _MACHINES:
        raise Unsupported(f"no seccomp filter for {machine}")
    arch, table, _ = _MACHINES[machine]
    ins: list[Instruction] = [
        (_LOAD, 0, 0, _ARCH),
        (_JEQ, 1, 0, arch),
        (_RET, 0, 0, KILL),
        (_LOAD, 0, 0, _NR),
    ]
    if machine == "x86_64":
        # The x32 interface has the same architecture number and other call numbers.
        ins += [(_JGE, 0, 1, 0x40000000), (_RET, 0, 0, KILL)]
    for name, number in table.items():
        body = _judge(name, pid)
        ins += [(_JEQ, 0, len(body), number), *body]
    # ENOSYS makes glibc fall back on clone, which then fails in the ordinary way.
    ins += [(_JEQ, 0, 1, _CLONE3), (_RET, 0, 0, ERRNO | errno.ENOSYS), (_RET, 0, 0, ERRNO | errno.EPERM)]
    return ins


def _judge(name: str, pid: int) -> list[Instruction]:
    """What is done once the call is known to be `name`; every path of it returns."""
    allow, deny = (_RET, 0, 0, ALLOW), (_RET, 0, 0, ERRNO | errno.EPERM)
    if name in _ONE_OF:
        argument, values = _ONE_OF[name]
        tests = [step for value in values for step in ((_JEQ, 0, 1, value), allow)]
        return [_low(argument), *tests, deny]
    if name in _WITHOUT_FLAG:
        argument, flag = _WITHOUT_FLAG[name]
        return [_low(argument), (_JSET, 1, 0, flag), allow, deny]
    if name in _OWN_PID:
        return [_low(_OWN_PID[name]), (_JEQ, 0, 1, pid), allow, deny]
    if name in _NULL_POINTER:
        argument = _NULL_POINTER[name]
        return [_low(argument), (_JEQ, 0, 3, 0), _high(argument), (_JEQ, 0, 1, 0), allow, deny]
    return [allow]


def _low(argument: int) -> Instruction:
    return (_LOAD, 0, 0, 16 + 8 * argument)


def _high(argument: int) -> Instruction:
    return (_LOAD, 0, 0, 20 + 8 * argument)


class Filter:
    """The filter of this machine, laid out once, to be set in any number of processes."""

    def __init__(self) -> None:
        machine = platform.machine()
        steps = program(machine, _STAND_IN)
        self._call = _MACHINES[machine][2]
        self._code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
        self._own_pid = [8 * place + 4 for place, step in enumerate(steps) if step[3] == _STAND_IN]
        self._head = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(self._code)))
        self._libc = ctypes.CDLL(None, use_errno=True)

    def install(self, pid: int) -> None:
        """Set it on the calling thread, whose process is `pid`, for good; needs no-new-privs.

        Raises:
            Unsupported: The kernel refuses it.
        """
        for place in self._own_pid:
            struct.pack_into("=I", self._code, place, pid)
        done = self._libc.syscall(
            ctypes.c_long(self._call), ctypes.c_long(_SET_MODE_FILTER), ctypes.c_long(0), self._head
        )
        if done != 0:
            raise Unsupported(ctypes.get_errno(), "seccomp filter refused")
