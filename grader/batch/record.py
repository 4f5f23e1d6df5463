"""What the store keeps: hand-ins as a run saw them, results, and runs. Plain data."""

from dataclasses import dataclass

from grader.batch.task import Variant


@dataclass(frozen=True, slots=True)
class Entry:
    """A hand-in as a run saw it: who, what, and the name of its result.

    Attributes:
        fault: Why the file couldn't be read, so that staff must look; empty when it could.
        variant: For a quiz, whose numbers are marked.
    """

    learner: str
    item: str
    key: str
    sha256: str
    origin: str
    late: bool
    handed_in_at: str
    learners: tuple[str, ...]
    fault: str = ""
    variant: Variant | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What grading a submission gave, and what it was made with.

    Attributes:
        made_with: Fingerprints, versions and seed, as words and values.
        graded_at: ISO 8601, UTC.
        report: The report as JSON, with details.
    """

    key: str
    item: str
    sha256: str
    made_with: dict[str, object]
    graded_at: str
    points: float
    review: bool
    layers: tuple[str, ...]
    cpu_s: float
    peak_mb: float
    report: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a batch.

    Attributes:
        items: Ids of the items that it covered.
        about: What it was, as words and values.
    """

    id: int
    started: str
    finished: str | None
    items: tuple[str, ...]
    about: dict[str, str]
