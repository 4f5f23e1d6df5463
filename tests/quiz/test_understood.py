"""How an answer is read back, without a key."""

import random
from pathlib import Path

import pytest

from grader.quiz import Status, draw, practice_seed, right_answer
from grader.quiz.marked import judge
from grader.quiz.understood import understood
from tests.quiz.small_quiz import make_quiz

# What learners type, in pieces; anything may be put behind anything.
PIECES = [
    "a", "b", "c", "d", "s", "x", "1", "2", "3", "0.5", "-", "+", "*", "^", "/", "(", ")", "[", "]", ",", ";",
    " ", "\n", ":", "{", "}", "none", "true", "false", "inf", "-inf", "∞", "nan", "chain rule", "max", "σ", "²",
    "1e400", "'", '"', "#", "yes", "=", "→", ".", "x*s", "[1, 2]", "[[1, 2], [3, 4]]", "\u0000", "ſ", "ａ",
]  # fmt: skip
# An infinity may be a known wrong answer; a vector the single row of a matrix.
LEFT_TO_THE_MARKER = ("Infinity is not", "Your answer is a vector")


@pytest.mark.parametrize(
    ("question", "typed", "read_as"),
    [
        ("sigmoid", "s − s²", "s - s^2"),
        ("mse", "3/8", "0.375"),
        ("mse", " 1e-3 ", "0.001"),
        ("gradient", "1 2", "[1, 2]"),
        ("gradient", ["1/2", "2"], "[0.5, 2]"),
        ("product", "1 2; 3 4", "[[1, 2], [3, 4]]"),
        ("product", "1 2\n3 4", "[[1, 2], [3, 4]]"),
        ("shape", "B", "b"),
        ("shape", ["b"], "b"),
        ("orthogonal", "c, a", "a, c"),
        ("orthogonal", [], "none"),
        ("convex", "Yes", "true"),
        ("steps", "dcba", "d, c, b, a"),
        ("ranks", {"1": "b", "2": "a"}, "1: b, 2: a"),
        ("ranks", "b a d", "1: b, 2: a, 3: d"),
        ("rule", "the   chain rule", "the chain rule"),
        ("rule", None, ""),
        ("rule", "  ", ""),
    ],
)
def test_an_answer_is_read_back(tmp_path: Path, question: str, typed: object, read_as: str) -> None:
    quiz, _ = make_quiz(tmp_path).read()
    found = understood(quiz, draw(quiz, practice_seed(1)), question, typed)
    assert (found.read_as, found.problem) == (read_as, "")


@pytest.mark.parametrize(
    ("question", "typed", "problem"),
    [
        ("sigmoid", "s*(1-s", "s*(1-s\n  ^\nThis '(' is never closed: add ')'."),
        ("mse", "three", "'three' is not a name here: write the number alone, without a unit."),
        ("mse", ["1", "2"], "Your answer is a list; a number is asked for."),
        ("gradient", "7", "Your answer is a single number; a list of numbers is asked for."),
        ("gradient", "[1, 2, 3]", "Your answer has 3 entries; 2 are asked for."),
        ("gradient", {"1": "2"}, "Your answer is a mapping; a list of numbers is asked for."),
        ("product", "[[1, 2], [3]]", "Row 1 holds 2 numbers, row 2 holds 1 number."),
        ("shape", "z", "'z' is no letter from a to c."),
        ("shape", "a b", "One letter is asked for, from a to c."),
        ("convex", "maybe", "Write true or false."),
        ("steps", "a b c", "Name all 4 steps: d is missing."),
        ("steps", "a b c c", "c stands twice; name each step once."),
        ("ranks", "a b", "Your answer has 2 letters, 3 are asked for"),
        ("rule", ["a", "b"], "Your answer is a list; a word or two is asked for."),
        ("rule", "x" * 1_000_000, "more than 512 characters"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_way_to_write_it(
    tmp_path: Path, question: str, typed: object, problem: str
) -> None:
    quiz, _ = make_quiz(tmp_path).read()
    found = understood(quiz, draw(quiz, practice_seed(1)), question, typed)
    assert problem.lower() in found.problem.lower()
    assert found.read_as == ""


def test_a_list_that_was_typed_is_kept_as_a_list(tmp_path: Path) -> None:
    quiz, _ = make_quiz(tmp_path).read()
    variant = draw(quiz, practice_seed(1))
    assert understood(quiz, variant, "gradient", "[1/2, 2]").kept == ["1/2", "2"]
    assert understood(quiz, variant, "ranks", "{1: b, 2: a}").kept == {"1": "b", "2": "a"}
    assert understood(quiz, variant, "gradient", "1/2, 2").kept == "1/2, 2"
    assert understood(quiz, variant, "gradient", "[1/2, ").kept == "[1/2, "


def test_the_right_answer_can_be_read_back_for_any_numbers(tmp_path: Path) -> None:
    quiz, key = make_quiz(tmp_path).read()
    for seed in range(20):
        variant = draw(quiz, practice_seed(seed))
        for name in quiz.plans:
            assert understood(quiz, variant, name, right_answer(quiz, key, variant, name)).problem == ""


def test_what_is_told_while_answering_agrees_with_the_marker(tmp_path: Path) -> None:
    """What the marker can't read is told at once, but for what depends on the key."""
    quiz, key = make_quiz(tmp_path).read()
    variant = draw(quiz, practice_seed(3))
    dice = random.Random(5)
    for _ in range(3000):
        typed = "".join(dice.choice(PIECES) for _ in range(dice.randint(1, 6)))
        for name in quiz.plans:
            judged = judge(quiz, key, variant, name, typed)
            found = understood(quiz, variant, name, typed)
            assert judged.status is not Status.FAULTY, (name, typed)
            left = judged.feedback.startswith(LEFT_TO_THE_MARKER)
            unreadable = judged.status is Status.UNREADABLE and not left
            assert bool(found.problem) == unreadable, (name, typed, judged, found)
