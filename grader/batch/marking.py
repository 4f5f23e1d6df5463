"""Mark a learner's quiz in a batch: against their own numbers, with their earlier attempts."""

import json
import unicodedata
from collections.abc import Sequence

from grader.course import Course, QuizItem
from grader.outcome import CheckResult, Outcome, Report
from grader.printable import one_line
from grader.quiz import draw, learner_seed, mark, read_answers, report_of


def mark_answers(
    item: QuizItem, salt: str, data: bytes, names: Sequence[str], earlier: Sequence[bytes] = ()
) -> str:
    """Mark an answers file.

    Args:
        item: The quiz, with its key.
        salt: The course's public salt, from which numbers are drawn.
        data: The file's bytes.
        names: What those who handed it in are called, the first as the gradebook does.
        earlier: The bytes of earlier attempts, the oldest first.

    Returns:
        The report as JSON, with details, and with the numbers that were drawn. Answers that were
        drawn for somebody else earn nothing and wait for staff.

    Raises:
        CourseFault: The quiz or its key is faulty.
    """
    quiz, key = item.spec, item.key
    assert key is not None
    answers = read_answers(data, "answers.yaml", quiz)
    owner = answers.learner or names[0]
    variant = draw(quiz, learner_seed(salt, quiz.id, owner))
    if _plain(owner) not in {_plain(name) for name in names}:
        whose = f"The numbers in this file are drawn for {one_line(repr(owner), 100)}, but {one_line(repr(names[0]), 100)}"
        report = _unsettled(item, variant.seed, f"{whose} handed it in; staff will look at it.")
    else:
        before = [read_answers(each, "answers.yaml", quiz) for each in earlier]
        marked = mark(quiz, key, variant, answers, earlier=before)
        report = report_of(quiz, marked, variant.seed, answers)
    return json.dumps({**report.as_json(reveal=True), "variant": variant.as_data()}, ensure_ascii=False)


def all_our_fault(course: Course, item: str, seed: int, message: str, detail: str = "") -> Report:
    """Give the report of a submission that couldn't be graded: no grade, and staff must look."""
    if item in course.quizzes:
        return _unsettled(course.quizzes[item], seed, message, detail)
    checks = tuple(
        CheckResult(
            check.id, check.title, 0, check.points, Outcome.INTERNAL, check.visible, message, detail=detail
        )
        for check in course.items[item].spec.checks
    )
    return Report(item, checks, (), seed)


def _unsettled(item: QuizItem, seed: int | str, message: str, detail: str = "") -> Report:
    checks = tuple(
        CheckResult(
            question.id, question.title, 0, question.points, Outcome.INTERNAL, True, message, detail=detail
        )
        for question in item.spec.questions
    )
    return Report(item.id, checks, ("nothing is run",), seed)


def _plain(name: str) -> str:
    """Fold what doesn't matter in a name, as draws do."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).strip().casefold())
