"""What a process gives up: memory, files, privileges, being traced. Standard library only."""

from __future__ import annotations

import ctypes
import functools
import os
import signal
import struct
import sys

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CLOSE_RANGE = 436
_CAPABILITY_VERSION = 0x20080522
# Not "nobody": others may run as nobody.
WORKER_UID = 61234


@functools.cache
def _libc() -> ctypes.CDLL:
    """The C library, opened once: the zygote has it before it forks."""
    return ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, value: int) -> None:
    zero = ctypes.c_ulong(0)
    if _libc().prctl(option, ctypes.c_ulong(value), zero, zero, zero) < 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}")


def shield_process() -> None:
    """Shut this process off from others of the same user: no ptrace, no /proc/<pid>/mem (Linux only)."""
    if sys.platform == "linux":
        _prctl(_PR_SET_DUMPABLE, 0)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends. A change of uid clears it again."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def forgo_privileges() -> None:
    """Never gain a privilege through exec again; the filters below need it."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def drop_root() -> str:
    """Give up root, if this is root: the uid, or in a rootless container the capabilities alone."""
    if os.getuid() != 0:
        return ""
    try:
        os.setgroups([])
        os.setresgid(WORKER_UID, WORKER_UID, WORKER_UID)
        os.setresuid(WORKER_UID, WORKER_UID, WORKER_UID)
    except OSError:
        _drop_capabilities()
        return "no-capabilities"
    return "own-uid"


def _drop_capabilities() -> None:
    head = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION, 0))
    if _libc().capset(head, ctypes.create_string_buffer(24)) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def close_from(lowest: int) -> None:
    """Close every descriptor from `lowest` on."""
    if _libc().syscall(
        ctypes.c_long(_CLOSE_RANGE), ctypes.c_uint(lowest), ctypes.c_uint(0xFFFFFFFF), ctypes.c_uint(0)
    ):
        os.closerange(lowest, os.sysconf("SC_OPEN_MAX"))


def address_space() -> int:
    """Bytes of address space that this process has mapped (Linux)."""
    with open("/proc/self/statm", "rb") as f:  # noqa: PTH123 - pathlib would be imported into each worker
        return int(f.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def limit_resources(*, cpu_s: float, memory_bytes: int | None) -> bool:
    """Set what the system offers of limits; says whether memory is among them."""
    import resource

    seconds = int(cpu_s) + 2
    wanted = {"CORE": 0, "CPU": seconds, "FSIZE": 0, "MEMLOCK": 0, "MSGQUEUE": 0, "SIGPENDING": 64}
    for name, value in wanted.items():
        _limit(resource, name, value)
    return memory_bytes is not None and _limit(resource, "AS", memory_bytes)


def limit_descriptors() -> None:
    """Leave room for the worker's own few descriptors, and none for processes."""
    import resource

    _limit(resource, "NOFILE", 16)
    _limit(resource, "NPROC", 0)


def _limit(resource: object, name: str, value: int) -> bool:
    which = getattr(resource, f"RLIMIT_{name}", None)
    if which is None:
        return False
    _, hard = resource.getrlimit(which)  # type: ignore[attr-defined]
    value = value if hard < 0 else min(value, hard)
    try:
        resource.setrlimit(which, (value, value))  # type: ignore[attr-defined]
    except (OSError, ValueError):
        return False
    return True
