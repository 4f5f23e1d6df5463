"""A class that hands in one exercise: right, half right, untouched, crashing and endless, no two files alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.course import Item

# Of a hundred, how many are right, half right (known wrong solutions), stubs and crashing; the rest is endless.
_RIGHT, _HALF_RIGHT, _STUBS, _CRASHING = 70, 15, 10, 4
# Coprime to 100: walks through a hundred submissions so that the kinds are mixed.
_STRIDE = 37


@dataclass(frozen=True)
class Classroom:
    """What a class handed in, as `<folder>/<learner>/<file>`."""

    item: Item
    folder: Path
    files: tuple[Path, ...]


def write_classroom(item: Item, folder: Path, count: int, *, endless: bool = True) -> Classroom:
    """Write what a class of `count` hands in; without the endless ones, one in a hundred is missing."""
    return _write(item, folder, [text for kind, text in _mixed(item, count) if endless or kind != "endless"])


def write_harmless(item: Item, folder: Path, count: int) -> Classroom:
    """Write a class that hands in the reference solution, each with a comment of its own."""
    return _write(item, folder, [item.reference.read_text(encoding="utf-8")] * count)


def write_earnest(item: Item, folder: Path, count: int) -> Classroom:
    """Write a small class in which every other submission is right and the others half right."""
    kinds = _texts(item)
    both = [kinds[kind][number] for number in range(3) for kind in ("right", "half right")]
    return _write(item, folder, both[:count])


def _write(item: Item, folder: Path, texts: list[str]) -> Classroom:
    files = []
    for number, text in enumerate(texts):
        file = folder / f"learner-{number:05d}" / item.spec.file
        file.parent.mkdir(parents=True)
        # Equal bytes would be graded once.
        file.write_text(f"{text}\n# submission {number}\n", encoding="utf-8")
        files.append(file)
    return Classroom(item, folder, tuple(files))


def _mixed(item: Item, count: int) -> Iterator[tuple[str, str]]:
    kinds = _texts(item)
    for number in range(count):
        kind = _kind(number * _STRIDE % 100)
        yield kind, kinds[kind][number % len(kinds[kind])]


def _kind(place: int) -> str:
    ends = {"right": _RIGHT, "half right": _HALF_RIGHT, "stub": _STUBS, "crashing": _CRASHING}
    for kind, share in ends.items():
        place -= share
        if place < 0:
            return kind
    return "endless"


def _texts(item: Item) -> dict[str, list[str]]:
    reference = item.reference.read_text(encoding="utf-8")
    called = list(
        dict.fromkeys(check.example.call for check in item.spec.checks if check.example is not None)
    )
    return {
        "right": [reference, *(path.read_text(encoding="utf-8") for path in item.alternatives)],
        "half right": [wrong.path.read_text(encoding="utf-8") for wrong in item.wrong],
        "stub": [item.pristine_stub.read_text(encoding="utf-8")],
        "crashing": [f"{reference}\n\nraise RuntimeError('not yet')\n"],
        # One function never ends, the others are right.
        "endless": [
            f"{reference}\n\ndef {name}(*args, **kwargs):\n    while True:\n        pass\n" for name in called
        ],
    }
