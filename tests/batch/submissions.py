"""Submissions for tests: folders and archives made on the spot, also such as no honest tool writes."""

import io
import stat
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.batch.handin import HandIn
from grader.batch.intake import Intake, Roster, open_hand_ins, read_roster

ITEMS = {"softmax.py": "exercise-07", "layer_norm.py": "exercise-08", "adam.py": "exercise-12"}
QUIZZES = ("quiz-01", "quiz-02")


def folder(root: Path, files: Mapping[str, str | bytes] | Iterable[str]) -> Path:
    """Write files into a folder; a file without a content of its own holds its path."""
    given = files if isinstance(files, Mapping) else {name: name for name in files}
    for name, content in given.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    root.mkdir(exist_ok=True)
    return root


def archive(path: Path, files: Mapping[str, str | bytes] | Iterable[str]) -> Path:
    """Write files into a zip archive, names as they are given."""
    given = files if isinstance(files, Mapping) else {name: name for name in files}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in given.items():
            made.writestr(member(name), content)
    return path


def member(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    """Describe a member; `ZipInfo` itself would cut its name at a NUL."""
    info = zipfile.ZipInfo("x")
    info.filename = info.orig_filename = name
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def patched(path: Path, old: bytes, new: bytes) -> Path:
    """Change bytes of a file in place, wherever they stand."""
    raw = path.read_bytes()
    assert old in raw
    path.write_bytes(raw.replace(old, new))
    return path


def in_memory(files: Mapping[str, str | bytes]) -> bytes:
    """Make an archive's bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return held.getvalue()


def roster(tmp_path: Path, *lines: str) -> Roster:
    """Read a roster with these lines."""
    path = tmp_path / "roster.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_roster(path)


def take_in(path: Path, given: Roster | None = None) -> Intake:
    """Open what was handed in for the items above; folders need no closing."""
    return open_hand_ins(path, ITEMS, QUIZZES, given)


def read_all(path: Path, given: Roster | None = None) -> tuple[list[HandIn], Intake]:
    """Open and read everything, and close it."""
    with take_in(path, given) as intake:
        return list(intake.read()), intake


def whose(hand_ins: Iterable[HandIn]) -> list[tuple[str, str, str]]:
    """Tell learner, item and origin of each hand-in; a group's learners joined by `+`."""
    return [("+".join(one.learners), one.item, one.origin) for one in hand_ins]


def kinds(intake: Intake) -> list[tuple[str, str]]:
    """Tell kind and origin of what was odd."""
    return [(odd.kind, odd.origin) for odd in intake.odd]
