"""Write a release as a folder or a zip: whole or not at all, and with nothing of this machine in its metadata."""

import os
import tempfile
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from grader.errors import UsageFault
from grader.release.outgoing import Outgoing

# 1 January 1980, the first day that a zip can name: every file of every release has this date.
_DAY = (1980, 1, 1, 0, 0, 0)
_DAY_S = 315532800
_FILE_MODE, _FOLDER_MODE = 0o644, 0o755


def check_destination(dest: Path, course_root: Path) -> None:
    """Refuse a destination that is taken, lies in the course, or has no folder to stand in.

    Raises:
        UsageFault: It can't be written there.
    """
    whole = Path(os.path.realpath(dest))
    course = Path(os.path.realpath(course_root))
    if course == whole or course in whole.parents:
        raise UsageFault(f"{dest}: lies in the course; choose a place outside of {course}.")
    if dest.is_symlink():
        raise UsageFault(f"{dest}: is a link; give the place itself.")
    if dest.is_dir() and not is_zip(dest):
        try:
            taken = any(dest.iterdir())
        except OSError as error:
            raise _refused(dest, error) from None
        if taken:
            raise UsageFault(f"{dest}: isn't empty; choose another place, or remove it first.")
    elif dest.exists():
        raise UsageFault(f"{dest}: is there already; choose another place, or remove it first.")
    if not whole.parent.is_dir():
        raise UsageFault(f"{dest}: there is no folder {whole.parent}; make it first.")


def is_zip(dest: Path) -> bool:
    """Tell whether a destination's name asks for a zip."""
    return dest.suffix.lower() == ".zip"


def write_release(files: Sequence[Outgoing], dest: Path) -> None:
    """Write a folder, or a zip where the name ends in `.zip`.

    Raises:
        UsageFault: The system refuses; nothing was written.
    """
    dest = Path(os.path.abspath(dest))  # noqa: PTH100 -- '.' and '..' must have a name, links stay
    try:
        # Beside the destination, so that one rename puts it there.
        with tempfile.TemporaryDirectory(prefix=".release-", dir=dest.parent) as scratch:
            made = Path(scratch) / "release"
            if is_zip(dest):
                made.write_bytes(zip_bytes(files, dest.stem.strip(". ") or "course"))
                made.chmod(_FILE_MODE)
            else:
                _write_folder(files, made)
                if dest.is_dir():
                    dest.rmdir()
            made.rename(dest)
    except OSError as error:
        raise _refused(dest, error) from None


def zip_bytes(files: Sequence[Outgoing], top: str) -> bytes:
    """Pack a release into a zip with one folder `top`; the same files give the same bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in files:
            entry = zipfile.ZipInfo(f"{top}/{file.path}", _DAY)
            entry.create_system = 3  # Unix, also where it is made on Windows
            entry.external_attr = (0o100000 | _FILE_MODE) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.content)
    return packed.getvalue()


def _write_folder(files: Sequence[Outgoing], folder: Path) -> None:
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    for path in (folder, *folder.rglob("*")):
        path.chmod(_FOLDER_MODE if path.is_dir() else _FILE_MODE)
        os.utime(path, (_DAY_S, _DAY_S))


def _refused(dest: Path, error: OSError) -> UsageFault:
    return UsageFault(
        f"{dest}: cannot be written ({(error.strerror or str(error)).lower()}); nothing was written."
    )
