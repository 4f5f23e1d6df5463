"""Write hints, statements and the list of items for a terminal, with rich; colour only where it has it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.outcome import CheckResult, points_text
from grader.render.mathtext import readable

if TYPE_CHECKING:
    from grader.spec import Exercise
    from grader.standing import Standing

# Blanks at the end of a line, before the codes that end a colour.
_PADDING = re.compile(r" +((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)


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


def statement_view(item: str, spec: "Exercise", leads_to: Sequence[str]) -> RenderableType:
    """Lay out an exercise's statement, its mathematics in Unicode, and its place in the course."""
    from rich.markdown import Markdown

    sources = "\n".join(f"- {reference}" for reference in spec.references)
    text = readable(f"{spec.statement}\n\n**Sources**\n\n{sources}", markdown=True)
    place = f"Needs: {_numbers(spec.needs)}. Leads on to: {_numbers(leads_to)}. Difficulty {spec.difficulty} of 5."
    return Group(
        _heading(item, spec), Text(place, style="dim"), Text(""), Padding(Markdown(text), (0, 0, 0, 2))
    )


def _numbers(items: Sequence[str]) -> str:
    return ", ".join(item.removeprefix("exercise-") for item in items) or "none"


def list_view(standings: Sequence["Standing"]) -> RenderableType:
    """Lay out the items with the points earned so far."""
    table = Table.grid(padding=(0, 2))
    for column in ("left", "right", "left", "left"):
        table.add_column(justify=column)
    for line in standings:
        table.add_row(*_standing_row(line))
    earned = sum(line.points or 0 for line in standings)
    total = sum(line.max_points for line in standings)
    return Group(table, Text(""), Text(f"{points_text(earned)} of {total} points so far", style="bold"))


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
        Text(f"{points_text(line.points)} / {line.max_points}", style=style),
        Text(readable(line.title)),
        remark,
    )


def _heading(item: str, spec: "Exercise") -> Text:
    heading = Text(f"{item}  ", style="bold cyan")
    heading.append(readable(spec.title), style="bold")
    heading.append(f"  {spec.file}", style="dim")
    return heading
