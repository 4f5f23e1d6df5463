"""The keys of one quiz, read and ready to mark with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from grader.quiz import keyspec
from grader.quiz.author import Author
from grader.quiz.expression import Node
from grader.quiz.marking.choice import Choice, Truth, choice, truth
from grader.quiz.marking.formula import Formula, formula
from grader.quiz.marking.match import Match
from grader.quiz.marking.match import match as match_pairs
from grader.quiz.marking.number import Numbers, read_numbers
from grader.quiz.marking.order import Order, order
from grader.quiz.marking.short import Words, words
from grader.quiz.plan import Plan

Marker: TypeAlias = Choice | Truth | Numbers | Formula | Order | Match | Words


@dataclass(frozen=True, slots=True)
class ReadKey:
    """One question's key.

    Attributes:
        spec: What the YAML declares.
        values: What is computed from the parameters first, in order.
        marker: What marks an answer.
    """

    spec: keyspec.QuestionKey
    values: tuple[tuple[str, Node], ...]
    marker: Marker


@dataclass(frozen=True, slots=True)
class QuizKey:
    """The keys of one quiz, by the questions' ids, and the file they were read from."""

    where: str
    questions: Mapping[str, ReadKey]


def ready(author: Author, plan: Plan, key: keyspec.QuestionKey, path: str) -> ReadKey:
    """Read a key's expressions and hold it against its question; faults are noted with the author."""
    names = list(plan.names)
    values = []
    for name, text in key.values.items():
        values.append((name, author.expression(f"{path}.values.{name}", text, names)))
        if name in plan.names or name in plan.texts:
            author.fault(f"{path}.values.{name}", "is a parameter too; give it another name.")
        names.append(name)
    _check_tests(author, key, path)
    return ReadKey(key, tuple(values), _marker(author, plan, key, path, names))


def _marker(author: Author, plan: Plan, key: keyspec.QuestionKey, path: str, names: list[str]) -> Marker:
    match key:
        case keyspec.SingleKey() | keyspec.MultipleKey():
            return choice(author, plan, key, path, names)
        case keyspec.BooleanKey():
            return truth(author, plan, key, path, names)
        case keyspec.NumericKey() | keyspec.ArrayKey():
            return read_numbers(author, plan, key, path, names)
        case keyspec.FormulaKey():
            return formula(author, plan, key, path, names)
        case keyspec.OrderKey():
            return order(author, plan, key, path, names)
        case keyspec.MatchKey():
            return match_pairs(author, plan, key, path, names)
        case keyspec.ShortKey():
            return words(author, plan, key, path, names)


def _check_tests(author: Author, key: keyspec.QuestionKey, path: str) -> None:
    """A test may only name a misconception that is known, and each is known once."""
    known = [each.id for each in getattr(key, "misconceptions", ())]
    for twice in sorted({name for name in known if known.count(name) > 1}):
        author.fault(f"{path}.misconceptions", f"the id {twice!r} stands twice.")
    for k, test in enumerate(key.tests):
        if test.misconception is not None:
            author.known(
                f"{path}.tests[{k}].misconception", (test.misconception,), known, "a misconception of the key"
            )
