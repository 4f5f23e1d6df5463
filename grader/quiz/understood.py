"""How an answer is read: what can be told of it at once, without a key and without saying whether it is right."""

import re
from dataclasses import dataclass
from typing import Any

from grader.errors import CourseFault
from grader.quiz.expression import ExpressionError, evaluate, number, number_text, numbers, parse, to_text
from grader.quiz.expression.arrays import Value, shape_of
from grader.quiz.marking.judged import Unreadable
from grader.quiz.marking.letters import letter, letters, pairs, written
from grader.quiz.marking.plain import Plain, as_typed, is_empty, letters_of, one_text, plain, typed
from grader.quiz.marking.short import LONGEST, plainest
from grader.quiz.quiz import Quiz
from grader.quiz.text import numbers_only
from grader.quiz.variant import Variant
from grader.yamlfile import parse_yaml

_TRUE = frozenset(("true", "t", "yes", "y", "right"))
_FALSE = frozenset(("false", "f", "no", "n", "wrong"))
# An overflow may be a known wrong answer, so it is passed on to the marker.
_LIMITS = re.compile(r"\+inf|[-−]?(?:inf|∞)|-?infinity")
_RANKS = {"numeric": 0, "vector": 1, "matrix": 2}
_FOUND = ("a single number", "a list of numbers", "a matrix", "a list of matrices")
_WANTED = ("a number", "a list of numbers", "a matrix, row by row")


@dataclass(frozen=True, slots=True)
class Understood:
    """How an answer is read.

    Attributes:
        read_as: The answer as it is understood, in a form in which it can be typed.
        problem: Why it can't be read, with the place; empty when it can.
        kept: The answer as it is written down: a list that was typed becomes a list.
    """

    read_as: str = ""
    problem: str = ""
    kept: Any = None


def understood(quiz: Quiz, variant: Variant, question: str, answer: Any) -> Understood:
    """Read an answer, whatever it is.

    Args:
        quiz: The quiz.
        variant: The learner's numbers.
        question: The question's id.
        answer: What was answered: a text, a list or a mapping.
    """
    if is_empty(answer):
        return Understood()
    try:
        read_as = _read(quiz, variant, question, plain(answer))
        return Understood(read_as, kept=_listed(quiz, variant, question, answer, read_as))
    except Unreadable as error:
        return Understood(problem=str(error), kept=answer)
    except ExpressionError as error:
        return Understood(problem=error.message, kept=answer)


def _listed(quiz: Quiz, variant: Variant, question: str, answer: Any, read_as: str) -> Any:
    """Give a list that was typed as a list, so that the file needs no quotes, if it means the same."""
    if isinstance(answer, str) and answer.startswith(("[", "{")):
        try:
            listed = parse_yaml(answer, "", as_texts=True)
            if _read(quiz, variant, question, plain(listed)) == read_as:
                return listed
        except (CourseFault, Unreadable, ExpressionError):
            return answer
    return answer


def _read(quiz: Quiz, variant: Variant, question: str, answer: Plain) -> str:
    plan, order = quiz.plans[question], variant.questions[question].order
    match plan.question.type:
        case "single":
            places = sorted(set(letters(answer, len(order))))
            if len(places) != 1:
                raise Unreadable(f"One letter is asked for, from a to {letter(len(order) - 1)}.")
            return written(places)
        case "multiple":
            return written(sorted(set(letters(answer, len(order))))) or "none"
        case "order":
            return written(_all_steps(letters(answer, len(order)), len(order)))
        case "match":
            found = pairs(answer, len(plan.left), len(order))
            return ", ".join(f"{left + 1}: {letter(right)}" for left, right in sorted(found.items()))
        case "boolean":
            return _truth(answer)
        case "expression":
            assert plan.language is not None
            return to_text(typed(parse, one_text(answer, "a formula"), plan.language))
        case "short":
            return _words(" ".join(one_text(answer, "a word or two").split()))
    values = numbers_only(variant.questions[question].params)
    size = [evaluate(node, values) for node in plan.size]
    return _numbers(answer, _RANKS[plan.question.type], tuple(size))


def _words(text: str) -> str:
    if len(text) > LONGEST:
        raise Unreadable("A word or two is asked for, not a text.")
    if not plainest(text):
        raise Unreadable("A word or two is asked for.")
    return text


def _truth(answer: Plain) -> str:
    word = letters_of(one_text(answer, "true or false")).strip(".!")
    if word not in _TRUE | _FALSE:
        raise Unreadable("Write true or false.")
    return "true" if word in _TRUE else "false"


def _all_steps(places: list[int], count: int) -> list[int]:
    for place in places:
        if places.count(place) > 1:
            raise Unreadable(f"{letter(place)} stands twice; name each step once.")
    missing = [place for place in range(count) if place not in places]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise Unreadable(f"Name all {count} steps: {written(missing)} {verb} missing.")
    return places


def _numbers(answer: Plain, rank: int, size: tuple[Value, ...]) -> str:
    if rank == 0:
        text = one_text(answer, _WANTED[0])
        return text if _LIMITS.fullmatch(letters_of(text)) else number_text(float(typed(number, text)))
    if isinstance(answer, dict):
        raise Unreadable(f"Your answer is a mapping; {_WANTED[rank]} is asked for.")
    value = typed(numbers, as_typed(answer))
    shape = shape_of(value)
    # A single row or column is a vector too, and a vector a matrix of one row.
    flat = rank == 1 and len(shape) == 2 and 1 in shape
    if len(shape) != rank and not flat and not (rank == 2 and len(shape) == 1 and size[:1] in ((), (1,))):
        raise Unreadable(f"Your answer is {_FOUND[len(shape)]}; {_WANTED[rank]} is asked for.")
    if size and not flat and len(shape) == rank and shape != size:
        wanted = " by ".join(number_text(float(each)) for each in size if not isinstance(each, tuple))
        found = " by ".join(map(str, shape))
        raise Unreadable(f"Your answer has {found} {_entries(shape)}; {wanted} are asked for.")
    return _text(value)


def _entries(shape: tuple[int, ...]) -> str:
    return "entry" if shape == (1,) else "entries"


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_text, value))}]"
    return number_text(float(value))
