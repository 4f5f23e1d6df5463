"""What became of a check, and the report that gathers the outcomes of one submission."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from grader.version import __version__


class Outcome(StrEnum):
    """What became of one check; only PASSED earns points, and PARTIAL a part of them."""

    PASSED = "PASSED"
    PARTIAL = "PARTIAL"  # a quiz question that earned some of its credit
    FAILED = "FAILED"  # a comparison failed
    ERROR = "ERROR"  # the submission raised, exited, or returned what can't be used
    TIMEOUT = "TIMEOUT"
    MISSING = "MISSING"  # the function isn't there or still raises NotImplementedError
    SKIPPED = "SKIPPED"  # not run here
    INTERNAL = "INTERNAL"  # our fault: flagged for review


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check's outcome, joined to what its YAML declares.

    Attributes:
        message: What is wrong, fit for the learner's eyes; empty when nothing is.
        hint: The author's hint, as far as the learner has opened it; empty when the check passed.
        misconception: The message of the known wrong solution that the submission agrees with.
        seconds: Wall-clock time that the check took, s.
        detail: What only staff and self-learners see (`--reveal`): values, exception texts, prints.
    """

    id: str
    title: str
    points: float
    max_points: int
    outcome: Outcome
    visible: bool
    message: str = ""
    hint: str = ""
    misconception: str = ""
    seconds: float = 0.0
    detail: str = ""


def is_quiz(item: str) -> bool:
    """Tell from its id whether an item is a quiz."""
    return item.startswith("quiz-")


def points_text(points: float) -> str:
    """Write points as people do: whole when they are whole, else with at most two decimals."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Report:
    """The outcomes of one submission for one item; `max_points` always comes from the YAML.

    Attributes:
        seed: What was drawn follows from it: a number for exercises, a text for quizzes.
    """

    item: str
    checks: tuple[CheckResult, ...]
    isolation: tuple[str, ...]
    seed: int | str
    grader_version: str = __version__

    @property
    def points(self) -> float:
        """Points earned; a whole number but where a quiz question earned a part of its credit."""
        # Shares of points are decimals, which floats add up to a little beside.
        return round(sum(check.points for check in self.checks), 6)

    @property
    def max_points(self) -> int:
        """Points that can be earned."""
        return sum(check.max_points for check in self.checks)

    @property
    def exit_code(self) -> int:
        """0 when every check that ran passed, 3 when any is our fault, else 1."""
        ran = [check.outcome for check in self.checks if check.outcome is not Outcome.SKIPPED]
        if Outcome.INTERNAL in ran:
            return 3
        return 0 if all(outcome is Outcome.PASSED for outcome in ran) else 1

    def as_json(self, *, reveal: bool = False) -> dict[str, Any]:
        """Give the report as plain data for `json.dumps`, without `detail` unless it is revealed."""
        # Not asdict, which copies each value: a class has ten thousand reports.
        names = [field.name for field in fields(CheckResult) if reveal or field.name != "detail"]
        checks = [{name: getattr(check, name) for name in names} for check in self.checks]
        for check in checks:
            check["seconds"] = round(check["seconds"], 6)
        return {
            "item": self.item,
            "points": self.points,
            "max_points": self.max_points,
            "checks": checks,
            "isolation": list(self.isolation),
            "seed": self.seed,
            "grader_version": self.grader_version,
        }


def report_from_json(data: dict[str, Any]) -> Report:
    """Rebuild a report from what `as_json` gave."""
    checks = tuple(CheckResult(**{**check, "outcome": Outcome(check["outcome"])}) for check in data["checks"])
    return Report(data["item"], checks, tuple(data["isolation"]), data["seed"], data["grader_version"])
