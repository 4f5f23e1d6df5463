"""Compare two runs: whose grade moved, by how much, and because of which check."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from grader.batch.book import latest_cover, learners_of
from grader.batch.record import Entry, Result, Run
from grader.batch.store import Store
from grader.outcome import Report, report_from_json


@dataclass(frozen=True, slots=True)
class CheckMove:
    """A check that gives other points, or ends otherwise, than before.

    Attributes:
        before: Points before; None where the check wasn't there.
        after: Points now; None where the check is gone.
        was, now: The outcomes; empty where the check wasn't there or is gone.
    """

    check: str
    before: float | None
    after: float | None
    max_before: float | None
    max_after: float | None
    was: str
    now: str

    @property
    def difference(self) -> float:
        """Points gained (or lost, when negative)."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True)
class Move:
    """One learner's result for one item that isn't what it was.

    Attributes:
        before: Points that the checks gave before; None where nothing was graded.
        after: Points that they give now.
        causes: What differs in what the result follows from: "submission", "checks", "grader",
            "seed", "Python", "NumPy", "isolation".
        checks: The checks that moved.
    """

    learner: str
    item: str
    before: float | None
    after: float | None
    causes: tuple[str, ...]
    checks: tuple[CheckMove, ...]

    @property
    def difference(self) -> float:
        """Points gained (or lost, when negative)."""
        return (self.after or 0) - (self.before or 0)


_CAUSES = {
    "checks": "checks", "grader_sha256": "grader", "seed": "seed", "python": "Python", "numpy": "NumPy",
    "weak": "isolation",
}  # fmt: skip


def moves(old_store: Store, old: Run, new_store: Store, new: Run) -> Iterator[Move]:
    """Walk over all that moved between two runs, of one store or of two, by learner and item."""
    before, after = _grades(old_store, old), _grades(new_store, new)
    everybody = [
        *(one.id for one in learners_of(new_store, new)),
        *(one.id for one in learners_of(old_store, old)),
    ]
    items = list(dict.fromkeys(item for _, item in (*after, *before)))
    for learner in dict.fromkeys(everybody):
        for item in items:
            was, now = before.get((learner, item)), after.get((learner, item))
            if was is None and now is None:
                continue
            if was is not None and now is not None and was.key == now.key:
                continue
            move = _move(learner, item, _result(old_store, was), _result(new_store, now))
            if move.before != move.after or move.checks:
                yield move


def _grades(store: Store, run: Run) -> dict[tuple[str, str], Entry]:
    found = {}
    for item, covering in latest_cover(store, run).items():
        for entry in store.entries(covering, item=item):
            found[entry.learner, item] = entry
    return found


def _result(store: Store, entry: Entry | None) -> Result | None:
    return None if entry is None else store.result(entry.key)


def _move(learner: str, item: str, was: Result | None, now: Result | None) -> Move:
    causes = []
    if was is None or now is None or was.sha256 != now.sha256:
        causes.append("submission")
    if was is not None and now is not None:
        causes += [
            word for name, word in _CAUSES.items() if was.made_with.get(name) != now.made_with.get(name)
        ]
    old, new = _report(was), _report(now)
    return Move(
        learner,
        item,
        None if old is None else old.points,
        None if new is None else new.points,
        tuple(causes),
        tuple(_check_moves(old, new)) if old is not None and new is not None else (),
    )


def _report(result: Result | None) -> Report | None:
    return None if result is None else report_from_json(json.loads(result.report))


def _check_moves(old: Report, new: Report) -> Iterator[CheckMove]:
    before = {check.id: check for check in old.checks}
    after = {check.id: check for check in new.checks}
    for name in dict.fromkeys([*after, *before]):
        was, now = before.get(name), after.get(name)
        move = CheckMove(
            name,
            was.points if was else None,
            now.points if now else None,
            was.max_points if was else None,
            now.max_points if now else None,
            was.outcome.value if was else "",
            now.outcome.value if now else "",
        )
        if (move.before, move.was, move.max_before) != (move.after, move.now, move.max_after):
            yield move
