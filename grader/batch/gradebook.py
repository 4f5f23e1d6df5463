"""The gradebook: a cell for each learner and item, and for each grade what it rests on. Plain data."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from grader.batch.handin import Learner, Odd
from grader.outcome import Report


class Basis(StrEnum):
    """What a grade rests on."""

    GRADED = "graded"  # the checks
    MISSING = "missing"  # nothing was handed in: 0 points
    OVERRIDE = "override"  # set by hand, with a reason
    KEPT = "kept"  # shown before, and the checks now give less
    REVIEW = "review"  # an INTERNAL outcome: no grade until staff have looked


@dataclass(frozen=True, slots=True)
class Column:
    """An item in the gradebook.

    Attributes:
        concepts: What it is about, in people's words: by question in a quiz, under the item's own id
            in an exercise.
    """

    item: str
    title: str
    max_points: int
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One learner's grade for one item.

    Attributes:
        points: The grade; None while staff must look and none was shown before.
        max_points: Of how many.
        basis: What the grade rests on.
        reason: Why, in one sentence, where the basis isn't the checks alone.
        earned: What the checks gave, where they ran: differs from `points` under OVERRIDE and KEPT.
        late: Whether the platform marked it late.
        handed_in_at: ISO 8601 where known.
        origin: The file inside SUBMISSIONS; empty when nothing was handed in.
        sha256: Hash of that file.
        group: The other learners whose work it is too.
        cpu_s: Processor seconds that the submission used when it was graded.
        peak_mb: The most memory that one of its workers held, MiB.
        graded_at: ISO 8601 (UTC), when.
    """

    learner: str
    item: str
    points: float | None
    max_points: int
    basis: Basis
    reason: str = ""
    earned: float | None = None
    late: bool = False
    handed_in_at: str = ""
    origin: str = ""
    sha256: str = ""
    group: tuple[str, ...] = ()
    cpu_s: float = 0.0
    peak_mb: float = 0.0
    graded_at: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One learner with a cell for each column, and the reports that the cells rest on.

    Attributes:
        reports: By item; what was handed in and graded, also where an override or a kept grade stands.
    """

    learner: Learner
    cells: tuple[Cell, ...]
    reports: dict[str, Report]

    @property
    def points(self) -> float:
        """The sum of the grades that stand."""
        return sum(cell.points for cell in self.cells if cell.points is not None)


@dataclass(frozen=True)
class Gradebook:
    """Grades of a class.

    Attributes:
        columns: The items, in the course's order.
        size: How many learners.
        rows: Walks over all learners in their order, reading reports as it goes; may be called
            again. Memory stays flat: don't keep the rows.
        odd: What wasn't graded and why.
        notes: What staff should know of the run as a whole, one sentence each.
        about: What the run was, for the foot of a page: pairs of a word and a value (course,
            submissions, layout, isolation, seed, grader, Python and NumPy versions, finished at).
    """

    columns: tuple[Column, ...]
    size: int
    rows: Callable[[], Iterator[Row]]
    odd: tuple[Odd, ...] = ()
    notes: tuple[str, ...] = ()
    about: tuple[tuple[str, str], ...] = ()

    @property
    def max_points(self) -> int:
        """Points that can be earned over all items."""
        return sum(column.max_points for column in self.columns)
