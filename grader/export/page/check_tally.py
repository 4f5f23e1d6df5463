"""Count what became of each check of an item; memory grows with the checks, hardly with the learners."""

from collections import Counter
from dataclasses import dataclass, field

from grader.batch.statistics import Figure, cronbach_alpha, item_rest_correlation
from grader.outcome import CheckResult, Outcome, Report

# Their points say nothing of the learner.
_UNSETTLED = {Outcome.INTERNAL, Outcome.SKIPPED}


@dataclass
class CheckTally:
    """One check's outcomes.

    Attributes:
        pairs: How often which points met which rest of the item's points: few different pairs, whatever
            the size of the class.
    """

    title: str
    max_points: int
    visible: bool
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    pairs: Counter[tuple[float, float]] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How many submissions it was run on."""
        return self.outcomes.total()

    @property
    def discrimination(self) -> Figure:
        """Correlate the check's points with the rest of the item's, over the settled submissions."""
        return item_rest_correlation(self.marks, self.rests)

    @property
    def marks(self) -> list[float]:
        """The points of each settled submission, in an order of no meaning."""
        return [points for points, _ in self.pairs.elements()]

    @property
    def rests(self) -> list[float]:
        """The rest of the item's points of each, in the same order."""
        return [rest for _, rest in self.pairs.elements()]


@dataclass
class ItemTally:
    """The checks of one item, by id in the order of the report."""

    checks: dict[str, CheckTally] = field(default_factory=dict)
    submissions: int = 0
    totals: Counter[float] = field(default_factory=Counter)

    def take(self, report: Report) -> None:
        """Count a submission's outcomes; its points only where all of its checks ran and something was written."""
        self.submissions += 1
        outcomes = {check.outcome for check in report.checks}
        # An untouched stub fails everything at once: it would make any check look as if it told learners apart.
        settled = not outcomes & _UNSETTLED and outcomes != {Outcome.MISSING}
        total = report.points
        if settled:
            self.totals[total] += 1
        for check in report.checks:
            tally = self._of(check)
            tally.outcomes[check.outcome] += 1
            if settled:
                # Rounded, so that sums of fractions which mean the same are the same.
                tally.pairs[check.points, round(total - check.points, 9)] += 1

    @property
    def alpha(self) -> Figure:
        """Tell how consistently the checks measure one thing."""
        return cronbach_alpha([check.marks for check in self.checks.values()], list(self.totals.elements()))

    def _of(self, check: CheckResult) -> CheckTally:
        if check.id not in self.checks:
            self.checks[check.id] = CheckTally(check.title, check.max_points, check.visible)
        return self.checks[check.id]
