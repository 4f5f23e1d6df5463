"""What a learner has earned and which hints they have opened, kept in `.grade/progress.json`."""

import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Earned:
    """The last full grading of an item's file in place.

    Attributes:
        points: Points earned.
        max_points: Points that could be earned where it was graded.
        sha256: Hash of the file that earned them; another hash makes them stale.
    """

    points: float
    max_points: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """One item's progress.

    Attributes:
        earned: None while the item was never graded.
        hints: For each hint, how many of its steps are open.
    """

    earned: Earned | None = None
    hints: dict[str, int] = field(default_factory=dict)


class ProgressFile:
    """`.grade/progress.json` of a course. A file that can't be read counts as empty and is kept aside.

    Attributes:
        note: What a person should know about the file, in one sentence; empty when all is well.
    """

    def __init__(self, course_root: Path) -> None:
        self.path = course_root / ".grade" / "progress.json"
        self.note = ""
        self._items = self._read()

    def of(self, item: str) -> ItemProgress:
        """Give an item's progress."""
        return self._items.get(item, ItemProgress())

    def record(self, item: str, earned: Earned) -> None:
        """Keep what an item's file has earned."""
        self._write(item, replace(self.of(item), earned=earned))

    def open_hint(self, item: str, hint: str, steps: int) -> None:
        """Keep how many steps of a hint are open."""
        progress = self.of(item)
        self._write(item, replace(progress, hints={**progress.hints, hint: steps}))

    def _read(self) -> dict[str, ItemProgress]:
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.note = f"{self.path}: cannot be read ({error.strerror}); points earned so far are not shown."
            return {}
        try:
            return {item: _item(data) for item, data in json.loads(raw).items()}
        except (ValueError, TypeError, AttributeError, KeyError):
            aside = self.path.with_suffix(".json.unreadable")
            self.note = f"{self.path}: is damaged; it is kept as {aside.name}, and points are counted afresh."
            try:
                self.path.replace(aside)
            except OSError:
                self.note = f"{self.path}: is damaged; points are counted afresh."
            return {}

    def _write(self, item: str, progress: ItemProgress) -> None:
        self._items[item] = progress
        text = json.dumps({name: asdict(entry) for name, entry in sorted(self._items.items())}, indent=1)
        scratch = self.path.with_name(f"progress.json.{os.getpid()}.part")
        try:
            self.path.parent.mkdir(exist_ok=True)
            scratch.write_text(text + "\n", encoding="utf-8")
            scratch.replace(self.path)
        except OSError as error:
            self.note = f"{self.path}: cannot be written ({error.strerror}); points earned are not kept."


def _item(data: dict[str, Any]) -> ItemProgress:
    earned = data["earned"]
    hints = {str(name): int(steps) for name, steps in data["hints"].items()}
    if earned is None:
        return ItemProgress(None, hints)
    return ItemProgress(
        Earned(float(earned["points"]), int(earned["max_points"]), str(earned["sha256"])), hints
    )
