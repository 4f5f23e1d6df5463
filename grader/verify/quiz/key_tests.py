"""Run the tests that a key brings along: what is given must get the credit, or the status, that is said."""

from collections.abc import Iterator, Sequence
from typing import Any

from grader.quiz.counter import practice_seed
from grader.quiz.drawing import draw_question
from grader.quiz.keyspec import KeyTest
from grader.quiz.marking.choice import Choice
from grader.quiz.marking.judged import Status
from grader.quiz.marking.letters import letter
from grader.quiz.marking.match import Match
from grader.quiz.marking.order import Order
from grader.verify.quiz.finding import Finding
from grader.verify.quiz.posed import Posed

# A test without a seed is run in so many different draws.
DRAWS = 16
_CREDIT = 1e-6
_STATUS = {"invalid": Status.UNREADABLE, "undecided": Status.UNDECIDED}


def key_test_findings(posed: Sequence[Posed]) -> Iterator[tuple[str, Finding]]:
    """Run a question's tests; what fails is given with its seed."""
    for k, test in enumerate(posed[0].read.spec.tests):
        at = f"questions.{posed[0].name}.tests[{k}]"
        for each in _draws(test, posed):
            for finding in _run(test, each, at):
                yield each.seed, finding


def _draws(test: KeyTest, posed: Sequence[Posed]) -> Sequence[Posed]:
    if test.seed is None:
        return posed[:DRAWS]
    seed = practice_seed(test.seed) if isinstance(test.seed, int) else test.seed
    one = posed[0]
    return [Posed(one.quiz, one.key, one.name, seed, draw_question(one.quiz, one.name, seed))]


def _run(test: KeyTest, posed: Posed, at: str) -> Iterator[Finding]:
    try:
        answer = as_answered(test.give, posed)
    except (KeyError, ValueError):
        yield Finding("tests", False, f"{at}.give: {test.give!r} names something that isn't in the question.")
        return
    judged = posed.judge(answer)
    if test.status is not None and judged.status is not _STATUS[test.status]:
        yield Finding("tests", False, f"{at}: is {judged.status}, not {test.status}.", judged.feedback)
    if test.credit is not None and (
        judged.status in (Status.UNREADABLE, Status.UNDECIDED, Status.FAULTY)
        or abs(judged.credit - test.credit) > _CREDIT
    ):
        sentence = f"{at}: the credit should be {test.credit:g}."
        yield Finding("tests", False, sentence, f"{judged.status}, {judged.credit:g}. {judged.feedback}")
    if test.misconception is not None and judged.misconception != test.misconception:
        found = f"is as {judged.misconception!r}" if judged.misconception else "isn't"
        sentence = f"{at}: should be recognised as {test.misconception!r}, but {found}."
        yield Finding("tests", False, sentence)


def as_answered(give: Any, posed: Posed) -> Any:
    """Turn ids into the letters and numbers by which this draw shows them.

    Raises:
        KeyError: An id isn't in the question.
        ValueError: An option isn't shown.
    """
    order = posed.drawn.order
    match posed.read.marker:
        case Choice() | Order():
            ids = give if isinstance(give, list) else [give]
            return [letter(order.index(name)) for name in ids]
        case Match() if isinstance(give, dict):
            numbers = {name: str(number) for number, name in enumerate(posed.plan.left, start=1)}
            return {numbers[left]: letter(order.index(right)) for left, right in give.items()}
    return give
