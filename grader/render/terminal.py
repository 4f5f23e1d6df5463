"""Write reports, hints, statements and the list of items for a terminal, with rich.

Colour only where the console has it; every mark has a shape of its own, so nothing is said by
colour alone.
"""

import re
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

# Blanks at the end of a line, before the codes that end a colour.
_PADDING = re.compile(r" +((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)

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
    Outcome.INTERNAL: "our fault",
}


def print_view(view: RenderableType) -> None:
    """Print a view on standard output, without the blanks that rich pads lines with."""
    screen = console()
    with screen.capture() as captured:
        screen.print(view)
    screen.file.write(_PADDING.sub(r"\1", captured.get()))


def console() -> Console:
    """Make the console that output for people goes to; 100 columns wide when it is piped."""
    found = Console()
    return Console(
        highlight=False,
        emoji=False,
        markup=False,
        width=None if found.is_terminal else 100,
        # Without colours no bold or dim either: NO_COLOR asks for plain text.
        color_system=None if found.no_color else "auto",
    )


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
        table.add_column(justify=column)
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
    told = {shared}
    for check in checks:
        mark, style = _MARKS[check.outcome]
        table.add_row(
            Text(mark, style=style),
            Text(f"{check.points}/{check.max_points}", style="dim" if check.points else style),
            _check_text(check, reveal=reveal, told=told),
        )
        told.add(check.misconception)
    return table


def _check_text(check: CheckResult, *, reveal: bool, told: set[str]) -> Text:
    text = Text(readable(check.title))
    if check.outcome is Outcome.SKIPPED:
        return text
    if check.outcome is Outcome.MISSING:
        return text.append("" if check.message in told else f"  {check.message}", style="dim")
    word = _WORDS.get(check.outcome)
    if word:
        text.append(f"  ({word})", style="dim")
    if check.message and check.message not in told:
        text.append(f"\n{check.message}")
    if check.misconception:
        again = check.misconception in told
        text.append(f"\n→ {'the same mistake' if again else readable(check.misconception)}", style="yellow")
    if reveal and check.detail and check.detail not in check.message:
        text.append(f"\n{check.detail}", style="dim")
    return text


def _shared_message(checks: Sequence[CheckResult]) -> str:
    """Give the message that all failing checks share (a file that can't be loaded), to say it once."""
    messages = [check.message for check in checks if check.outcome not in (Outcome.PASSED, Outcome.SKIPPED)]
    return messages[0] if len(messages) > 1 and len(set(messages)) == 1 else ""


def _total(report: Report, shown: Sequence[CheckResult]) -> Text:
    points, total = sum(check.points for check in shown), sum(check.max_points for check in shown)
    text = Text("\n")
    text.append(f"{points} of {total} points", style="bold")
    filled = 24 * points // total
    text.append(f"  {'█' * filled}{'░' * (24 - filled)}", style="green" if filled == 24 else "yellow")
    if len(shown) < len(report.checks):
        text.append(f"  ({len(report.checks) - len(shown)} other checks were not asked for)", style="dim")
    hidden = [check for check in shown if check.outcome is Outcome.SKIPPED]
    if hidden:
        worth = sum(check.max_points for check in hidden)
        text.append(
            f"\n{len(hidden)} hidden checks worth {worth} points are still to come, where staff grade: "
            "hidden is not passed."
        )
    return text


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
