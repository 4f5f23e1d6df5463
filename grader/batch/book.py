"""Make the gradebook of a run: what the store holds, what was set by hand, and what was shown before."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.batch.gradebook import Basis, Cell, Column, Gradebook, Row
from grader.batch.handin import Learner, Odd
from grader.batch.overrides import Override
from grader.batch.record import Entry, Result, Run
from grader.batch.store import Store
from grader.outcome import Outcome, Report, points_text, report_from_json


@dataclass(frozen=True)
class Policy:
    """What stands beside the checks.

    Attributes:
        overrides: Grades set by hand, by learner and item.
        shown: Grades that learners may have seen already.
        allow_lower: Whether a grade may fall below the one shown.
    """

    overrides: Mapping[tuple[str, str], Override]
    shown: Mapping[tuple[str, str], float]
    allow_lower: bool = False


def gradebook_of(
    store: Store,
    run: Run,
    columns: Sequence[Column],
    policy: Policy,
    *,
    odd: Sequence[Odd] = (),
    notes: Sequence[str] = (),
) -> Gradebook:
    """Make the gradebook as it stands after a run.

    An item that this run didn't cover keeps what the latest run before it found.

    Args:
        store: Holds the runs and results.
        run: The run.
        columns: The course's items, in its order; those that no run covered are left out.
        policy: What stands beside the checks.
        odd: What wasn't graded and why.
        notes: What staff should know, one sentence each.
    """
    covering = latest_cover(store, run)
    shown_columns = tuple(column for column in columns if column.item in covering)
    everybody = learners_of(store, run)

    def rows() -> Iterator[Row]:
        for learner in everybody:
            yield _row(store, learner, shown_columns, covering, policy)

    return Gradebook(shown_columns, len(everybody), rows, tuple(odd), tuple(notes), tuple(run.about.items()))


def latest_cover(store: Store, run: Run) -> dict[str, int]:
    """Give for each item the latest run, up to this one, that covered it."""
    return {item: earlier.id for earlier in store.runs() if earlier.id <= run.id for item in earlier.items}


def learners_of(store: Store, run: Run) -> list[Learner]:
    """Give a run's learners in their order, and after them those whose grades come from earlier runs."""
    found = {learner.id: learner for learner in store.learners(run.id)}
    for earlier in sorted(set(latest_cover(store, run).values()) - {run.id}, reverse=True):
        for learner in store.learners(earlier):
            found.setdefault(learner.id, learner)
    return list(found.values())


def _row(
    store: Store, learner: Learner, columns: Sequence[Column], covering: Mapping[str, int], policy: Policy
) -> Row:
    entries: dict[str, Entry] = {}
    for run in set(covering.values()):
        for entry in store.entries(run, learner=learner.id):
            if covering.get(entry.item) == run:
                entries[entry.item] = entry
    cells, reports = [], {}
    for column in columns:
        found = entries.get(column.item)
        result = store.result(found.key) if found is not None else None
        if result is not None:
            reports[column.item] = report_from_json(json.loads(result.report))
        cell = _cell(learner.id, column, found, result, reports.get(column.item))
        cells.append(_decided(cell, policy))
    return Row(learner, tuple(cells), reports)


def _cell(
    learner: str, column: Column, entry: Entry | None, result: Result | None, report: Report | None
) -> Cell:
    """Give the grade that the checks give, before hands and history have their say."""
    if entry is None:
        return Cell(learner, column.item, 0, column.max_points, Basis.MISSING, "Nothing was handed in.")
    handed = {
        "late": entry.late,
        "handed_in_at": entry.handed_in_at,
        "origin": entry.origin,
        "sha256": entry.sha256,
        "group": tuple(other for other in entry.learners if other != learner),
    }
    if result is None or report is None:
        why = entry.fault or "It hasn't been graded yet."
        return Cell(learner, column.item, None, column.max_points, Basis.REVIEW, why, **handed)  # type: ignore[arg-type]
    faulty = [check.id for check in report.checks if check.outcome is Outcome.INTERNAL]
    if faulty:
        handed["reason"] = f"Our fault in {', '.join(faulty)}; staff must look."
    return Cell(
        learner,
        column.item,
        None if faulty else report.points,
        report.max_points,
        Basis.REVIEW if faulty else Basis.GRADED,
        earned=report.points,
        cpu_s=result.cpu_s,
        peak_mb=result.peak_mb,
        graded_at=result.graded_at,
        **handed,  # type: ignore[arg-type]
    )


def _decided(cell: Cell, policy: Policy) -> Cell:
    """Let a grade set by hand stand, and a grade shown before as well where it is the higher one."""
    place = (cell.learner, cell.item)
    override = policy.overrides.get(place)
    if override is not None:
        return replace(cell, points=override.points, basis=Basis.OVERRIDE, reason=override.reason)
    shown = policy.shown.get(place)
    if shown is None or policy.allow_lower:
        return cell
    if cell.basis is Basis.REVIEW:
        return replace(cell, points=shown)
    # Files show points with two decimals.
    if cell.points is not None and shown > cell.points + 0.0051:
        now = "nothing was handed in this time" if cell.basis is Basis.MISSING else (
            f"the checks now give {points_text(cell.points)}"
        )  # fmt: skip
        return replace(
            cell,
            points=shown,
            basis=Basis.KEPT,
            reason=f"{points_text(shown)} was shown before; {now}.",
            earned=cell.points,
        )
    return cell
