"""Which concepts a learner should look at again: missed in a quiz, and where else points were lost on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.batch.gradebook import Column, Row
from grader.outcome import Outcome, is_quiz

_MISSED = (Outcome.FAILED, Outcome.PARTIAL)


@dataclass(frozen=True, slots=True)
class Missed:
    """A concept that a learner missed.

    Attributes:
        name: What people call it.
        quizzes: Where a question about it went wrong.
        exercises: Those about it in which points were lost.
    """

    name: str
    quizzes: tuple[str, ...]
    exercises: tuple[str, ...]


def missed_concepts(row: Row, columns: Sequence[Column]) -> list[Missed]:
    """Gather the concepts of the quiz questions that a learner answered wrongly, in the course's order."""
    quizzes: dict[str, dict[str, None]] = {}
    for column in columns:
        report = row.reports.get(column.item)
        if report is None or not is_quiz(column.item):
            continue
        wrong = {check.id for check in report.checks if check.outcome in _MISSED}
        for question, names in column.concepts.items():
            if question in wrong:
                for name in names:
                    quizzes.setdefault(name, {})[column.item] = None
    lost = {
        item
        for item, report in row.reports.items()
        if not is_quiz(item) and report.points < report.max_points
    }
    return [
        Missed(
            name,
            tuple(found),
            tuple(
                column.item
                for column in columns
                if column.item in lost and any(name in names for names in column.concepts.values())
            ),
        )
        for name, found in quizzes.items()
    ]
