"""The course on disk: which items there are, and where their public and their staff's files lie."""

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import CourseFault, UsageFault, did_you_mean

if TYPE_CHECKING:
    from grader.quiz.key import QuizKey
    from grader.quiz.quiz import Quiz
    from grader.spec import About, Exercise, Misconception

_NUMBERED = re.compile(r"(exercise-|quiz[- ]?|q[- ]?)?0*([0-9]{1,4})")


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
class QuizItem:
    """One quiz: its folder under `exercises/` and the one under `solutions/` that mirrors it."""

    id: str
    folder: Path
    solutions: Path | None

    @property
    def yaml(self) -> Path:
        """The file that declares the quiz."""
        return self.folder / "quiz.yaml"

    @property
    def answers(self) -> Path:
        """The file that the learner works on."""
        return self.folder / "answers.yaml"

    @property
    def key_yaml(self) -> Path | None:
        """The file with the keys; None where this copy of the course has no solutions."""
        return None if self.solutions is None else self.solutions / "key.yaml"

    @cached_property
    def spec(self) -> "Quiz":
        """What the YAML declares, validated, its expressions read.

        Raises:
            CourseFault: The YAML is faulty.
        """
        from grader.quiz.reading import read_quiz  # as with exercises, defining the models takes 100 ms

        return read_quiz(self.yaml)

    @cached_property
    def key(self) -> "QuizKey | None":
        """The keys; None where this copy of the course has no solutions.

        Raises:
            CourseFault: They are missing, faulty, or don't go with the quiz.
        """
        if self.key_yaml is None:
            return None
        from grader.quiz.reading import read_key

        return read_key(self.key_yaml, self.spec)


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
    def quizzes(self) -> dict[str, QuizItem]:
        """The quizzes by id, in order: each folder under `exercises/` that holds a `quiz.yaml`."""
        staff = self.root / "solutions"
        found: dict[str, QuizItem] = {}
        for path in sorted((self.root / "exercises").glob("*/quiz.yaml")):
            quiz_id = path.parent.name
            found[quiz_id] = QuizItem(quiz_id, path.parent, staff / quiz_id if staff.is_dir() else None)
        return found

    @cached_property
    def about(self) -> "About":
        """What `exercises/course.yaml` says: the title, the public salt, the concepts; empty where there is none.

        Raises:
            CourseFault: It is faulty.
        """
        from grader.spec import About, read_about

        path = self.root / "exercises" / "course.yaml"
        return read_about(path) if path.is_file() else About()

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

    def item(self, given: str) -> Item | QuizItem:
        """Find an item by its id or number: `exercise-07`, `exercise-7`, `7`; `quiz-03`, `quiz 3`, `q3`.

        Raises:
            UsageFault: There is no such item; the message names the nearest one.
        """
        item_id = _full_id(given)
        found: Item | QuizItem | None = self.items.get(item_id) or self.quizzes.get(item_id)
        if found is not None:
            return found
        near = did_you_mean(item_id, (*self.items, *self.quizzes))
        raise UsageFault(f"{given}: there is no such item.{near} `grade` lists them all.")

    def exercise(self, given: str) -> Item:
        """Find an exercise as `item` does.

        Raises:
            UsageFault: There is no such item, or it is a quiz.
        """
        found = self.item(given)
        if isinstance(found, QuizItem):
            raise UsageFault(f"{found.id}: is a quiz; an exercise is asked for here.")
        return found


def _full_id(given: str) -> str:
    """Give the id that is meant by a short form of it, or what was given."""
    plain = given.strip().rstrip("/")
    number = _NUMBERED.fullmatch(plain.lower())
    if number is None:
        return plain
    return f"{'quiz' if (number[1] or '').startswith('q') else 'exercise'}-{int(number[2]):02d}"


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
