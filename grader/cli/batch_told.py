"""What `grader batch` says in the end, to people and to programs."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import click

from grader.batch.gradebook import Basis, Cell, Row
from grader.batch.intake import Intake
from grader.batch.run import Planned
from grader.outcome import points_text
from grader.printable import one_line

T = TypeVar("T")

_LISTED = 12


@dataclass
class Told:
    """What a batch has to say in the end, gathered on the way."""

    review: list[Cell] = field(default_factory=list)
    kept: list[Cell] = field(default_factory=list)
    by_hand: list[Cell] = field(default_factory=list)
    graded: int = 0
    remarks: list[str] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    outputs: tuple[Path, ...] = ()

    def hear(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Pass rows on, and note what staff should know of them."""
        places = {Basis.REVIEW: self.review, Basis.KEPT: self.kept, Basis.OVERRIDE: self.by_hand}
        for row in rows:
            for cell in row.cells:
                if cell.basis in places:
                    places[cell.basis].append(cell)
            yield row


def recognised(hand_ins: Intake) -> str:
    """Say how what was handed in is laid out, and how much there is."""
    layout = (
        "a folder a learner"
        if hand_ins.layout == "plain"
        else f"a bulk download of {hand_ins.layout.capitalize()}"
    )
    return f"Recognised as {layout}: {counted(len(hand_ins), 'file')} of {counted(len(hand_ins.learners), 'learner')}."


def counted(number: int, noun: str) -> str:
    """Write a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def tell_plan(hand_ins: Intake, planned: Planned, *, as_json: bool) -> None:
    """Say what a batch would do."""
    if as_json:
        click.echo(
            json.dumps(
                {"handed_in": planned.handed_in, "to_grade": planned.to_grade, "odd": len(hand_ins.odd)}
            )
        )
        return
    for item, number in sorted(planned.handed_in.items()):
        click.echo(f"  {item}: {counted(number, 'file')}, {planned.to_grade[item]:,} to grade")
    click.echo(
        f"{planned.to_grade.total():,} to grade, {_odd(len(hand_ins.odd))}. Nothing was graded or written."
    )
    _tell_odd(hand_ins)


def tell(hand_ins: Intake, told: Told, out: Path, *, as_json: bool) -> None:
    """Say what a batch found and where its outputs lie."""
    if as_json:
        click.echo(json.dumps(_data(hand_ins, told), ensure_ascii=False))
        return
    _tell_odd(hand_ins)
    _listing(
        f"{len(told.review):,} need{'s' if len(told.review) == 1 else ''} review",
        told.review,
        lambda cell: f"{_place(cell)}: {cell.reason}",
    )
    _listing(
        f"{counted(len(told.kept), 'grade')} kept (--allow-lower lets them fall)",
        told.kept,
        lambda cell: f"{_place(cell)}: {cell.reason}",
    )
    _listing(
        f"{counted(len(told.by_hand), 'grade')} set by hand",
        told.by_hand,
        lambda cell: f"{_place(cell)}: {points_text(cell.points or 0)}, {one_line(cell.reason)}",
    )
    for sentence in (*told.notes, *told.remarks):
        click.echo(f"Note: {sentence}")
    click.echo(
        f"Graded {counted(told.graded, 'submission')} now; written: {', '.join(path.name for path in told.outputs)} in {out}."
    )


def _tell_odd(hand_ins: Intake) -> None:
    kinds = Counter(odd.kind for odd in hand_ins.odd)
    if kinds:
        told = ", ".join(f"{number:,} {kind}" for kind, number in kinds.most_common())
        _listing(
            f"{_odd(len(hand_ins.odd))} ({told})",
            hand_ins.odd,
            lambda odd: f"{odd.origin}: {odd.reason}",
        )


def _odd(number: int) -> str:
    return f"{number:,} odd entr{'y' if number == 1 else 'ies'}"


def _listing(title: str, things: Sequence[T], line: Callable[[T], str]) -> None:
    if not things:
        return
    click.echo(f"{title}:")
    for thing in things[:_LISTED]:
        click.echo(f"  {line(thing)}")
    if len(things) > _LISTED:
        click.echo(f"  … and {len(things) - _LISTED:,} more; report.html lists them.")


def _place(cell: Cell) -> str:
    return f"{one_line(cell.learner)}, {cell.item}"


def _data(hand_ins: Intake, told: Told) -> dict[str, object]:
    def cells(found: list[Cell]) -> list[dict[str, object]]:
        return [
            {
                "learner": cell.learner,
                "item": cell.item,
                "points": cell.points,
                "earned": cell.earned,
                "reason": cell.reason,
            }
            for cell in found
        ]

    return {
        "layout": hand_ins.layout,
        "learners": len(hand_ins.learners),
        "files": len(hand_ins),
        "graded": told.graded,
        "needs_review": cells(told.review),
        "kept": cells(told.kept),
        "overridden": cells(told.by_hand),
        "odd": [{"origin": odd.origin, "reason": odd.reason, "kind": odd.kind} for odd in hand_ins.odd],
        "notes": list(told.notes),
        "remarks": told.remarks,
        "outputs": [str(path) for path in told.outputs],
    }
