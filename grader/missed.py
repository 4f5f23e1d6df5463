"""Which concepts a learner should look at again: those missed in a quiz, and where else they were missed."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course, QuizItem
from grader.errors import CourseFault
from grader.progress import ProgressFile
from grader.quiz.marked import Marked
from grader.quiz.marking.judged import Status
from grader.yamlfile import read_yaml

_MISSED = frozenset((Status.PARTLY, Status.WRONG))


@dataclass(frozen=True, slots=True)
class Missed:
    """A concept that was missed.

    Attributes:
        name: What people call it.
        questions: How many questions of the quiz missed it.
        elsewhere: Exercises that are about it too, and haven't earned all their points.
        ahead: Exercises that are about it too, and weren't tried yet.
    """

    name: str
    questions: int
    elsewhere: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()


def missed(course: Course, item: QuizItem, marked: Iterable[Marked]) -> list[Missed]:
    """Gather the concepts of the questions that were answered wrongly, the most frequent first."""
    wrong = {each.question for each in marked if each.status in _MISSED}
    counts: dict[str, int] = {}
    for question in item.spec.questions:
        if question.id in wrong:
            for tag in question.concepts:
                counts[tag] = counts.get(tag, 0) + 1
    if not counts:
        return []
    tried, ahead = _exercises(course, set(counts))
    names = course.about.concepts
    return [
        Missed(names.get(tag, tag.replace("-", " ")), counts[tag], tuple(tried[tag]), tuple(ahead[tag]))
        for tag in sorted(counts, key=lambda tag: (-counts[tag], not tried[tag], [*counts].index(tag)))
    ]


def _exercises(course: Course, tags: set[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Name by concept the exercises that lack points, and those that weren't tried."""
    progress = ProgressFile(course.root)
    tried: dict[str, list[str]] = {tag: [] for tag in tags}
    ahead: dict[str, list[str]] = {tag: [] for tag in tags}
    for exercise in course.items.values():
        earned = progress.of(exercise.id).earned
        if earned is not None and earned.points >= earned.max_points:
            continue
        for tag in tags.intersection(_concepts(exercise.yaml)):
            (ahead if earned is None else tried)[tag].append(exercise.id)
    return tried, ahead


def _concepts(path: Path) -> list[str]:
    try:
        data = read_yaml(path)
    except CourseFault:
        return []  # told where that exercise is graded
    found = data.get("concepts") if isinstance(data, dict) else None
    return [tag for tag in found if isinstance(tag, str)] if isinstance(found, list) else []
