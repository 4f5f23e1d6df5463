"""`grader diff`: who moves between two runs of a batch, by how much, and because of which check."""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import click

from grader.batch.record import Run
from grader.batch.regrade import CheckMove, Move, moves
from grader.batch.store import NAME, Store
from grader.errors import UsageFault
from grader.outcome import points_text
from grader.printable import one_line

_AT = re.compile(r"(.*)@([0-9]{1,9})")


def diff_command(old: str, new: str | None, *, as_json: bool) -> int:
    """Print what moved between two runs; give the exit code.

    Args:
        old: A folder of a batch, or `DIR@RUN`; without `new` its last two runs are compared.
        new: The other one.
        as_json: Whether to print JSON, one line a move.

    Raises:
        UsageFault: There is no such store or run.
    """
    with ExitStack() as stack:
        stores: dict[Path, Store] = {}
        old_store, old_runs = _pick(old, stores, stack)
        if new is None:
            if len(old_runs) < 2:
                raise UsageFault(f"{old}: holds one run only; name another folder to compare it with.")
            new_store, before, after = old_store, old_runs[-2], old_runs[-1]
        else:
            new_store, new_runs = _pick(new, stores, stack)
            before, after = old_runs[-1], new_runs[-1]
        found = list(moves(old_store, before, new_store, after))
    if as_json:
        for move in found:
            click.echo(json.dumps({**asdict(move), "difference": move.difference}, ensure_ascii=False))
        return 0
    click.echo(f"From run {before.id} ({before.started}) to run {after.id} ({after.started}):")
    _tell(found)
    return 0


def _pick(given: str, stores: dict[Path, Store], stack: ExitStack) -> tuple[Store, list[Run]]:
    """Open a store (once) and give its runs up to the one that is meant."""
    at = _AT.fullmatch(given)
    folder, number = (Path(at[1]), int(at[2])) if at and not Path(given).exists() else (Path(given), None)
    path = folder.resolve()
    if path not in stores:
        if not (folder / NAME).is_file():
            raise UsageFault(f"{folder}: holds no {NAME}; give the folder that was --out of a batch.")
        stores[path] = stack.enter_context(Store(folder))
    runs = stores[path].runs()
    if number is not None:
        runs = [run for run in runs if run.id <= number]
        if not runs or runs[-1].id != number:
            raise UsageFault(f"{folder}: holds no run {number}.")
    if not runs:
        raise UsageFault(f"{folder}: holds no run yet.")
    return stores[path], runs


def _tell(found: Sequence[Move]) -> None:
    moved = [move for move in found if move.difference]
    if not found:
        click.echo("Nothing moves.")
        return
    up = sum(move.difference > 0 for move in moved)
    click.echo(
        f"{len(moved)} grade{' moves' if len(moved) == 1 else 's move'}: {up} up, {len(moved) - up} down."
    )
    by_check: dict[tuple[str, str], list[CheckMove]] = defaultdict(list)
    for move in found:
        for check in move.checks:
            by_check[move.item, check.check].append(check)
    for (item, name), changes in by_check.items():
        click.echo(f"  {item} {name}: {_change(changes)}")
    for move in found:
        causes = " and ".join(move.causes) or "nothing that is recorded"
        click.echo(
            f"{one_line(move.learner)}, {move.item}: {_points(move.before)} → {_points(move.after)} "
            f"({move.difference:+g}; because of the {causes})"
        )
        for check in move.checks:
            click.echo(
                f"    {check.check}: {_side(check.before, check.max_before, check.was)} → {_side(check.after, check.max_after, check.now)}"
            )


def _change(changes: Sequence[CheckMove]) -> str:
    total = sum(change.difference for change in changes)
    reasons = []
    if any(change.max_before != change.max_after for change in changes):
        reasons.append(
            f"is worth {_points(changes[0].max_after)} instead of {_points(changes[0].max_before)}"
        )
    if any(change.was != change.now for change in changes):
        reasons.append("ends otherwise")
    return f"moves {len(changes)} learner{'' if len(changes) == 1 else 's'} by {total:+g} in all ({', '.join(reasons)})"


def _points(points: float | None) -> str:
    return "–" if points is None else points_text(points)


def _side(points: float | None, most: float | None, outcome: str) -> str:
    return "not there" if points is None else f"{outcome} {points_text(points)}/{_points(most)}"
