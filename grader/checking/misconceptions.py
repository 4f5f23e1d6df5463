"""Choose, for the checks that a submission failed, which known wrong solution explains each best."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from grader.checking.run import Examination, Trace
from grader.outcome import Outcome

if TYPE_CHECKING:
    from grader.course import KnownWrong


def explain(
    examination: Examination, traces: Mapping[str, Trace], *, forced: bool = False
) -> "dict[str, KnownWrong]":
    """Explain failed checks by known wrong solutions.

    Several may agree with the submission on one check. The one that agrees on the most checks
    explains it best; among equals the one that is known to fail just what the submission fails.

    Args:
        examination: The exercise's checks.
        traces: How each check that ran went, by the check's id.
        forced: Look at checks that passed as well (a law: nobody right may be suspected).

    Returns:
        The known wrong solution by the id of the check that it explains.
    """
    failed = {
        name for name, trace in traces.items() if trace.verdict.outcome in (Outcome.FAILED, Outcome.ERROR)
    }
    asked = set(traces) if forced else failed
    agreeing = examination.agreeing({name: trace for name, trace in traces.items() if name in asked})
    agreements = Counter(wrong.name for suspects in agreeing.values() for wrong in suspects)

    def merit(wrong: "KnownWrong") -> tuple[int, bool, str]:
        return -agreements[wrong.name], set(wrong.about.fails) != failed, wrong.name

    return {check: min(suspects, key=merit) for check, suspects in agreeing.items() if suspects}
