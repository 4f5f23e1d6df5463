"""A folder of submissions: walked without following links, read without trusting what a name turned into."""

import os
import stat
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

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


class Folder:
    """The files beneath a folder; holds nothing open."""

    def __init__(self, path: Path) -> None:
        """Walk the folder.

        Raises:
            UsageFault: It can't be listed, or holds too many entries.
        """
        self.path = path
        found: list[Entry] = []
        odd: list[Odd] = []
        seen = 0
        waiting: list[tuple[str, ...]] = [()]
        while waiting:
            above = waiting.pop()
            try:
                with os.scandir(self._at(above)) as items:
                    listing = sorted(islice(items, MAX_ENTRIES + 1), key=lambda item: item.name)
            except OSError as error:
                if not above:
                    raise UsageFault(f"{path}: cannot be listed ({_why(error)}).") from None
                odd.append(Odd(shown(above), f"The folder can't be listed ({_why(error)}).", "unreadable"))
                continue
            seen += len(listing)
            if seen > MAX_ENTRIES:
                raise too_many(
                    path, [*(entry.parts for entry in found), *((*above, item.name) for item in listing)]
                )
            for item in listing:
                parts = (*above, item.name)
                if is_junk(parts):
                    continue
                if item.is_dir(follow_symlinks=False) and not _is_junction(item):
                    if len(parts) < MAX_DEPTH:
                        waiting.append(parts)
                    else:
                        odd.append(too_deep(parts))
                elif item.is_file(follow_symlinks=False):
                    found.append(Entry(parts, item.stat(follow_symlinks=False).st_size))
                else:
                    odd.append(link(parts) if item.is_symlink() or _is_junction(item) else device(parts))
        self.files = tuple(sorted(found, key=lambda entry: entry.parts))
        self.odd = tuple(odd)

    def _at(self, parts: tuple[str, ...]) -> Path:
        return self.path.joinpath(*parts)

    def read(self, entry: Entry, cap: int) -> bytes:
        """Read the first `cap` bytes of a file.

        Raises:
            UnreadableEntry: It can't be read, or isn't a regular file any more.
        """
        # No link is followed and no pipe waited for, whatever took the file's place since the walk.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            descriptor = os.open(self._at(entry.parts), flags | getattr(os, "O_BINARY", 0))
            with os.fdopen(descriptor, "rb") as file:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise UnreadableEntry("it isn't a regular file any more")
                return file.read(cap)
        except OSError as error:
            raise UnreadableEntry(_why(error)) from None

    def close(self) -> None:
        """Nothing is open between two reads."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _is_junction(item: os.DirEntry[str]) -> bool:
    # Windows' own links to folders; Python knows them from 3.12 on.
    return bool(getattr(item, "is_junction", bool)())


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
