"""What marking one answer gives, before hints and attempts are counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from grader.quiz.expression import Value
from grader.quiz.plan import Plan
from grader.quiz.text import Param
from grader.quiz.variant import Drawn


class Status(StrEnum):
    """What became of an answer."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNANSWERED = "unanswered"
    UNREADABLE = "unreadable"  # costs nothing
    UNDECIDED = "undecided"  # costs nothing
    FAULTY = "faulty"  # our fault: the key can't be computed


@dataclass(frozen=True, slots=True)
class Judged:
    """What one answer is worth by itself.

    Attributes:
        credit: From 0 to 1.
        misconception: The id of the known wrong answer that it is, or nothing.
        read_as: How the answer was read, in the form in which it can be typed; equal for answers
            that mean the same.
    """

    status: Status
    credit: float = 0.0
    feedback: str = ""
    misconception: str = ""
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """What an answer is marked against: a question's draw.

    Attributes:
        values: The parameters and what the key computes from them.
        numbers: Those of them that are numbers.
    """

    quiz: str
    plan: Plan
    drawn: Drawn
    values: Mapping[str, Param]
    numbers: Mapping[str, Value]


class Unreadable(Exception):  # a verdict on its way to becoming a value
    """An answer doesn't have the form that is asked for; the message says which."""


def judged(credit: float, feedback: str = "", *, misconception: str = "", read_as: str = "") -> Judged:
    """Give the outcome of an answer that could be read, with the status that goes with its credit."""
    credit = min(max(credit, 0.0), 1.0)
    status = Status.RIGHT if credit == 1 else Status.PARTLY if credit > 0 else Status.WRONG
    return Judged(status, credit, feedback, misconception, read_as)
