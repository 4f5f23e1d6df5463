"""The course's own quizzes, drawn over many seeds, so that tests can hold their keys against oracles."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.quiz.counter import practice_seed
from grader.quiz.drawing import draw_question
from grader.quiz.expression import numbers
from grader.quiz.key import QuizKey
from grader.quiz.marked import mark_question, right_answer
from grader.quiz.marking.judged import Status
from grader.quiz.marking.plain import as_typed
from grader.quiz.quiz import Quiz
from grader.quiz.reading import read_key, read_quiz
from grader.quiz.variant import Variant

ROOT = Path(__file__).parents[2]
SEEDS = 100

# From a question's parameters, what its key must be.
Oracle: TypeAlias = Callable[[Mapping[str, Any]], Any]

_COMPUTED = ("numeric", "vector", "matrix", "expression")


@cache
def course_quiz(quiz: str) -> tuple[Quiz, QuizKey]:
    """Read a quiz of the course, and its key."""
    read = read_quiz(ROOT / "exercises" / quiz / "quiz.yaml")
    return read, read_key(ROOT / "solutions" / quiz / "key.yaml", read)


def variant_of(quiz: Quiz, question: str, seed: int | str) -> Variant:
    """Draw one question alone."""
    name = practice_seed(seed) if isinstance(seed, int) else seed
    return Variant(quiz.id, name, {question: draw_question(quiz, question, name)})


def computed_questions(quiz: str) -> set[str]:
    """Give the ids of the questions whose keys are computed."""
    return {question.id for question in course_quiz(quiz)[0].questions if question.type in _COMPUTED}


def hold_against(oracle: Oracle, quiz_id: str, question: str, rtol: float = 1e-9) -> None:
    """Assert that over all seeds the key is what the oracle gives, and that this is marked right."""
    quiz, key = course_quiz(quiz_id)
    for variant in _variants(quiz, question):
        expected = np.asarray(oracle(variant.questions[question].params), dtype=np.float64)
        found = numbers(as_typed(right_answer(quiz, key, variant, question)))
        np.testing.assert_allclose(found, expected, rtol=rtol, atol=1e-12, err_msg=str(variant))
        marked = mark_question(quiz, key, variant, question, expected.tolist())
        assert marked.status is Status.RIGHT, (variant, expected, marked)


def formulas(quiz_id: str, question: str) -> str:
    """Give the key of a question that asks for a formula."""
    quiz, key = course_quiz(quiz_id)
    return str(right_answer(quiz, key, variant_of(quiz, question, 0), question))


def right_options(quiz_id: str, question: str) -> set[str]:
    """Give the ids of a choice's right options."""
    quiz, key = course_quiz(quiz_id)
    variant = variant_of(quiz, question, 0)
    letters = right_answer(quiz, key, variant, question)
    return {variant.questions[question].order["abcdefghijkl".index(str(letter))] for letter in letters}


def option_texts(quiz_id: str, question: str) -> dict[str, str]:
    """Give the texts of a choice's options, by their ids."""
    quiz, _ = course_quiz(quiz_id)
    shown = quiz.plans[question].options
    return {name: template.filled({}) for name, template in shown.items()}


def derivative(f: Callable[[complex], complex], x: float) -> float:
    """Differentiate a real analytic function exactly, by a complex step (Squire and Trapp 1998)."""
    return float(f(complex(x, 1e-30)).imag / 1e-30)


def floats(values: Any) -> npt.NDArray[np.float64]:
    """Bring drawn numbers to an array."""
    return np.asarray(values, dtype=np.float64)


def _variants(quiz: Quiz, question: str) -> Iterator[Variant]:
    for seed in range(SEEDS):
        yield variant_of(quiz, question, seed)
