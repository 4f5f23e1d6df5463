"""What a learner is told of a grade and of a check, in plain text; each format dresses it its own way."""

from collections.abc import Callable

from grader.batch.gradebook import Basis, Cell
from grader.outcome import CheckResult, Outcome, Report, points_text
from grader.render.mathtext import readable

Write = Callable[[str], str]

NOTHING_WRONG = (Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL)


def remembered(write: Write) -> Write:
    """Keep what was written: titles, hints and misconceptions are few, learners many."""
    known: dict[str, str] = {}

    def look_up(text: str) -> str:
        found = known.get(text)
        if found is None:
            found = known[text] = write(text)
        return found

    return look_up


def reading() -> Write:
    """Make a function that writes an author's text with its mathematics in Unicode."""
    return remembered(readable)


def points_of(points: float, full: int) -> str:
    """Write points of points."""
    return f"{points_text(points)} of {full} points"


def listed(words: list[str]) -> str:
    """Join words as a sentence does: a, b and c."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def about_grade(cell: Cell) -> list[str]:
    """Say what a grade rests on where that isn't the checks alone, and under which circumstances it came."""
    told = []
    match cell.basis:
        case Basis.REVIEW:
            told.append(
                "No grade yet: something went wrong on our side, not on yours. Staff will look at it."
            )
        case Basis.MISSING:
            told.append("Nothing was handed in.")
        case Basis.OVERRIDE:
            by_checks = "" if cell.earned is None else f" The checks alone gave {points_text(cell.earned)}."
            reason = f" Reason: {cell.reason.strip()}" if cell.reason.strip() else ""
            told.append(f"This grade was set by your course staff.{by_checks}{reason}")
        case Basis.KEPT:
            now = "less" if cell.earned is None else points_text(cell.earned)
            told.append(
                f"The grade that you were shown before stands: the checks would give {now} now, "
                "and a grade isn't lowered afterwards."
            )
    if cell.late:
        told.append("It was marked as handed in late; no points were taken off for that here.")
    if cell.group:
        told.append(f"Handed in together with {listed(list(cell.group))}.")
    return told


def about_check(check: CheckResult, written: Write) -> str:
    """Say what is wrong, why that may be, and the way on; empty where there is nothing to say."""
    told = [check.message.strip("\n")] if check.message else []
    if check.outcome not in NOTHING_WRONG:
        told += [f"A likely reason: {written(check.misconception)}"] if check.misconception else []
        told += [f"Hint: {written(check.hint)}"] if check.hint else []
    return "\n".join(told)


def shared_message(report: Report) -> str:
    """Give the message that all checks that ran share (a file that can't be loaded), to say it once."""
    ran = [check for check in report.checks if check.outcome is not Outcome.SKIPPED]
    messages = {check.message for check in ran}
    fails = all(check.outcome not in NOTHING_WRONG for check in ran)
    return messages.pop() if fails and len(ran) > 1 and len(messages) == 1 else ""
