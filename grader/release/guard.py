"""The last door: what is the same as a file of the solutions doesn't go out, under whatever name."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.errors import CourseFault
from grader.release.outgoing import Outgoing


def refuse_solutions(solutions: Path, files: Sequence[Outgoing]) -> None:
    """Compare what goes out with every file of the solutions, byte for byte; blank files say nothing.

    Raises:
        CourseFault: Two are the same, or the solutions can't be read.
    """
    going = {file.content: file for file in files if file.content.strip()}
    sizes = {len(content) for content in going}
    for path in _staff_files(solutions):
        try:
            content = path.read_bytes() if path.stat().st_size in sizes else b""
        except OSError as error:
            raise _unread(error) from None
        if content in going:
            file = going[content]
            raise CourseFault(f"{file.origin or file.path}: is the same as {path}, which stays with staff.")


def _staff_files(solutions: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise _unread(error)

    for folder, _, names in os.walk(solutions, onerror=fail) if solutions.exists() else ():
        yield from (path for name in sorted(names) if (path := Path(folder, name)).is_file())


def _unread(error: OSError) -> CourseFault:
    return CourseFault(
        f"{error.filename}: cannot be read ({(error.strerror or str(error)).lower()}), so nobody knows whether it would go out."
    )
