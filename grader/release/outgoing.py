"""One file that goes out, and the reading of it: a regular file of its own, never what a link leads to."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.errors import CourseFault


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file of a release.

    Attributes:
        path: Where it stands in the release.
        content: Its bytes.
        origin: The file it was read from; None for one that was made for the release.
    """

    path: PurePosixPath
    content: bytes
    origin: Path | None = None


def read_own(root: Path, path: PurePosixPath) -> bytes:
    """Read a file below `root` without following a link anywhere on the way from there.

    Raises:
        CourseFault: It is missing, a link, in a linked folder, no regular file, or can't be read.
    """
    where = root
    for part in path.parts:
        where /= part
        if where.is_symlink():
            raise CourseFault(f"{where}: is a link; only a file of its own goes out, so put the file there.")
    try:
        # Not blocking: a pipe in the file's place must not hang the release.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(where, flags | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise CourseFault(f"{where}: is missing.") from None
    except OSError as error:
        raise CourseFault(f"{where}: cannot be read ({(error.strerror or str(error)).lower()}).") from None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise CourseFault(f"{where}: is not a regular file.")
        return file.read()
