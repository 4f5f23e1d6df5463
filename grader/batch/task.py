"""What goes to a checker and what comes back, as frames of plain data between trusted processes."""

import hashlib
import json
import platform
import struct
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from grader.version import __version__

_HEAD = struct.Struct("<II")
# The parts of the grader that verdicts follow from; a change elsewhere leaves grades as they are.
_JUDGES = (
    "checking",
    "quiz",
    "sandbox",
    "testing",
    "grading.py",
    "outcome.py",
    "source.py",
    "spec.py",
    "yamlfile.py",
)


@dataclass(frozen=True, slots=True)
class Versions:
    """What a result was made with, beside the submission and the checks."""

    grader: str
    grader_sha256: str
    python: str
    numpy: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What a quiz's marks follow from beside the answers and the key.

    Attributes:
        names: What those who handed it in are called, the first as the gradebook does: the numbers
            must have been drawn for one of them.
        earlier: Hashes of the answers that the same learner handed in before, the oldest first.
    """

    names: tuple[str, ...]
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One submission to grade.

    Attributes:
        key: Names the result: a hash of all that it follows from.
        item: The item's id.
        data: The submitted bytes.
        names: For a quiz, what those who handed it in are called.
        earlier: For a quiz, the bytes of earlier attempts, the oldest first.
    """

    key: str
    item: str
    data: bytes
    names: tuple[str, ...] = ()
    earlier: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Graded:
    """What became of a task.

    Attributes:
        report: The report as JSON, with details.
        points: Points earned.
        review: Whether staff must look: an outcome is INTERNAL.
        layers: What stood between the submission and the machine.
        cpu_s: Processor seconds that the submission used.
        peak_mb: The most memory that one of its workers held, MiB.
        seconds: Wall-clock time, s.
    """

    key: str
    item: str
    report: str
    points: float
    review: bool
    layers: tuple[str, ...]
    cpu_s: float
    peak_mb: float
    seconds: float


@cache
def versions() -> Versions:
    """Tell what results are made with here."""
    from importlib.metadata import version

    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for name in _JUDGES:
        files = sorted((package / name).rglob("*.py")) if (package / name).is_dir() else [package / name]
        for path in files:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return Versions(__version__, digest.hexdigest(), platform.python_version(), version("numpy"))


def key_of(
    *, item: str, submission: str, checks: str, seed: int, weak: bool, variant: Variant | None = None
) -> str:
    """Name a result by what it follows from.

    Args:
        item: The item's id.
        submission: Hash of the submitted bytes.
        checks: The item's fingerprint, salts included.
        seed: What random inputs follow from.
        weak: Whether the weaker isolation was asked for.
        variant: Whose numbers are marked, in a quiz.
    """
    parts = {"item": item, "submission": submission, "checks": checks, "seed": seed, "weak": weak}
    whole = {**parts, **asdict(versions()), **(asdict(variant) if variant else {})}
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def task_frame(task: Task) -> tuple[dict[str, object], bytes]:
    """Give a task as the parts of a frame."""
    sizes = [len(each) for each in (task.data, *task.earlier)]
    about: dict[str, object] = {"key": task.key, "item": task.item, "names": task.names, "sizes": sizes}
    return about, b"".join((task.data, *task.earlier))


def read_task(about: dict[str, Any], data: bytes) -> Task:
    """Rebuild a task from the parts of a frame."""
    pieces, at = [], 0
    for size in about["sizes"]:
        pieces.append(data[at : at + size])
        at += size
    return Task(about["key"], about["item"], pieces[0], tuple(about["names"]), tuple(pieces[1:]))


def write_frame(stream: IO[bytes], about: object, data: bytes = b"") -> None:
    """Write one frame: JSON, and bytes after it."""
    text = json.dumps(about, ensure_ascii=False).encode()
    stream.write(_HEAD.pack(len(text), len(data)) + text + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read one frame; None when the other side has hung up, even in the middle."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    text_size, data_size = _HEAD.unpack(head)
    text, data = stream.read(text_size), stream.read(data_size)
    if len(text) < text_size or len(data) < data_size:
        return None
    return json.loads(text), data
