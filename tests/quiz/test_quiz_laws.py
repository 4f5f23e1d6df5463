"""What holds for every answer, however strange: nothing raises, and being strange earns nothing."""

import random
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.quiz.answers import Answers, read_answers
from grader.quiz.attempt import best
from grader.quiz.drawing import draw
from grader.quiz.key import QuizKey
from grader.quiz.marked import judge, mark, mark_question, right_answer
from grader.quiz.marking.judged import Status
from grader.quiz.quiz import Quiz
from grader.quiz.report import report_of
from grader.quiz.writing import answers_text

Read = tuple[Quiz, QuizKey]

QUIET = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# What could come close to an answer, besides what can't.
PIECES = st.sampled_from(
    ["a", "b", "c", "d", "1", "2", "3", "x", "s", "w", "(", ")", "[", "]", ",", ";", ":", "+", "-", "*", "/", "^",
     "true", "false", "none", "inf", "-inf", "nan", "relu", "exp", "1e308", "1e-300", "0", " ", "\n", "²", "½", "σ",
     "−", "∞", "\x00", "\u202e", "chain", "rule", "{", "}", "abs", ".", "=", "%", "'", '"', "\ud800"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=30), st.text(max_size=2000))
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), TEXTS, st.binary(max_size=5), st.complex_numbers(),
    st.just(10**4200), st.builds(object), st.sets(st.integers(), max_size=2),
)  # fmt: skip
KEYS = st.one_of(st.integers(), st.text(max_size=5), st.none(), st.tuples(st.integers()))
ANSWERS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=6), st.dictionaries(KEYS, inner, max_size=6), st.tuples(inner, inner)
    ),
    max_leaves=20,
)
# Empty answers, and one text for every letter and number, are worth what they are worth: to be weird
# is to be none of these.
SETTLED = frozenset((Status.UNANSWERED, Status.UNREADABLE, Status.UNDECIDED))


@QUIET
@given(answer=ANSWERS, number=st.integers(0, 5))
def test_no_answer_raises_and_every_credit_is_a_share(small: Read, answer: Any, number: int) -> None:
    quiz, key = small
    variant = draw(quiz, f"practice-{number}")
    for name in quiz.plans:
        found = mark_question(quiz, key, variant, name, answer)
        assert 0 <= found.credit <= 1
        assert found.status is not Status.FAULTY
        if found.status in SETTLED:
            assert (found.credit, found.attempts) == (0, 0)
        if found.credit:
            # Whatever earned it was read as something that earns the same.
            assert judge(quiz, key, variant, name, found.read_as).credit == found.fraction
        assert len(found.feedback) < 1000


@QUIET
@given(raw=st.one_of(st.binary(max_size=300), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_no_file_raises(small: Read, raw: bytes) -> None:
    quiz, key = small
    variant = draw(quiz, "practice-1")
    for content in (raw, b"quiz: quiz-01\nanswers:\n  mse: " + raw, b"answers: {steps: [" + raw + b"]}"):
        found = read_answers(content, "answers.yaml", quiz)
        report = report_of(quiz, mark(quiz, key, variant, found), variant.seed, found)
        assert 0 <= report.points <= report.max_points == quiz.max_points
        report.as_json()


FILE_TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
VALUES = st.recursive(
    FILE_TEXTS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(FILE_TEXTS, inner, max_size=4)),
    max_leaves=8,
)


@QUIET
@given(learner=FILE_TEXTS, values=st.lists(VALUES, max_size=15))
def test_whatever_is_written_is_read_back(small: Read, learner: str, values: list[Any]) -> None:
    quiz, _ = small
    given_answers = dict(zip(quiz.plans, values, strict=False))
    text = answers_text(quiz, draw(quiz, "practice-1"), Answers(learner=learner, given=given_answers))
    found = read_answers(text.encode(), "answers.yaml", quiz)
    assert found.faults == ()
    assert found.learner == learner.strip()
    assert {name: found.given[name] or "" for name in given_answers} == {
        name: value or "" for name, value in given_answers.items()
    }


@QUIET
@given(values=st.lists(st.floats(0, 1), max_size=8), penalty=st.floats(0, 1))
def test_no_attempt_lowers_the_best(values: list[float], penalty: float) -> None:
    found = [best(values[:k], penalty) for k in range(len(values) + 1)]
    assert found == sorted(found)
    assert all(0 <= each <= 1 for each in found)


def test_clicking_at_random_earns_less_than_a_third(small: Read) -> None:
    quiz, key = small
    rng = random.Random(0)
    share = 0.0
    for number in range(100):
        variant = draw(quiz, f"practice-{number}")
        given_answers: dict[str, Any] = {"convex": rng.choice(["true", "false"])}
        for name, drawn in variant.questions.items():
            letters = [chr(97 + k) for k in range(len(drawn.order))]
            match quiz.plans[name].question.type:
                case "single":
                    given_answers[name] = rng.choice(letters)
                case "multiple":
                    given_answers[name] = [letter for letter in letters if rng.random() < 0.5]
                case "order":
                    given_answers[name] = rng.sample(letters, len(letters))
                case "match":
                    given_answers[name] = rng.sample(letters, len(quiz.plans[name].left))
        found = mark(quiz, key, variant, Answers(given=given_answers))
        share += report_of(quiz, found, variant.seed).points / quiz.max_points
    assert share / 100 < 1 / 3


def test_a_quiz_is_marked_within_20_ms(small: Read) -> None:
    quiz, key = small
    variant = draw(quiz, "practice-1")
    right = Answers(given={name: right_answer(quiz, key, variant, name) for name in quiz.plans})
    wrong = Answers(
        given={**right.given, "sigmoid": "s^2/(1+s)", "relu": "abs(x)", "mse": "7", "product": "[[1]]"}
    )
    for answers in (right, wrong):
        raw = answers_text(quiz, variant, answers).encode()
        took = []
        for number in range(20):
            start = time.perf_counter()
            found = read_answers(raw, "answers.yaml", quiz)
            report_of(quiz, mark(quiz, key, draw(quiz, f"practice-{number}"), found), "s", found)
            took.append(time.perf_counter() - start)
        assert min(took) < 0.02


@pytest.mark.parametrize(
    "text", ["(" * 500, "s^" * 200 + "s", "-" * 510 + "s", "1/" * 250 + "s", "s" * 512, "2^-" * 80 + "9"]
)
def test_the_longest_answers_take_no_longer(small: Read, text: str) -> None:
    quiz, key = small
    variant = draw(quiz, "practice-1")
    for name in ("sigmoid", "mse", "product", "rule", "steps", "ranks"):
        start = time.perf_counter()
        mark_question(quiz, key, variant, name, text)
        assert time.perf_counter() - start < 0.25
