"""An entry of SUBMISSIONS: a regular file's path and size. Nothing is opened here and nothing is ever unpacked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from grader.batch.handin import Odd
from grader.errors import UsageFault
from grader.printable import one_line

MAX_ENTRIES = 200_000
MAX_DEPTH = 32

# What systems and tools leave behind, and what learners were handed out: not worth a word.
_JUNK_FOLDERS = frozenset(
    {"__macosx", "__pycache__", ".git", ".grade", ".ipynb_checkpoints", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
)  # fmt: skip
_JUNK_FILES = frozenset(
    {".ds_store", ".gitignore", "course.yaml", "desktop.ini", "exercise.yaml", "quiz.yaml", "thumbs.db"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A regular file of SUBMISSIONS.

    Attributes:
        parts: Its path from the top of SUBMISSIONS; no part is empty, `.` or `..`.
        size: In bytes, as the archive or the file system claims.
        place: Where its store finds it again.
    """

    parts: tuple[str, ...]
    size: int
    place: int = 0

    @property
    def origin(self) -> str:
        """The path, fit to be shown."""
        return shown(self.parts)


class UnreadableEntry(Exception):
    """An entry's bytes can't be had; the message says why, as the end of a sentence."""


class Entries(Protocol):
    """A folder or an archive: its regular files, and what is odd about the others."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def files(self) -> tuple[Entry, ...]:
        """The regular files but for junk, sorted by path."""

    @property
    def odd(self) -> tuple[Odd, ...]:
        """Entries that are no files to be read: links, devices, paths that lead outside."""

    def read(self, entry: Entry, cap: int) -> bytes:
        """Read the first `cap` bytes of an entry.

        Raises:
            UnreadableEntry: It can't be read, or isn't a regular file any more.
        """

    def close(self) -> None:
        """Let go of what is open."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def shown(parts: tuple[str, ...]) -> str:
    """Write a path so that it stays on one line, whatever strangers called their files."""
    return one_line("/".join(parts))


def is_junk(parts: tuple[str, ...]) -> bool:
    """Whether a path is what systems and tools leave behind, or what was handed out with an exercise."""
    name = parts[-1].casefold()
    if name in _JUNK_FILES or name.startswith("._"):
        return True
    return any(part.casefold() in _JUNK_FOLDERS for part in parts)


def link(parts: tuple[str, ...]) -> Odd:
    """Say that an entry is a link."""
    return Odd(shown(parts), "It is a link; links aren't followed. Put the file itself there.", "link")


def device(parts: tuple[str, ...]) -> Odd:
    """Say that an entry is something else than a file, folder or link."""
    return Odd(shown(parts), "It is a pipe, socket or device, not a file; it wasn't opened.", "device")


def too_deep(parts: tuple[str, ...]) -> Odd:
    """Say that an entry lies too deep."""
    return Odd(
        shown(parts), f"It lies more than {MAX_DEPTH} folders deep; nothing is read there.", "too-deep"
    )


def too_many(path: Path, seen: Iterable[tuple[str, ...]] = ()) -> UsageFault:
    """Say that there are more entries than are read, and which folder holds the most."""
    tops = Counter(parts[0] for parts in seen)
    most = f" {one_line(repr(tops.most_common(1)[0][0]), 80)} has the most of them." if tops else ""
    return UsageFault(
        f"{path}: holds more than {MAX_ENTRIES} entries; at most that many are read at once.{most}"
        " Take out what doesn't belong there, or grade it in parts."
    )
