"""The course as it stood when a batch began: read once, hashed, and laid out where only checkers look.

An author who saves a file while the batch runs changes nothing.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course, Item, QuizItem
from grader.errors import CourseFault, Fault
from grader.outcome import is_quiz

_SETTINGS = ("exercises/course.yaml", "solutions/course.yaml")
# What no verdict depends on.
_IDLE = ("alternative", "equivalent.yaml", "__pycache__")


@dataclass(frozen=True)
class Snapshot:
    """Items of a course as bytes.

    Attributes:
        root: The course's folder.
        files: For each item its files by their path inside the course.
        fingerprints: For each item the hash of all that its verdicts depend on.
        settings: The course's own files, by their path inside the course.
    """

    root: Path
    files: dict[str, dict[str, bytes]]
    fingerprints: dict[str, str]
    settings: dict[str, bytes]

    @contextmanager
    def laid_out(self, items: Collection[str], within: Path | None = None) -> Iterator[Path]:
        """Write some of the items into a private folder, and remove it in the end.

        Args:
            items: Ids of the items.
            within: Where to make the folder; by default where the system keeps temporary files.

        Raises:
            Fault: It can't be written.
        """
        with ExitStack() as stack:
            try:
                folder = Path(tempfile.mkdtemp(prefix=".course-", dir=within))
                stack.callback(shutil.rmtree, folder, ignore_errors=True)
                self._write(folder, items)
            except OSError as error:
                raise Fault(
                    f"{error.filename or within}: the copy of the course can't be written ({error.strerror}); "
                    "make room and start again."
                ) from None
            yield folder

    def _write(self, folder: Path, items: Collection[str]) -> None:
        (folder / "exercises").mkdir()
        (folder / "solutions").mkdir()
        for item in items:
            for path, data in self.files[item].items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(data)
        for path, data in self.settings.items():
            (folder / path).write_bytes(data)


def take_snapshot(course: Course, items: Sequence[str]) -> Snapshot:
    """Read items of a course, once.

    Raises:
        CourseFault: A file can't be read.
    """
    settings = {path: data for path in _SETTINGS if (data := _read_settings(course.root / path)) is not None}
    files = {item: _read(course.root, course.items.get(item) or course.quizzes[item]) for item in items}
    prints = {item: _fingerprint({**found, **_salts(item, settings)}) for item, found in files.items()}
    return Snapshot(course.root, files, prints, settings)


def _salts(item: str, settings: dict[str, bytes]) -> dict[str, bytes]:
    """Give the file with the salt that an item's draws follow from: the public one for quizzes."""
    path = _SETTINGS[0] if is_quiz(item) else _SETTINGS[1]
    return {path: settings[path]} if path in settings else {}


def _read_settings(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise CourseFault(f"{path}: cannot be read ({error.strerror}).") from None


def clear_leftovers(folder: Path) -> None:
    """Remove the folders of batches that were killed before they could."""
    for path in folder.glob(".course-*"):
        shutil.rmtree(path, ignore_errors=True)


def _read(root: Path, item: Item | QuizItem) -> dict[str, bytes]:
    paths = [item.yaml]
    if isinstance(item, Item):
        paths.append(item.pristine_stub)
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


def _fingerprint(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for path, data in sorted(files.items()):
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()
