"""The grades of a class by learner, small enough to be held while a platform's file is filled."""

from dataclasses import dataclass

from grader.batch.gradebook import Gradebook
from grader.batch.handin import Learner


@dataclass(frozen=True)
class Grades:
    """Grades without the reports behind them.

    Attributes:
        learners: Everybody, in order.
        points: By learner and item; None while staff must look.
    """

    learners: tuple[Learner, ...]
    points: dict[tuple[str, str], float | None]


def read_grades(gradebook: Gradebook) -> Grades:
    """Walk over a gradebook once."""
    learners, points = [], {}
    for row in gradebook.rows():
        learners.append(row.learner)
        for cell in row.cells:
            points[row.learner.id, cell.item] = cell.points
    return Grades(tuple(learners), points)
