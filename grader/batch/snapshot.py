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

from grader.course import Course, Item
from grader.errors import CourseFault, Fault

# What no verdict depends on.
_IDLE = ("alternative", "equivalent.yaml", "__pycache__")


@dataclass(frozen=True)
class Snapshot:
    """Items of a course as bytes.

    Attributes:
        files: For each item its files by their path inside the course.
        fingerprints: For each item the hash of all that its verdicts depend on.
        salt: `solutions/course.yaml`, where there is one.
    """

    files: dict[str, dict[str, bytes]]
    fingerprints: dict[str, str]
    salt: bytes | None

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
        if self.salt is not None:
            (folder / "solutions" / "course.yaml").write_bytes(self.salt)


def take_snapshot(course: Course, items: Sequence[str]) -> Snapshot:
    """Read items of a course, once.

    Raises:
        CourseFault: A file can't be read.
    """
    staff = course.root / "solutions" / "course.yaml"
    salt = staff.read_bytes() if staff.is_file() else None
    files = {item: _read(course.items[item]) for item in items}
    return Snapshot(files, {item: _fingerprint(found, salt) for item, found in files.items()}, salt)


def clear_leftovers(folder: Path) -> None:
    """Remove the folders of batches that were killed before they could."""
    for path in folder.glob(".course-*"):
        shutil.rmtree(path, ignore_errors=True)


def _read(item: Item) -> dict[str, bytes]:
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


def _fingerprint(files: dict[str, bytes], salt: bytes | None) -> str:
    digest = hashlib.sha256(repr(salt).encode())
    for path, data in sorted(files.items()):
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()
