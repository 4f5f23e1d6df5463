"""Write the report of a quiz for a terminal: what was wrong, attempts that are left, concepts to look at again."""

from collections.abc import Mapping, Sequence

from click import style

from grader.missed import Missed
from grader.outcome import CheckResult, Outcome, Report, points_text
from grader.quiz.marked import Marked
from grader.quiz.marking.judged import Status
from grader.quiz.quiz import Quiz
from grader.quiz.shown import Shown
from grader.render.mathtext import readable
from grader.render.quiz import caret_lines, share_text, understood_text
from grader.render.report import MARKS, paragraph, points_of, total_line

_MOST_CONCEPTS = 5
_MOST_EXERCISES = 3


def quiz_report_text(
    quiz: Quiz,
    report: Report,
    marked: Sequence[Marked],
    shown: Mapping[str, Shown],
    *,
    whose: str,
    hints: Mapping[str, int],
    missed: Sequence[Missed],
    width: int,
    only: Sequence[str] = (),
    reveal: bool = False,
) -> str:
    """Lay out a report with colour codes.

    Args:
        quiz: The quiz.
        report: What is shown.
        marked: What became of each question; empty where there is no key.
        shown: Each question with the learner's numbers.
        whose: For whom the numbers were drawn.
        hints: How many hints of each question are open.
        missed: The concepts that were missed.
        width: Columns of the terminal.
        only: Ids of the questions to show; by default all.
        reveal: Whether to show the details.
    """
    checks = [check for check in report.checks if not only or check.id in only]
    by_id = {each.question: each for each in marked}
    places = max((len(points_of(check)) for check in checks), default=0)
    lines = [f"{style(report.item, fg='cyan', bold=True)}  {style(readable(quiz.title), bold=True)}"]
    for check in checks:
        each = by_id.get(check.id)
        mark, colour = MARKS[Outcome.PASSED if each and each.status is Status.RIGHT else check.outcome]
        inside = width - places - 5
        first, *others = _question_lines(quiz, check, each, shown[check.id], hints, inside, reveal=reveal)
        points = points_of(check).rjust(places) if marked else " " * places
        lines.append(f"  {style(mark, fg=colour)} {style(points, dim=True)} {first}")
        lines += [" " * (places + 5) + line for line in others]
    lines.append("")
    lines += _ending(quiz, report, checks, by_id, missed, width)
    lines += paragraph(f"The numbers are drawn {whose}.", width, dim=True)
    return "\n".join(lines)


def _question_lines(
    quiz: Quiz,
    check: CheckResult,
    marked: Marked | None,
    shown: Shown,
    hints: Mapping[str, int],
    width: int,
    *,
    reveal: bool,
) -> list[str]:
    title = f"{shown.number}. {readable(check.title)}"
    if check.outcome is Outcome.MISSING:
        return paragraph(f"{title} – not answered", width, dim=True)
    lines = paragraph(title, width)
    if check.outcome is Outcome.SKIPPED:
        return [*lines, *paragraph(check.message, width, dim=True)]
    if check.outcome is Outcome.ERROR and not (marked and marked.status is Status.UNDECIDED):
        message = caret_lines(f"{readable(check.message)}", width)
        return [*lines, *(style(line, fg="red") for line in message), *_free(width)]
    if marked is not None and marked.read_as:
        lines += paragraph(f"You answered {understood_text(marked.read_as, shown)}", width, dim=True)
    wrong = "" if check.misconception or check.outcome is not Outcome.FAILED else "This isn't right."
    lines += paragraph(readable(check.message) or wrong, width)
    if check.misconception:
        lines += paragraph(f"→ {readable(check.misconception)}", width, fg="yellow")
    if check.outcome is Outcome.ERROR:
        return [*lines, *_free(width)]
    if marked is not None:
        lines += paragraph(_attempts(quiz, marked, check, hints.get(check.id, 0)), width, dim=True)
    return lines + (paragraph(check.detail, width, dim=True) if reveal else [])


def _free(width: int) -> list[str]:
    return paragraph("This costs nothing.", width, dim=True)


