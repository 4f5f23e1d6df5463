"""Write reports, hints, statements and the list of items for a terminal, with rich.

Colour only where the console has it; every mark has a shape of its own, so nothing is said by
colour alone.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.outcome import CheckResult, Outcome, Report
from grader.render.mathtext import readable

if TYPE_CHECKING:
    from grader.spec import Exercise
    from grader.standing import Standing

_MARKS = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.FAILED: ("✗", "red"),
    Outcome.ERROR: ("!", "red"),
    Outcome.TIMEOUT: ("⧗", "red"),
    Outcome.MISSING: ("○", "yellow"),
    Outcome.SKIPPED: ("·", "dim"),
    Outcome.INTERNAL: ("?", "magenta"),
}
_WORDS = {
    Outcome.ERROR: "stopped with an error",
    Outcome.TIMEOUT: "out of time",
    Outcome.MISSING: "still to be written",
    Outcome.INTERNAL: "our fault",
}


def console(*, stderr: bool = False) -> Console:
    """Make the console that output for people goes to; as wide as the text when it is piped."""
    plain = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    return plain if plain.is_terminal else Console(
        stderr=stderr, highlight=False, emoji=False, markup=False, width=100
    )  # fmt: skip


def report_view(
    report: Report, spec: "Exercise", *, reveal: bool = False, only: Sequence[str] = ()
) -> RenderableType:
    """Lay out a report: every check with what is wrong, the points, and one next step."""
    shown = [check for check in report.checks if not only or check.id in only]
    shared = _shared_message(shown)
    parts: list[RenderableType] = [_heading(report.item, spec)]
    if shared:
        parts.append(Padding(Text(shared, style="red"), (0, 0, 1, 2)))
    parts.append(Padding(_check_table(shown, reveal=reveal, shared=shared), (0, 0, 0, 2)))
    parts.append(_total(report, shown))
    parts.extend(_next_step(report, shown))
    parts.append(Text(f"seed {report.seed} · {_isolation(report)}", style="dim"))
    return Group(*parts)


def hint_view(check: CheckResult, steps: Sequence[str], opened: int) -> RenderableType:
    """Lay out the open steps of a hint."""
    lines = [Text(f"Hints for “{readable(check.title)}”", style="bold")]
    for number, step in enumerate(steps[:opened], 1):
        lines.append(Text(f"  {number}. {readable(step)}"))
    left = len(steps) - opened
    lines.append(
        Text(
            f"  {left} more to open: ask again with --hint." if left else "  That was the last one.",
            style="dim",
        )
    )
    return Group(*lines)


def statement_view(item: str, spec: "Exercise") -> RenderableType:
    """Lay out an exercise's statement, with its mathematics in Unicode."""
    from rich.markdown import Markdown

    sources = "\n".join(f"- {reference}" for reference in spec.references)
    text = readable(f"{spec.statement}\n\n**Sources**\n\n{sources}")
    return Group(_heading(item, spec), Padding(Markdown(text), (0, 0, 0, 2)))


def list_view(standings: Sequence["Standing"]) -> RenderableType:
    """Lay out the items with the points earned so far."""
    table = Table.grid(padding=(0, 2))
    for column in ("left", "right", "left", "left"):
        table.add_column(justify=column)  # type: ignore[arg-type]  # the loop variable is typed str
    for line in standings:
        table.add_row(*_standing_row(line))
    earned = sum(line.points or 0 for line in standings)
    total = sum(line.max_points for line in standings)
    return Group(table, Text(""), Text(f"{earned} of {total} points so far", style="bold"))


def _standing_row(line: "Standing") -> tuple[Text, Text, Text, Text]:
    if line.fault:
        return Text(line.item), Text("?"), Text(line.fault, style="red"), Text("")
    if line.points is None:
        return (
            Text(line.item),
            Text(f"– / {line.max_points}", style="dim"),
            Text(readable(line.title)),
            Text(""),
        )
    style = "green" if line.points == line.max_points else "yellow"
    remark = Text("changed since; grade it again", style="dim") if line.stale else Text("")
    return (
        Text(line.item),
        Text(f"{line.points} / {line.max_points}", style=style),
        Text(readable(line.title)),
        remark,
    )


def _heading(item: str, spec: "Exercise") -> Text:
    heading = Text(f"{item}  ", style="bold cyan")
    heading.append(readable(spec.title), style="bold")
    heading.append(f"  {spec.file}", style="dim")
    return heading


def _check_table(checks: Sequence[CheckResult], *, reveal: bool, shared: str) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for check in checks:
        mark, style = _MARKS[check.outcome]
        table.add_row(
            Text(mark, style=style),
            Text(f"{check.points}/{check.max_points}", style="dim" if check.points else style),
            _check_text(check, reveal=reveal, shared=shared),
        )
    return table


def _check_text(check: CheckResult, *, reveal: bool, shared: str) -> Text:
    text = Text(readable(check.title))
    word = _WORDS.get(check.outcome)
    if word:
        text.append(f"  ({word})", style="dim")
    message = "" if check.message == shared else check.message
    if check.outcome is Outcome.SKIPPED:
        message = ""
    if message:
        text.append(f"\n{message}")
    if check.misconception and check.misconception != message:
        text.append(f"\n→ {readable(check.misconception)}", style="yellow")
    if reveal and check.detail and check.detail not in message:
        text.append(f"\n{check.detail}", style="dim")
    return text


def _shared_message(checks: Sequence[CheckResult]) -> str:
    """Give the message that all failing checks share (a file that can't be loaded), to say it once."""
    messages = {check.message for check in checks if check.outcome not in (Outcome.PASSED, Outcome.SKIPPED)}
    return messages.pop() if len(messages) == 1 and len(checks) > 1 else ""


def _total(report: Report, shown: Sequence[CheckResult]) -> Text:
    text = Text("\n")
    text.append(f"{report.points} of {report.max_points} points", style="bold")
    filled = round(24 * report.points / report.max_points)
    text.append(f"  {'█' * filled}{'░' * (24 - filled)}", style="green" if filled == 24 else "yellow")
    hidden = [check for check in shown if check.outcome is Outcome.SKIPPED and not check.visible]
    if hidden and not _asked_for_some(shown):
        worth = sum(check.max_points for check in hidden)
        text.append(
            f"\n{len(hidden)} hidden checks worth {worth} points are still to come, where staff grade: "
            "hidden is not passed."
        )
    return text


def _asked_for_some(shown: Sequence[CheckResult]) -> bool:
    return any(check.message.startswith("Not asked") for check in shown)


def _next_step(report: Report, shown: Sequence[CheckResult]) -> list[RenderableType]:
    number = report.item.removeprefix("exercise-").lstrip("0")
    failing = [check for check in shown if check.outcome not in (Outcome.PASSED, Outcome.SKIPPED)]
    if any(check.outcome is Outcome.INTERNAL for check in failing):
        return [Text("Something here is our fault: please tell your course staff.", style="magenta")]
    if not failing:
        return [Text("All that ran has passed. Well done!", style="green")] if shown else []
    if all(check.outcome is Outcome.MISSING for check in failing) and not report.points:
        return [
            Text(
                f"Next: read the task with `grade {number} --statement`, then fill in the stub.", style="cyan"
            )
        ]
    first = failing[0]
    step = Text("Next: ", style="cyan")
    step.append(f"“{readable(first.title)}”. {readable(first.hint)}")
    step.append(f"\n`grade {number} --hint` opens the next hint.", style="dim")
    return [step]


def _isolation(report: Report) -> str:
    return f"isolation: {', '.join(report.isolation)}"
