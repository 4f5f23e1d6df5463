"""Answers files: read whatever they hold, written as a person would, and nothing lost."""

import time
from typing import Any

import pytest

from grader.outcome import Outcome
from grader.quiz.answers import Answers, read_answers
from grader.quiz.drawing import draw
from grader.quiz.key import QuizKey
from grader.quiz.marked import mark
from grader.quiz.marking.judged import Status
from grader.quiz.quiz import Quiz
from grader.quiz.report import report_of
from grader.quiz.writing import answers_text, stub_text

Read = tuple[Quiz, QuizKey]


def read(small: Read, text: str | bytes) -> Answers:
    """Read an answers file with this content."""
    return read_answers(text if isinstance(text, bytes) else text.encode(), "answers.yaml", small[0])


def test_answers_are_kept_as_they_were_typed(small: Read) -> None:
    found = read(
        small,
        "quiz: quiz-01\nlearner: 007\nhints: {mse: 1}\nanswers:\n  mse: 1e-3\n  sigmoid: no\n  rule: 12:30\n"
        "  spacing: 0.10\n  convex: true\n  gradient: [010, 1_0]\n  ranks: {1: b, 2: a}\n  shape:\n  relu: ~\n"
        "  product: '~'\n",
    )
    assert found.faults == ()
    assert (found.quiz, found.learner, found.hints) == ("quiz-01", "007", {"mse": 1})
    assert found.given == {
        "mse": "1e-3", "sigmoid": "no", "rule": "12:30", "spacing": "0.10", "convex": "true",
        "gradient": ["010", "1_0"], "ranks": {"1": "b", "2": "a"}, "shape": None, "relu": None, "product": "~",
    }  # fmt: skip
    assert not found.answered("shape")


@pytest.mark.parametrize(
    "text",
    ["", "# nothing\n", "quiz: quiz-01\nanswers:\n", "quiz: quiz-01\nanswers: {}\n", stub_text("quiz-01")],
)
def test_a_file_without_answers_is_in_order(small: Read, text: str) -> None:
    found = read(small, text)
    assert (found.faults, found.broken, found.given) == ((), False, {})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("answers: {mes: 1}", "answers: 'mes' is no question of quiz-01. Did you mean 'mse'?"),
        ("answer: {mse: 1}", "'answer' is not a key here. Did you mean 'answers'?"),
        ("seed: 7\nanswers: {mse: 1}", "'seed' is not a key here."),
        ("learner: [alice]", "learner: a list is no text."),
        ("hints: 3", "hints: '3' is no mapping; write each as 'question: 1'."),
        ("hints: {mse: -1}", "hints.mse: '-1' is no number of hints."),
        ("hints: {mse: [1]}", "hints.mse: a list is no number of hints."),
        ("hints: {mes: 1}", "hints: 'mes' is no question of quiz-01. Did you mean 'mse'?"),
        ("answers: {\"a\\u202eb\": 1}", "answers: 'a\\\\u202eb' is no question of quiz-01."),
    ],
)  # fmt: skip
def test_a_slip_in_the_file_is_told_and_the_rest_is_read(small: Read, text: str, fault: str) -> None:
    found = read(small, text)
    assert found.faults == (f"answers.yaml: {fault}",)
    assert not found.broken


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[1, 2]", "holds a list where 'quiz', 'learner' and 'answers' are expected."),
        ("mse", "holds 'mse' where 'quiz', 'learner' and 'answers' are expected."),
        ("quiz: quiz-02\nanswers: {mse: 1}", "quiz: these are answers to 'quiz-02', not to 'quiz-01'."),
        ("answers: [1, 2]", "answers: a list is no mapping; write each as 'question: answer'."),
        ("answers: {mse: 1, mse: 2}", "line 1: the key 'mse' stands here twice."),
        ("answers: {mse: *x}", "an anchor is used again; write the value out instead."),
        ("a: &a [1]\nb: *a", "line 2: an anchor is used again; write the value out instead."),
        ("answers: {mse: !!python/object:os.system x}", "is not allowed; use plain values."),
        ("answers:\n  mse: [1, 2\n  rule: x", "line 3: is not YAML"),
        ("answers: {sigmoid: s*(1-s)*{2}}", "is not YAML"),
        ("x: " + "[" * 100, "is nested more than 40 deep."),
        (b"\xff\xfe", "is not UTF-8 (byte 0); save it as UTF-8."),
        ("answers: {mse: " + "9" * 300_000 + "}", "has 300016 bytes, more than the 262144 that are read."),
        ("\x00", "is not YAML"),
        ("---\n--- x", "line 2: a second document starts; a file holds one."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_file_that_cannot_be_used_costs_nothing_and_earns_nothing(
    small: Read, text: str | bytes, fault: str
) -> None:
    quiz, key = small
    found = read(small, text)
    assert found.broken
    assert found.faults[0].startswith("answers.yaml: ")
    assert fault in found.faults[0]
    assert len(found.faults[0]) < 400
    variant = draw(quiz, "practice-1")
    marked = mark(quiz, key, variant, found)
    assert {(each.status, each.credit, each.attempts) for each in marked} == {(Status.UNREADABLE, 0.0, 0)}
    report = report_of(quiz, marked, variant.seed, found)
    assert {check.outcome for check in report.checks} == {Outcome.ERROR}
    assert fault in report.checks[0].message
    with pytest.raises(ValueError, match="broken"):
        answers_text(quiz, variant, found)


def test_the_billion_laughs_are_refused_at_once(small: Read) -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join(f'*{a}' for _ in range(9))}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    start = time.perf_counter()
    assert read(small, bomb).broken
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "answers: {" + ", ".join(f"q{k}: 1" for k in range(20_000)) + "}",
        "answers: {mse: [" + ",".join("1" for _ in range(100_000)) + "]}",
        "answers: {mse: " + "(" * 200_000 + "}",
        "answers:\n" + "".join(f"  {'m' * (k % 60 + 1)}{k}: x\n" for k in range(3000)),
        "answers: {rule: " + "a-" * 100_000 + "}",
        "? " * 60_000,
        "- " * 60_000,
        "a:\n" * 60_000,
        "[" * 200_000,
        "'" * 200_000,
        "\n" * 250_000 + "answers: {mse: 1}",
    ],
    ids=[
        "names",
        "list",
        "brackets",
        "near names",
        "word",
        "keys",
        "items",
        "lines",
        "lists",
        "quotes",
        "empty",
    ],
)
def test_no_file_takes_long(small: Read, text: str) -> None:
    quiz, key = small
    start = time.process_time()
    found = read(small, text)
    mark(quiz, key, draw(quiz, "practice-1"), found)
    assert time.process_time() - start < 2
    assert len(found.faults) <= 11