def _attempts(quiz: Quiz, marked: Marked, check: CheckResult, opened: int) -> str:
    """Say what attempts and hints have cost, and what a right answer would still earn."""
    rule = quiz.attempts
    said = []
    costs = [hint.cost for hint in quiz.plans[check.id].question.hints[:opened] if hint.cost]
    if costs:
        said.append(f"{len(costs)} hint{'s' if len(costs) > 1 else ''}: −{share_text(sum(costs))}.")
    if marked.status is Status.RIGHT:
        if marked.attempts > 1 and rule.penalty:
            lost = share_text(rule.penalty * (marked.attempts - 1))
            said.append(f"Right at attempt {marked.attempts}: −{lost}.")
        return " ".join(said)
    left = rule.max - marked.attempts
    if left <= 0:
        said.append("No attempts are left.")
        return " ".join(said)
    worth = max(0.0, 1 - rule.penalty * marked.attempts - sum(costs)) * check.max_points
    if round(worth, 6) <= check.points:
        return " ".join(said)
    attempts = f"{left} attempt{'s' if left > 1 else ''} left"
    return " ".join([*said, f"{attempts}; right next time earns {points_text(worth)} of {check.max_points}."])


def _ending(
    quiz: Quiz,
    report: Report,
    checks: Sequence[CheckResult],
    marked: Mapping[str, Marked],
    missed: Sequence[Missed],
    width: int,
) -> list[str]:
    short = f"q{report.item.removeprefix('quiz-').lstrip('0')}"
    unanswered = [check for check in checks if check.outcome is Outcome.MISSING]
    unreadable = [check for check in checks if check.outcome is Outcome.ERROR]
    if not marked:
        return _unmarked(report, checks, unanswered, unreadable, short, width)
    unreadable = [check for check in unreadable if marked[check.id].status is not Status.UNDECIDED]
    lines = [total_line(sum(c.points for c in checks), sum(c.max_points for c in checks), width)]
    if any(check.outcome is Outcome.INTERNAL for check in checks):
        lines += paragraph("Something here is our fault: please tell your course staff.", width, fg="magenta")
    if all(marked[check.id].status is Status.RIGHT for check in checks):
        lines += paragraph("All of it is right. Well done!", width, fg="green")
        return lines
    lines += _look_again(missed, width)
    again = [check for check in checks if can_be_tried_again(quiz, marked[check.id])]
    told = [
        f"{len(group)} {what}"
        for group, what in (
            (unanswered, "not answered yet"),
            (unreadable, "to be written anew"),
            (again, "to try again"),
        )
        if group
    ]
    if told:
        lines += paragraph(f"Next: `grade {short}` asks again: {', '.join(told)}.", width, fg="cyan")
    return lines


def can_be_tried_again(quiz: Quiz, marked: Marked) -> bool:
    """Tell whether a question was answered, but not rightly, and may be answered again."""
    return (
        marked.status in (Status.WRONG, Status.PARTLY, Status.UNDECIDED)
        and marked.attempts < quiz.attempts.max
    )


def _unmarked(
    report: Report,
    checks: Sequence[CheckResult],
    unanswered: Sequence[CheckResult],
    unreadable: Sequence[CheckResult],
    short: str,
    width: int,
) -> list[str]:
    kept = len(checks) - len(unanswered) - len(unreadable)
    lines = paragraph(
        f"{kept} of {len(checks)} answers are kept, worth up to {report.max_points} points in all. "
        "This copy of the course holds no keys: staff will mark them.",
        width,
    )
    if unanswered or unreadable:
        told = [
            f"{len(group)} {what}"
            for group, what in ((unanswered, "not answered yet"), (unreadable, "can't be read"))
            if group
        ]
        lines += paragraph(f"Next: {', '.join(told)}. `grade {short}` asks for them.", width, fg="cyan")
    return lines


def _look_again(missed: Sequence[Missed], width: int) -> list[str]:
    if not missed:
        return []
    lines = paragraph("To look at again:", width)
    for each in missed[:_MOST_CONCEPTS]:
        said = each.name
        if each.elsewhere:
            said += f": missed here and in {_listed(each.elsewhere)}"
        elif each.ahead:
            said += f": {_listed(each.ahead[:1])} practises it"
        lines += paragraph(f"· {said}", width, 2)
    return lines


def _listed(items: Sequence[str]) -> str:
    named = list(items[:_MOST_EXERCISES])
    if len(items) > _MOST_EXERCISES:
        named.append("others")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
