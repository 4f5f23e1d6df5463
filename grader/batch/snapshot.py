"""The course as it stood when a batch began: read once, hashed, and laid out where only the batch looks.

An author who saves a file while the batch runs changes nothing: checkers read the snapshot.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course, Item
from grader.errors import CourseFault, Fault

# What no verdict depends on.
_IDLE = ("alternative", "__pycache__")


@dataclass(frozen=True)
class Snapshot:
    """A copy of the items that a batch grades.

    Attributes:
        course: The copy.
        fingerprints: For each item the hash of all that its verdicts depend on.
    """

    course: Course
    fingerprints: dict[str, str]


@contextmanager
def snapshot(course: Course, items: Iterable[str], within: Path | None = None) -> Iterator[Snapshot]:
    """Copy the items of a course into a private folder for as long as the batch runs.

    Args:
        course: The course; it must hold `solutions/`.
        items: Ids of the items that are wanted.
        within: Where to make the folder; by default where the system keeps temporary files.

    Raises:
        CourseFault: A file of the course can't be read.
        Fault: The copy can't be written.
    """
    files = {item: read_item(course.items[item]) for item in items}
    staff = course.root / "solutions" / "course.yaml"
    salt = staff.read_bytes() if staff.is_file() else None
    try:
        folder = Path(tempfile.mkdtemp(prefix=".course-", dir=within))
    except OSError as error:
        raise Fault(f"{within}: cannot be written ({error.strerror}).") from None
    try:
        _write(folder, files, salt)
        yield Snapshot(Course(folder), {item: fingerprint(found) for item, found in files.items()})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def read_item(item: Item) -> dict[str, bytes]:
    """Read every file that an item's verdicts depend on, by its path inside the course."""
    root = item.folder.parents[1]
    paths = [item.yaml, item.pristine_stub]
    if item.solutions is not None:
        paths += sorted(path for path in item.solutions.rglob("*") if path.is_file())
    try:
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in paths
            if path.is_file() and not any(part in _IDLE for part in path.relative_to(root).parts)
        }
    except OSError as error:
        raise CourseFault(f"{error.filename}: cannot be read ({error.strerror}).") from None


def fingerprint(files: dict[str, bytes]) -> str:
    """Hash files with their paths, whatever their order."""
    digest = hashlib.sha256()
    for path, data in sorted(files.items()):
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _write(folder: Path, files: dict[str, dict[str, bytes]], salt: bytes | None) -> None:
    try:
        (folder / "exercises").mkdir()
        (folder / "solutions").mkdir()
        for found in files.values():
            for path, data in found.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(data)
        if salt is not None:
            (folder / "solutions" / "course.yaml").write_bytes(salt)
    except OSError as error:
        raise Fault(
            f"{folder}: the copy of the course can't be written ({error.strerror}); make room and start again."
        ) from None
