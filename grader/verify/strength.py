"""How strong an exercise's hidden checks are: the share of mutants of the reference that they kill."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.checking.run import Examination
from grader.course import Course, Item
from grader.errors import CourseFault
from grader.outcome import Outcome
from grader.source import make_source
from grader.verify.files import place
from grader.verify.mutants import Mutant, mutants
from grader.verify.violation import Violation
from grader.yamlfile import read_yaml

# At least this share of the mutants that aren't declared equivalent must die.
LEAST_KILLED = 0.95
# A mutant that loops is killed soon: the reference needs a fraction of this.
_CHECK_S = 0.5


@dataclass(frozen=True, slots=True)
class Strength:
    """What became of an exercise's mutants.

    Attributes:
        killed: How many were failed by a hidden check.
        survivors: Those that passed every hidden check and aren't declared equivalent.
        equivalent: How many survivors are declared to be no mistakes, with a reason.
    """

    killed: int
    survivors: tuple[Mutant, ...]
    equivalent: int

    @property
    def share_killed(self) -> float:
        """The share killed of those that aren't declared equivalent."""
        judged = self.killed + len(self.survivors)
        return self.killed / judged if judged else 1.0


def measure_strength(examination: Examination, sample: int | None = None) -> Strength:
    """Run the hidden checks on every mutant of the reference, or on a fixed sample of them.

    Raises:
        CourseFault: `equivalent.yaml` is faulty.
    """
    item = examination.item
    found = mutants(item.reference.read_text(encoding="utf-8"))
    if sample is not None:
        found = sorted(found, key=lambda mutant: hashlib.sha256(mutant.source.encode()).digest())[:sample]
    declared = {(was, becomes) for was, becomes, _ in _equivalents(item)}
    order = [check.id for check in item.spec.checks if not check.visible]
    killed, survivors, equivalent = 0, [], 0
    for mutant in found:
        killer = _killer(examination, mutant, order)
        if killer is not None:
            killed += 1
            # A check that has just killed is likely to kill the next mutant of the same lines.
            order.remove(killer)
            order.insert(0, killer)
        elif (mutant.was, mutant.becomes) in declared:
            equivalent += 1
        else:
            survivors.append(mutant)
    return Strength(killed, tuple(survivors), equivalent)


def strength_laws(course: Course, item: Item, strength: Strength, *, whole: bool) -> Iterator[Violation]:
    """Check the share killed, and (when all mutants ran) that declared equivalents still exist."""
    if strength.share_killed < LEAST_KILLED:
        yield Violation(
            item.id, "mutants", place(course, item.hidden_checks),
            f"kills {strength.share_killed:.1%} of the mutants; at least {LEAST_KILLED:.0%} must die.",
        )  # fmt: skip
    if not whole:
        return
    known = {(mutant.was, mutant.becomes) for mutant in mutants(item.reference.read_text(encoding="utf-8"))}
    for was, becomes, _ in _equivalents(item):
        if (was, becomes) not in known:
            yield Violation(
                item.id,
                "mutants",
                place(course, _declaration(item)),
                f"declares {was!r} → {becomes!r}, which no mutant does.",
            )


def _killer(examination: Examination, mutant: Mutant, order: Sequence[str]) -> str | None:
    """Name the first hidden check that the mutant doesn't pass."""
    hidden = examination.hidden
    assert hidden is not None
    subject = examination.subject(
        make_source(mutant.source.encode(), examination.item.spec.file), check_s=_CHECK_S
    )
    checks = {check.id: check for check in examination.item.spec.checks}
    with subject.host:
        for name in order:
            if examination.trace(checks[name], subject).verdict.outcome is not Outcome.PASSED:
                return name
    return None


def _declaration(item: Item) -> Path:
    assert item.solutions is not None
    return item.solutions / "equivalent.yaml"


def _equivalents(item: Item) -> list[tuple[str, str, str]]:
    """Read which mutants are no mistakes: `was`, `becomes`, and `because`."""
    path = _declaration(item)
    if not path.is_file():
        return []
    data: Any = read_yaml(path)
    keys = {"was", "becomes", "because"}
    if not isinstance(data, list) or not all(
        isinstance(entry, dict) and set(entry) == keys for entry in data
    ):
        raise CourseFault(
            f"{path}: must be a list whose entries have the keys 'was', 'becomes' and 'because'."
        )
    return [(str(entry["was"]), str(entry["becomes"]), str(entry["because"])) for entry in data]
