"""The course on disk: which items there are, and where their public and their staff's files lie."""

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import CourseFault, UsageFault, did_you_mean

if TYPE_CHECKING:
    from grader.spec import Exercise, Misconception


@dataclass(frozen=True)
class KnownWrong:
    """A wrong solution that staff know, with the message for a learner who made that mistake."""

    name: str
    path: Path
    about: "Misconception"


@dataclass(frozen=True)
class Item:
    """One exercise: its folder under `exercises/` and the one under `solutions/` that mirrors it."""

    id: str
    folder: Path
    solutions: Path | None

    @property
    def yaml(self) -> Path:
        """The file that declares the exercise."""
        return self.folder / "exercise.yaml"

    @cached_property
    def spec(self) -> "Exercise":
        """What the YAML declares, validated.

        Raises:
            CourseFault: The YAML is faulty.
        """
        from grader.spec import read_exercise  # defining pydantic models takes 70 ms

        return read_exercise(self.yaml)

    @property
    def stub(self) -> Path:
        """The file that the learner works on."""
        return self.folder / self.spec.file

    @property
    def pristine_stub(self) -> Path:
        """The stub as it was handed out."""
        return self.folder / "stub" / self.spec.file

    def _staff_file(self, name: str) -> Path:
        if self.solutions is None:
            raise UsageFault(f"{self.id}: this copy of the course has no solutions folder.")
        path = self.solutions / name
        if not path.is_file():
            raise CourseFault(f"{path}: is missing.")
        return path

    @property
    def reference(self) -> Path:
        """The reference solution."""
        return self._staff_file(self.spec.file)

    @property
    def hidden_checks(self) -> Path:
        """The pytest module with the hidden checks."""
        return self._staff_file(f"test_{self.spec.file}")

    @property
    def alternatives(self) -> list[Path]:
        """Right solutions, written differently."""
        return [] if self.solutions is None else sorted((self.solutions / "alternative").glob("*.py"))

    @cached_property
    def wrong(self) -> list[KnownWrong]:
        """Known wrong solutions.

        Raises:
            CourseFault: One of them doesn't say in its docstring what it fails and what to tell.
        """
        if self.solutions is None:
            return []
        return [_known_wrong(path) for path in sorted((self.solutions / "wrong").glob("*.py"))]


@dataclass(frozen=True)
class Course:
    """A folder with `exercises/` and, for staff, `solutions/`."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> "Course":
        """Find the course that `start` lies in: the nearest folder upwards with an `exercises` folder.

        Raises:
            UsageFault: There is none.
        """
        for folder in (start, *start.parents):
            if (folder / "exercises").is_dir():
                return cls(folder)
        raise UsageFault(
            f"{start}: no course here (a folder with 'exercises' in it); go to the course's folder or give --course."
        )

    @classmethod
    def near(cls, folder: Path) -> "Course":
        """Find the course as `find` does, with a root relative to `folder`, so that messages stay short.

        Raises:
            UsageFault: There is none.
        """
        return cls(Path(os.path.relpath(cls.find(folder).root, folder)))

    @classmethod
    def at(cls, root: Path) -> "Course":
        """Take the course whose folder is `root`.

        Raises:
            UsageFault: That folder holds no course.
        """
        if not (root / "exercises").is_dir():
            raise UsageFault(f"{root}: no course here (a folder with 'exercises' in it).")
        return cls(root)

    @cached_property
    def items(self) -> dict[str, Item]:
        """The items by id, in order: each folder under `exercises/` that holds an `exercise.yaml`."""
        staff = self.root / "solutions"
        found: dict[str, Item] = {}
        for path in sorted((self.root / "exercises").glob("*/exercise.yaml")):
            item_id = path.parent.name
            found[item_id] = Item(item_id, path.parent, staff / item_id if staff.is_dir() else None)
        return found

    @cached_property
    def salt(self) -> str:
        """Staff's salt for the draws of hidden checks; empty where there is none.

        Raises:
            CourseFault: `solutions/course.yaml` is faulty.
        """
        path = self.root / "solutions" / "course.yaml"
        if not path.is_file():
            return ""
        from grader.yamlfile import read_yaml

        data = read_yaml(path)
        if not isinstance(data, dict) or set(data) - {"salt"} or not isinstance(data.get("salt", ""), str):
            raise CourseFault(f"{path}: may hold one key, 'salt', with a text; found {data!r}.")
        return str(data.get("salt", ""))

    def item(self, given: str) -> Item:
        """Find an item by its id or by the number of an exercise (`7`, `07`, `exercise-7`).

        Raises:
            UsageFault: There is no such item; the message names the nearest one.
        """
        number = re.fullmatch(r"(?:exercise-)?0*([0-9]{1,4})", given.strip().lower().rstrip("/"))
        item_id = f"exercise-{int(number[1]):02d}" if number else given.strip().rstrip("/")
        if item_id in self.items:
            return self.items[item_id]
        near = did_you_mean(item_id, self.items)
        raise UsageFault(f"{given}: there is no such item.{near} `grade` lists them all.")


def leads_to(course: Course, item: Item) -> list[str]:
    """Name the items that need this one.

    Raises:
        CourseFault: An item's YAML is faulty.
    """
    return [other.id for other in course.items.values() if item.id in other.spec.needs]


def _known_wrong(path: Path) -> KnownWrong:
    import ast

    from grader.spec import parse_misconception

    try:
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")), clean=False)
    except (SyntaxError, UnicodeDecodeError) as error:
        raise CourseFault(f"{path}: is not Python: {error}.") from None
    if docstring is None:
        raise CourseFault(f"{path}: needs a docstring with 'message' and 'fails'.")
    return KnownWrong(path.stem, path, parse_misconception(docstring, str(path)))
