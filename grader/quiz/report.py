"""Join what was marked to a report, as for an exercise: one check a question."""

from collections.abc import Sequence
from dataclasses import replace

from grader.outcome import CheckResult, Outcome, Report
from grader.quiz.answers import Answers
from grader.quiz.marked import Marked
from grader.quiz.marking.judged import Status
from grader.quiz.quiz import Quiz
from grader.quiz.spec import Question

ISOLATION = ("nothing is run",)

_FAULTY = (
    "The key of this question can't be used with your numbers; this is our fault, and staff will look at it."
)
_UNANSWERED = "Not answered yet."
_UNMARKED = "Kept; it will be marked by staff."


def report_of(quiz: Quiz, marked: Sequence[Marked], seed: str, answers: Answers | None = None) -> Report:
    """Give the report of a marked quiz; the points that can be earned come from the quiz alone.

    Args:
        quiz: The quiz.
        marked: What became of its questions; one that isn't there is our fault.
        seed: What the numbers were drawn from.
        answers: The answers, whose faults as a file are told with the first question not answered.
    """
    by_id = {each.question: each for each in marked}
    checks = [_result(question, by_id.get(question.id)) for question in quiz.questions]
    return Report(quiz.id, tuple(_with_faults(checks, answers)), ISOLATION, seed)


def report_unmarked(quiz: Quiz, answers: Answers, seed: str) -> Report:
    """Give the report of a quiz where there is no key: nothing is right or wrong yet."""
    checks = [
        _check(
            question,
            0.0,
            Outcome.SKIPPED if answers.answered(question.id) else Outcome.MISSING,
            _UNMARKED if answers.answered(question.id) else _UNANSWERED,
        )
        for question in quiz.questions
    ]
    return Report(quiz.id, tuple(_with_faults(checks, answers)), ISOLATION, seed)


def _result(question: Question, marked: Marked | None) -> CheckResult:
    if marked is None:
        return _check(question, 0.0, Outcome.INTERNAL, _FAULTY)
    points = round(marked.credit * question.points, 6)
    read_as = f"Read as: {marked.read_as}" if marked.read_as else ""
    match marked.status:
        case Status.FAULTY:
            return _check(question, 0.0, Outcome.INTERNAL, _FAULTY, detail=marked.feedback)
        case Status.UNANSWERED:
            return _check(question, 0.0, Outcome.MISSING, _UNANSWERED)
        case Status.UNREADABLE | Status.UNDECIDED:
            return _check(question, points, Outcome.ERROR, marked.feedback, detail=read_as)
    outcome = Outcome.PARTIAL if 0 < points < question.points else Outcome.FAILED
    if points == question.points:
        outcome = Outcome.PASSED
    if marked.misconception:
        return _check(question, points, outcome, "", misconception=marked.feedback, detail=read_as)
    return _check(question, points, outcome, marked.feedback, detail=read_as)


def _check(
    question: Question,
    points: float,
    outcome: Outcome,
    message: str,
    *,
    misconception: str = "",
    detail: str = "",
) -> CheckResult:
    return CheckResult(
        id=question.id,
        title=question.title,
        points=points,
        max_points=question.points,
        outcome=outcome,
        visible=True,
        message=message,
        misconception=misconception,
        detail=detail,
    )


def _with_faults(checks: Sequence[CheckResult], answers: Answers | None) -> list[CheckResult]:
    told = [] if answers is None or answers.broken else list(answers.faults)
    first = next((check for check in checks if check.outcome is Outcome.MISSING), checks[0])
    return [
        replace(check, message="\n".join(filter(None, (check.message, *told)))) if check is first else check
        for check in checks
    ]
