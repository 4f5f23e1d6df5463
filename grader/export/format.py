"""What an output is: pure functions from the rows of a gradebook to bytes; others write them down."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from grader.batch.gradebook import Row


def nothing() -> bytes:
    """Give the end of a file that ends with its last row."""
    return b""


@dataclass(frozen=True)
class FileFormat:
    """An output that is one file.

    Attributes:
        name: The file's name.
        row: Gives what one learner adds; called once for each, in order.
        head: What the file starts with.
        tail: Gives what it ends with; called once, after the last row.
    """

    name: str
    row: Callable[[Row], bytes]
    head: bytes = b""
    tail: Callable[[], bytes] = nothing


@dataclass(frozen=True)
class FolderFormat:
    """An output that is a folder with files of each learner.

    Attributes:
        name: The folder's name.
        row: Gives one learner's files: a name (folders separated by `/`) and the content of each.
        marker: What each file starts with; it tells our files of earlier runs from other people's.
    """

    name: str
    row: Callable[[Row], Iterable[tuple[str, bytes]]]
    marker: bytes
