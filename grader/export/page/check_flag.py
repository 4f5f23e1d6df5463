"""Say which checks staff should look at, and why."""

from dataclasses import dataclass

from grader.batch.statistics import FEWEST
from grader.export.page.check_tally import CheckTally
from grader.export.page.number import correlation, counted, whole
from grader.outcome import Outcome

# At most this share passes a check that hardly anybody passes.
_HARDLY = 0.1
_ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Flag:
    """A reason to look at a check; one that is urgent is said at the top of the page too."""

    reason: str
    urgent: bool = True


def flag(check: CheckTally) -> Flag | None:
    """Give the reason to look at a check, or None.

    Those who left the function out don't count: they say nothing about the check.
    """
    tried = check.count - check.outcomes[Outcome.MISSING]
    passed = check.outcomes[Outcome.PASSED]
    internal = check.outcomes[Outcome.INTERNAL]
    if internal:
        return Flag(f"could not be judged {counted(internal, 'time')}: our fault")
    if tried >= _ENOUGH and passed <= _HARDLY * tried:
        return Flag(f"hardly anybody passes: {whole(passed)} of {whole(tried)} who tried")
    found = check.discrimination
    if found.value is not None and found.value < 0:
        return Flag(
            f"discrimination {correlation(found.value)}: who does well elsewhere doesn't pass it more often"
        )
    if tried >= FEWEST and passed == tried:
        return Flag(f"all {whole(tried)} who tried pass: it tells nobody apart", urgent=False)
    return None