def test_many_faults_are_told_in_part_and_counted(small: Read) -> None:
    found = read(small, "answers: {" + ", ".join(f"zz{k}: 1" for k in range(30)) + "}")
    assert len(found.faults) == 11
    assert found.faults[-1] == "answers.yaml: and 20 more faults."


def test_the_faults_of_a_file_stand_in_the_report(small: Read) -> None:
    quiz, key = small
    found = read(small, "answers: {mes: 1, sigmoid: s}")
    report = report_of(quiz, mark(quiz, key, draw(quiz, "s"), found), "s", found)
    told = [check for check in report.checks if "'mes' is no question" in check.message]
    assert [check.id for check in told] == ["relu"]


GIVEN: dict[str, Any] = {
    "sigmoid": 'w s: it\'s # "odd" {x}, [y] *a &b !c |d >e %f @g `h \\',
    "relu": "σ(x) − ½",
    "mse": "12.5",
    "spacing": "null",
    "gradient": ["-4", "7"],
    "product": [["1", "a, b"], ["'", ""]],
    "shape": "b",
    "orthogonal": [],
    "ranks": {"1": "b", "2": None},
    "steps": "- a",
    "rule": " chain\n\trule\x07\u202e ",
    "convex": "true",
}


def test_an_answers_file_reads_back_as_it_was(small: Read) -> None:
    quiz, _ = small
    variant = draw(quiz, "practice-1")
    given = Answers("quiz-01", "O'Brien: #7", {"mse": 1}, GIVEN, {"mes": "1", "a b": ["x"]})
    text = answers_text(quiz, variant, given)
    found = read(small, text)
    assert {name: value for name, value in found.given.items() if value is not None} == GIVEN
    assert (found.quiz, found.learner, found.hints) == (given.quiz, given.learner, given.hints)
    assert found.unknown == given.unknown
    assert all("is no question of quiz-01" in fault for fault in found.faults)
    assert answers_text(quiz, variant, found) == text


def test_the_comments_show_the_learner_s_own_question(small: Read) -> None:
    quiz, _ = small
    variant = draw(quiz, "practice-1")
    text = answers_text(quiz, variant, Answers(learner="alice"))
    p, q = (variant.questions["shape"].params[name] for name in "pq")
    assert (
        f"  # 7. The shape of a weight (1 point)\n  # X has {p} columns, y has {q}: which shape has W" in text
    )
    assert "\n  # a) (" in text
    assert "\n  shape:\n" in text
    assert "The unit, m², isn't typed." in text
    assert "{{" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_mathematics_can_be_made_readable(small: Read) -> None:
    text = answers_text(
        small[0], draw(small[0], "s"), Answers(), readable=lambda given: given.replace("$", "")
    )
    assert "$" not in text
