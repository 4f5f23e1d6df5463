"""Put what was handed out back in place without losing the learner's file."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import CourseFault, UsageFault

if TYPE_CHECKING:
    from grader.course import Item, QuizItem


def reset_stub(item: "Item") -> Path | None:
    """Replace an item's file by its pristine stub.

    Returns:
        Where the replaced file is kept; None when there was none, or it was the stub already.

    Raises:
        CourseFault: The pristine stub is missing.
        UsageFault: The folder can't be written.
    """
    try:
        pristine = item.pristine_stub.read_bytes()
    except OSError as error:
        raise CourseFault(f"{item.pristine_stub}: cannot be read ({error.strerror}).") from None
    return _put_back(item.stub, pristine)


def reset_answers(item: "QuizItem") -> Path | None:
    """Replace a quiz's answers file by an empty one.

    Returns:
        Where the replaced file is kept; None when there was none, or it was empty already.

    Raises:
        UsageFault: The folder can't be written.
    """
    from grader.quiz.writing import stub_text

    return _put_back(item.answers, stub_text(item.id).encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        UsageFault: It can't be written.
    """
    scratch = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        scratch.write_bytes(content)
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise UsageFault(f"{path}: cannot be written ({error.strerror}).") from None


def free_name(path: Path) -> Path:
    """Give a name beside a file under which it can be kept."""
    number = 1
    while (kept := path.with_name(f"{path.name}.old{number if number > 1 else ''}")).exists():
        number += 1
    return kept


def _put_back(path: Path, pristine: bytes) -> Path | None:
    kept = None
    try:
        if path.exists():
            if path.is_file() and path.read_bytes() == pristine:
                return None
            kept = free_name(path)
            path.rename(kept)
    except OSError as error:
        raise UsageFault(f"{path}: cannot be put back ({error.strerror}).") from None
    write_whole(path, pristine)
    return kept
