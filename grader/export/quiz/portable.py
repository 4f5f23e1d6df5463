"""A question with one draw in the terms that other platforms share: options and numbers with their credit."""

from dataclasses import dataclass
from typing import TypeAlias

from grader.export.quiz.losses import Losses


@dataclass(frozen=True, slots=True)
class Option:
    """An option, or a word that may be typed.

    Attributes:
        credit: What choosing or typing it is worth, from -1 to 1.
    """

    text: str
    credit: float
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Options, of which one or several may be chosen."""

    single: bool
    shuffle: bool
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false, with what is said of a right and of a wrong answer."""

    answer: bool
    right: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Near:
    """A number, how far off a number may be that counts as the same, and what it is worth."""

    value: float
    tolerance: float
    credit: float
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number: the key first, then known wrong ones, and what is said of any other."""

    answers: tuple[Near, ...]
    wrong: str


@dataclass(frozen=True, slots=True)
class Words:
    """A word or two: right ones first, then known wrong ones, and what is said of any other."""

    answers: tuple[Option, ...]
    wrong: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of left and right, and what more is offered on the right."""

    pairs: tuple[tuple[str, str], ...]
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps in a right order."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Array:
    """A vector (one row) or a matrix, entry by entry."""

    rows: tuple[tuple[Near, ...], ...]
    wrong: str


@dataclass(frozen=True, slots=True)
class Written:
    """What no platform marks by itself: a key for whoever does."""

    key: str
    known: tuple[Option, ...]


Body: TypeAlias = Choice | Truth | Number | Words | Pairs | Steps | Array | Written


@dataclass(frozen=True, slots=True)
class Question:
    """One question with one draw; texts may hold `$…$`, `**…**` and code in backquotes.

    Attributes:
        id: Unique in the course: quiz, question and number of the draw.
        group: The question's own id; its draws belong together.
        penalty: The share that each further attempt costs.
        feedback: What is said of a right answer.
    """

    id: str
    group: str
    title: str
    prompt: str
    points: int
    penalty: float
    hints: tuple[str, ...]
    concepts: tuple[str, ...]
    feedback: str
    body: Body


@dataclass(frozen=True, slots=True)
class Bank:
    """The questions of one quiz, and what was lost in making them portable."""

    title: str
    questions: tuple[Question, ...]
    losses: Losses


def credits_of(body: Body) -> list[float]:
    """Give the credits that a body states."""
    match body:
        case Choice():
            return [option.credit for option in body.options]
        case Number() | Words():
            return [answer.credit for answer in body.answers]
    return []


def has_formulas_on_the_right(body: Pairs) -> bool:
    """Tell whether the right side holds formulas, which menus can't show."""
    return any("$" in right for right in (*(right for _, right in body.pairs), *body.more))
