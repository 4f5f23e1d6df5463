"""A zip archive of submissions, read in place: no member is ever written to disk, and no claim in it believed."""

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from grader.batch.handin import Odd
from grader.batch.intake.entry import (
    MAX_DEPTH,
    MAX_ENTRIES,
    Entry,
    UnreadableEntry,
    device,
    is_junk,
    link,
    shown,
    too_deep,
    too_many,
)
from grader.errors import UsageFault
from grader.printable import one_line

# Python reads the others (bzip2, LZMA) in steps of which one can grow without bound.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_UTF_8_NAME = 0x800
# The least that one entry takes in the archive's directory, and what it opens with.
_SIGNATURE = b"PK\x01\x02"
_MAX_DIRECTORY_BYTES = MAX_ENTRIES * 512


class Archive:
    """The members of a zip archive, which stays open until `close`."""

    def __init__(self, path: Path) -> None:
        """Read the archive's directory.

        Raises:
            UsageFault: It is no zip archive, or a damaged one, or holds too many entries.
        """
        self.path = path
        try:
            file = _Bounded(path)
        except OSError as error:
            raise UsageFault(f"{path}: cannot be read ({(error.strerror or str(error)).lower()}).") from None
        try:
            self._zip = zipfile.ZipFile(file)
        except _TooLargeDirectory:
            file.close()
            raise too_many(path) from None
        except UnicodeDecodeError:
            file.close()
            raise UsageFault(
                f"{path}: a name in the archive is said to be UTF-8 and isn't; unpack it and give the folder."
            ) from None
        except (zipfile.BadZipFile, struct.error, NotImplementedError, ValueError, OverflowError) as error:
            looks_right = file.opening == b"PK"
            file.close()
            if looks_right:
                raise UsageFault(
                    f"{path}: the zip archive is damaged or cut off ({_lower(error)}); fetch it again."
                ) from None
            raise UsageFault(
                f"{path}: is neither a folder nor a zip archive; unpack it and give the folder."
            ) from None
        self._file = file
        self._members = self._zip.infolist()
        self.files, self.odd = _sort_out(self._members)

    def read(self, entry: Entry, cap: int) -> bytes:
        """Read the first `cap` bytes of a member, whatever size it claims to have.

        Raises:
            UnreadableEntry: It is damaged, encrypted or compressed in a way that isn't read.
        """
        if self._zip.fp is None:
            raise ValueError("the archive is closed")  # a slip of ours, which damage must not be blamed for
        member = self._members[entry.place]
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableEntry("it is encrypted")
        if member.compress_type not in _METHODS:
            raise UnreadableEntry(
                f"it is compressed by method {member.compress_type}; only stored and deflated members are read"
            )
        try:
            with self._zip.open(member) as file:
                return file.read(cap)
        except (
            zipfile.BadZipFile,
            zlib.error,
            struct.error,
            EOFError,
            OSError,
            RuntimeError,
            ValueError,
        ) as error:
            raise UnreadableEntry(f"the archive is damaged there: {_lower(error)}") from None

    def close(self) -> None:
        """Close the archive."""
        self._zip.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _TooLargeDirectory(Exception):
    """The archive's directory holds more entries than are read."""


class _Bounded:
    """A file for `zipfile`, which takes the archive's whole directory in by one read: counted here before it's parsed."""

    def __init__(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError("it is a pipe, socket or device")
        self._file: IO[bytes] = os.fdopen(descriptor, "rb")
        self.opening = self._file.read(2)
        self.seek, self.tell, self.close = self._file.seek, self._file.tell, self._file.close

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size > _MAX_DIRECTORY_BYTES:
            raise _TooLargeDirectory
        data = self._file.read(size if size >= 0 else _MAX_DIRECTORY_BYTES)
        if len(data) > MAX_ENTRIES * len(_SIGNATURE) and data.count(_SIGNATURE) > MAX_ENTRIES:
            raise _TooLargeDirectory
        return data


def member_parts(name: str) -> tuple[str, ...] | None:
    """Split a member's name into the parts of a path, or give None where it leads outside or is no name.

    Backslashes separate as well, since some systems write them.
    """
    if "\0" in name or name[:1] in ("/", "\\") or re.match(r"[A-Za-z]:", name):
        return None
    parts = tuple(part for part in re.split(r"[/\\]", name) if part not in ("", "."))
    return None if ".." in parts or not parts else parts


def _sort_out(members: Iterable[zipfile.ZipInfo]) -> tuple[tuple[Entry, ...], tuple[Odd, ...]]:
    found: dict[tuple[str, ...], Entry] = {}
    odd: list[Odd] = []
    for place, member in enumerate(members):
        name = _name(member)
        parts = member_parts(name)
        if parts is None:
            reason = "Its name is absolute, climbs out of the archive or has a NUL; it wasn't read."
            odd.append(Odd(one_line(name), reason, "outside"))
            continue
        if name[-1] in "/\\" or is_junk(parts):
            continue
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind == stat.S_IFDIR:
            continue
        if kind == stat.S_IFLNK:
            odd.append(link(parts))
        elif kind not in (0, stat.S_IFREG):
            odd.append(device(parts))
        elif len(parts) > MAX_DEPTH:
            odd.append(too_deep(parts))
        else:
            if parts in found:
                reason = (
                    "The archive holds this name more than once; the last one counts, as when it is unpacked."
                )
                odd.append(Odd(shown(parts), reason, "duplicate"))
            found[parts] = Entry(parts, member.file_size, place)
    return tuple(found[parts] for parts in sorted(found)), tuple(odd)


def _name(member: zipfile.ZipInfo) -> str:
    # Some systems write UTF-8 without saying so; Python then reads the bytes as those of an old PC.
    name = member.orig_filename
    if member.flag_bits & _UTF_8_NAME or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _lower(error: Exception) -> str:
    text = one_line(str(error) or type(error).__name__, 120).rstrip(".")
    return text[:1].lower() + text[1:]
