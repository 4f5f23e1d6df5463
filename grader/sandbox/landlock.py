"""Landlock: a second lock on files, TCP ports, abstract sockets and signals, where the kernel has it."""

from __future__ import annotations

import ctypes
import os
import struct

_CREATE_RULESET, _RESTRICT_SELF = 444, 446  # the same numbers on every architecture
_VERSION = 1
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # how many rights each version knows; from version 5: 16
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6


def _syscall(number: int, *arguments: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = int(libc.syscall(ctypes.c_long(number), *wide))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def version() -> int:
    """Return the kernel's Landlock version, 0 where there is none."""
    try:
        return _syscall(_CREATE_RULESET, None, 0, _VERSION)
    except OSError:
        return 0


def ruleset() -> int | None:
    """Return a descriptor of rules that deny all that this kernel can deny, or None without Landlock."""
    known = version()
    if not known:
        return None
    rights = (1 << _FILE_RIGHTS.get(known, 16)) - 1
    fields = [rights]
    if known >= _NETWORK_SINCE:
        fields.append(0b11)
    if known >= _SCOPES_SINCE:
        fields.append(0b11)
    packed = struct.pack(f"={len(fields)}Q", *fields)
    return _syscall(_CREATE_RULESET, ctypes.create_string_buffer(packed, len(packed)), len(packed), 0)


def restrict(rules: int) -> None:
    """Put the calling thread under the rules, for good; needs no-new-privs."""
    _syscall(_RESTRICT_SELF, rules, 0)
