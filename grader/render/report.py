"""Write a report for a terminal: every check with what is wrong, the points, and one next step.

Plain lines styled by click: importing rich for them would take a twentieth of the time that a
learner waits. Every mark has a shape of its own, so nothing is said by colour alone.
"""

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from click import style

from grader.outcome import CheckResult, Outcome, Report, points_text
from grader.render.mathtext import readable

if TYPE_CHECKING:
    from grader.spec import Exercise

MARKS = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.PARTIAL: ("◐", "yellow"),
    Outcome.FAILED: ("✗", "red"),
    Outcome.ERROR: ("!", "red"),
    Outcome.TIMEOUT: ("⧗", "red"),
    Outcome.MISSING: ("○", "yellow"),
    Outcome.SKIPPED: ("·", None),
    Outcome.INTERNAL: ("?", "magenta"),
}
_WORDS = {
    Outcome.ERROR: "stopped with an error",
    Outcome.TIMEOUT: "out of time",
    Outcome.INTERNAL: "our fault",
}
_BAR = 24


def report_text(
    report: Report, spec: "Exercise", *, width: int, reveal: bool = False, only: Sequence[str] = ()
) -> str:
    """Lay out a report with colour codes.

    Args:
        report: What is shown.
        spec: The exercise, for its title and file.
        width: Columns of the terminal.
        reveal: Whether to show the values behind hidden checks.
        only: Ids of the checks to show; by default all.
    """
    shown = [check for check in report.checks if not only or check.id in only]
    shared = _shared_message(shown)
    title = style(readable(spec.title), bold=True)
    lines = [f"{style(report.item, fg='cyan', bold=True)}  {title}  {style(spec.file, dim=True)}"]
    if shared:
        lines += [*paragraph(shared, width, 2, fg="red"), ""]
    lines += _checks(shown, width, reveal=reveal, shared=shared)
    lines += ["", *_total(report, shown, width), *_next_step(report, shown, width)]
    lines += paragraph(f"seed {report.seed} · isolation: {', '.join(report.isolation)}", width, 0, dim=True)
    return "\n".join(lines)


def _checks(checks: Sequence[CheckResult], width: int, *, reveal: bool, shared: str) -> list[str]:
    places = max((len(points_of(check)) for check in checks), default=0)
    lines = []
    told = {shared}
    for check in checks:
        mark, colour = MARKS[check.outcome]
        points = points_of(check).rjust(places)
        first, *others = _check_lines(check, width - places - 5, reveal=reveal, told=told)
        points = style(points, dim=True) if check.points else style(points, fg=colour)
        lines.append(f"  {style(mark, fg=colour)} {points} {first}")
        lines += [" " * (places + 5) + line for line in others]
        told.add(check.misconception)
    return lines


def points_of(check: CheckResult) -> str:
    """Write a check's points: 2/3."""
    return f"{points_text(check.points)}/{check.max_points}"


def _check_lines(check: CheckResult, width: int, *, reveal: bool, told: set[str]) -> list[str]:
    word = _WORDS.get(check.outcome, "")
    suffix = f"  ({word})" if word else ""
    if check.outcome is Outcome.MISSING and check.message not in told:
        suffix = f"  {check.message}"
    lines = paragraph(readable(check.title) + suffix, width)
    if check.outcome in (Outcome.SKIPPED, Outcome.MISSING):
        return lines
    if check.message not in told:
        lines += paragraph(check.message, width)
    if check.misconception:
        again = check.misconception in told
        lines += paragraph(
            f"→ {'the same mistake' if again else readable(check.misconception)}", width, fg="yellow"
        )
    if reveal and check.detail not in check.message:
        lines += paragraph(check.detail, width, dim=True)
    return lines


def paragraph(
    text: str, width: int, indent: int = 0, *, fg: str | None = None, dim: bool | None = None
) -> list[str]:
    """Break a text into styled lines; its own line ends stay."""
    broken = [
        line
        for part in text.splitlines()
        for line in wrap(part, max(20, width - indent), break_on_hyphens=False) or [""]
    ]
    return [" " * indent + (style(line, fg=fg, dim=dim) if fg or dim else line) for line in broken]


def _shared_message(checks: Sequence[CheckResult]) -> str:
    """Give the message that all failing checks share (a file that can't be loaded), to say it once."""
    messages = [check.message for check in checks if check.outcome not in (Outcome.PASSED, Outcome.SKIPPED)]
    return messages[0] if len(messages) > 1 and len(set(messages)) == 1 else ""


def _total(report: Report, shown: Sequence[CheckResult], width: int) -> list[str]:
    points, total = sum(check.points for check in shown), sum(check.max_points for check in shown)
    left_out = len(report.checks) - len(shown)
    others = style(f"  ({left_out} other checks were not asked for)", dim=True) if left_out else ""
    lines = [total_line(points, total, width) + others]
    hidden = [check for check in shown if check.outcome is Outcome.SKIPPED]
    if hidden:
        worth = sum(check.max_points for check in hidden)
        announced = f"{len(hidden)} hidden checks worth {worth} points are still to come, where staff grade: hidden is not passed."
        lines += paragraph(announced, width)
    return lines


def total_line(points: float, total: int, width: int) -> str:
    """Write the sum of points with a bar, as far as there is room for one."""
    said = f"{points_text(points)} of {total} points"
    cells = min(_BAR, width - len(said) - 2)
    filled = int(cells * points / total)
    bar = style("█" * filled + "░" * (cells - filled), fg="green" if filled == cells else "yellow")
    return f"{style(said, bold=True)}  {bar}"


def _next_step(report: Report, shown: Sequence[CheckResult], width: int) -> list[str]:
    number = report.item.removeprefix("exercise-").lstrip("0")
    failing = [check for check in shown if check.outcome not in (Outcome.PASSED, Outcome.SKIPPED)]
    if any(check.outcome is Outcome.INTERNAL for check in failing):
        return paragraph("Something here is our fault: please tell your course staff.", width, fg="magenta")
    if not failing:
        return paragraph("All that ran has passed. Well done!", width, fg="green")
    if all(check.outcome is Outcome.MISSING for check in failing) and not report.points:
        return paragraph(
            f"Next: read the task with `grade {number} --statement`, then fill in the stub.", width, fg="cyan"
        )
    first = failing[0]
    step = f"Next: “{readable(first.title)}”. {readable(first.hint)}"
    return [
        *paragraph(step, width, fg="cyan"),
        *paragraph(f"`grade {number} --hint` opens the next hint.", width, dim=True),
    ]
