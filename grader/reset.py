"""Put an exercise's stub back in place without losing the learner's file."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import CourseFault, UsageFault

if TYPE_CHECKING:
    from grader.course import Item


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
    stub = item.stub
    try:
        kept = None
        if stub.exists():
            if stub.is_file() and stub.read_bytes() == pristine:
                return None
            kept = _free_name(stub)
            stub.rename(kept)
        scratch = stub.with_name(f"{stub.name}.{os.getpid()}.part")
        scratch.write_bytes(pristine)
        scratch.replace(stub)
    except OSError as error:
        raise UsageFault(f"{stub}: cannot be put back ({error.strerror}).") from None
    return kept


def _free_name(path: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.name}.old{number if number > 1 else ''}")).exists():
        number += 1
    return kept
