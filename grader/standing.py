"""Where a learner stands: every item with the points earned so far.

Listing forty items must be quick, so it reads titles and points from the YAML without pydantic.
"""

import hashlib
from dataclasses import dataclass

from grader.course import Course, Item, QuizItem
from grader.errors import CourseFault
from grader.progress import ProgressFile
from grader.yamlfile import read_yaml


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the list of items.

    Attributes:
        points: Points earned; None while the item was never graded.
        stale: Whether the file has changed since.
        fault: Why the item can't be listed properly; empty when it can.
    """

    item: str
    title: str
    max_points: int
    points: float | None = None
    stale: bool = False
    fault: str = ""


def standings(course: Course) -> tuple[list[Standing], str]:
    """Give a line for each item, and a note on the progress file where there is one."""
    progress = ProgressFile(course.root)
    items: list[Item | QuizItem] = [*course.items.values(), *course.quizzes.values()]
    return [_standing(item, progress) for item in items], progress.note


def _standing(item: Item | QuizItem, progress: ProgressFile) -> Standing:
    try:
        title, file, max_points = _outline_of_quiz(item) if isinstance(item, QuizItem) else _outline(item)
    except CourseFault as fault:
        return Standing(item.id, "", 0, fault=str(fault).splitlines()[0])
    earned = progress.of(item.id).earned
    if earned is None:
        return Standing(item.id, title, max_points)
    try:
        now = hashlib.sha256((item.folder / file).read_bytes()).hexdigest()
    except OSError:
        now = ""
    return Standing(item.id, title, max_points, min(earned.points, max_points), now != earned.sha256)


def _outline(item: Item) -> tuple[str, str, int]:
    data = read_yaml(item.yaml)
    try:
        return str(data["title"]), str(data["file"]), sum(int(check["points"]) for check in data["checks"])
    except (KeyError, TypeError, ValueError):
        spec = item.spec  # raises with the exact fault
        return spec.title, spec.file, spec.max_points


def _outline_of_quiz(item: QuizItem) -> tuple[str, str, int]:
    data = read_yaml(item.yaml)
    try:
        points = sum(int(question.get("points", 1)) for question in data["questions"])
        return str(data["title"]), item.answers.name, points
    except (AttributeError, KeyError, TypeError, ValueError):
        quiz = item.spec  # raises with the exact fault
        return quiz.title, item.answers.name, quiz.max_points
