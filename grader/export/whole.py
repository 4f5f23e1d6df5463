"""Write a file or a folder whole or not at all; what is there already isn't written again.

New content grows beside the old in a `.part` and takes its place in one step. Whatever stops the
run before that leaves the old as it was.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from grader.errors import Fault

_CHUNK = 1 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def write_whole(path: Path, content: bytes) -> None:
    """Put a file of this content at a path.

    Raises:
        Fault: The file can't be written; what was there before is untouched.
    """
    with WholeFile(path) as file:
        file.write(content)
        file.finish()


class WholeFile:
    """A file written piece by piece that takes its place only when it is finished.

    While the pieces equal what stands at the path already, nothing is written: a second run with
    nothing new costs no disk space and leaves the file's time. A context manager; leaving it
    unfinished removes the part. Every method raises Fault where the file can't be written.

    Attributes:
        path: Where the file is to stand.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = path.with_name(f"{path.name}.part")
        self._old: BinaryIO | None = None
        self._new: BinaryIO | None = None
        self._agreed = 0  # bytes at the start that equal the old file's

    def __enter__(self) -> Self:
        with explained(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._part.unlink(missing_ok=True)
            if self.path.is_file():
                self._old = self.path.open("rb")
            else:
                self._new = self._part.open("xb")
        return self

    def write(self, piece: bytes) -> None:
        """Append a piece."""
        with explained(self.path):
            if self._new is None:
                assert self._old is not None
                if self._old.read(len(piece)) == piece:
                    self._agreed += len(piece)
                    return
                self._new = self._part_with_what_agreed(self._old)
            self._new.write(piece)

    def seal(self) -> None:
        """End the writing: from here on a full disk can't hinder the file from taking its place."""
        with explained(self.path):
            if self._new is None and self._old is not None and self._old.read(1):
                self._new = self._part_with_what_agreed(self._old)
            if self._new is not None:
                self._new.flush()
                os.fsync(self._new.fileno())
                self._new.close()

    def put(self) -> None:
        """Let the sealed file take its place."""
        with explained(self.path):
            if self._old is not None:
                self._old.close()
            if self._new is not None:
                self._part.replace(self.path)

    def finish(self) -> None:
        """Seal the file and let it take its place."""
        self.seal()
        self.put()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in (self._old, self._new):
            if file is not None:
                with suppress(OSError):  # what is buffered may not fit on the disk any more
                    file.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)

    def _part_with_what_agreed(self, old: BinaryIO) -> BinaryIO:
        new = self._part.open("xb")
        old.seek(0)
        left = self._agreed
        while left and (chunk := old.read(min(left, _CHUNK))):
            new.write(chunk)
            left -= len(chunk)
        return new


class WholeFolder:
    """A folder of files that take their places together when all of them are written.

    Files that are as they were stay untouched. Files of earlier runs that this run doesn't write
    are removed, those only that begin with our marker. A context manager; leaving it unfinished
    removes the part. Every method raises Fault where the folder can't be written.

    A file isn't synced by itself (ten thousand syncs take longer than all the rest); one that a
    power cut emptied differs from what the next run writes, and is written then.

    Attributes:
        path: Where the folder is to stand.
    """

    def __init__(self, path: Path, marker: bytes) -> None:
        self.path = path
        self._marker = marker
        self._part = path.with_name(f"{path.name}.part")
        self._written: set[str] = set()
        self._changed: list[str] = []

    def __enter__(self) -> Self:
        with explained(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            _remove_folder(self._part)
        return self

    def write(self, name: str, content: bytes) -> None:
        """Write one file; the name may hold folders, separated by `/`."""
        self._written.add(name)
        with explained(self.path / name):
            try:
                if (self.path / name).read_bytes() == content:
                    return
            except (FileNotFoundError, NotADirectoryError):
                pass
            part = self._part / name
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            self._changed.append(name)

    def seal(self) -> None:
        """End the writing; there is nothing left to be done."""

    def put(self) -> None:
        """Let the files take their places, and remove ours that no longer apply."""
        for name in self._changed:
            place = self.path / name
            with explained(place):
                place.parent.mkdir(parents=True, exist_ok=True)
                (self._part / name).replace(place)
        with explained(self.path):
            self._remove_stale()
            _remove_folder(self._part)

    def finish(self) -> None:
        """Seal the folder and let its files take their places."""
        self.seal()
        self.put()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            _remove_folder(self._part)

    def _remove_stale(self) -> None:
        # A system that ignores case may show a file by the name that an earlier run gave it.
        folded = {name.casefold(): name for name in self._written}
        for folder, _, names in os.walk(self.path, topdown=False):
            here = Path(folder)
            stale = [name for name in names if self._is_stale(here / name, folded)]
            for name in stale:
                (here / name).unlink()
            if stale and here != self.path:
                with suppress(OSError):  # something else is in it
                    here.rmdir()

    def _is_stale(self, path: Path, folded: dict[str, str]) -> bool:
        name = path.relative_to(self.path).as_posix()
        if name in self._written or path.is_symlink() or not path.is_file():
            return False
        twin = folded.get(name.casefold())
        return self._is_ours(path) and not (twin and path.samefile(self.path / twin))

    def _is_ours(self, path: Path) -> bool:
        with path.open("rb") as file:
            return file.read(len(self._marker)) == self._marker


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a fault that says what to do.

    Raises:
        Fault: The body raised OSError.
    """
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Fault(f"{path}: cannot be written ({reason}); {_remedy(error.errno)}") from None


def _remedy(number: int | None) -> str:
    if number in _FULL:
        return "make room and run the same command again. What was there before is untouched."
    if number in _FORBIDDEN:
        return "see who may write there and whether another program holds it open, or choose another folder."
    return "see what stands in its way and run the same command again."


def _remove_folder(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
