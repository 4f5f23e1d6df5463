"""Turn the way in which a check ended into an outcome and a message.

The exception's type tells whose doing it was: a comparison, the submission, its process, or
something else. Only the last, and what the submission raised, may also be the check's own fault.
"""

from dataclasses import dataclass, replace

from grader.checking.compare import ComparisonFailed
from grader.outcome import Outcome
from grader.sandbox import MissingName, SandboxBroken, SubmissionDied, SubmissionError, SubmissionTimeout


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one check ended for one submission.

    Attributes:
        outcome: What became of it.
        message: What a learner may read of a hidden check.
        detail: What only a visible check, staff and `--reveal` show.
        blames_check: Whether a fault of the check itself would look the same.
        seconds: Wall-clock time, s.
    """

    outcome: Outcome
    message: str = ""
    detail: str = ""
    blames_check: bool = False
    seconds: float = 0.0


def verdict_of(error: BaseException | None, file: str) -> Verdict:
    """Judge the exception (or its absence) that ended a check on the submission `file`."""
    match error:
        case None:
            return Verdict(Outcome.PASSED)
        case ComparisonFailed():
            return Verdict(Outcome.FAILED, error.message, error.detail)
        case SubmissionTimeout():
            return Verdict(Outcome.TIMEOUT, _time_out(error), blames_check=True)
        case SubmissionDied():
            return Verdict(
                Outcome.ERROR,
                f"Your code ended its process: {error.reason}.",
                error.detail,
                blames_check=True,
            )
        case SubmissionError():
            return _raised(error, file)
        case SandboxBroken():
            return Verdict(
                Outcome.INTERNAL, "The grader's own process failed; this isn't your doing.", str(error)
            )
        case AssertionError():
            return Verdict(Outcome.FAILED, "The property that this check tests doesn't hold.", str(error))
        case _ if type(error).__name__ == "Failed":  # pytest.fail, and pytest.raises that saw nothing raised
            return Verdict(Outcome.FAILED, "The property that this check tests doesn't hold.", str(error))
    kind = type(error).__name__
    return Verdict(
        Outcome.ERROR,
        "What came back can't be used: it has the wrong type.",
        f"{kind}: {error}",
        blames_check=True,
    )


def settled(verdict: Verdict, reference: Verdict) -> Verdict:
    """Settle whose fault a verdict is by what the same check says of the reference solution."""
    if not verdict.blames_check or reference.outcome is Outcome.PASSED:
        return verdict
    return replace(
        verdict,
        outcome=Outcome.INTERNAL,
        message="This check fails on the reference solution too; it isn't your doing, and staff will look at it.",
        detail=f"{verdict.message} {verdict.detail} On the reference: {reference.message} {reference.detail}".strip(),
    )


def _time_out(error: SubmissionTimeout) -> str:
    if error.whole_item:
        return f"The time for the whole exercise ({error.limit_s:g} s) is used up."
    return f"No result within {error.limit_s:g} s of computing; is there a loop that doesn't end?"


def _raised(error: SubmissionError, file: str) -> Verdict:
    line = f" in line {error.line}" if error.line else ""
    if isinstance(error, MissingName):
        near = f" There is {error.near[0]!r}: is that the one?" if error.near else ""
        return Verdict(Outcome.MISSING, f"{file} defines no {error.name!r}.{near}", blames_check=True)
    if error.loading:
        # Nothing hidden has crossed yet, so the text of the exception can't carry anything out.
        return Verdict(
            Outcome.ERROR, f"{file} can't be loaded: {error.kind}{line}: {error.text}", blames_check=True
        )
    if isinstance(error, NotImplementedError):
        where = f"{error.function} (line {error.line})" if error.function else file
        return Verdict(Outcome.MISSING, f"{where} is still to be written.", blames_check=True)
    place = f"line {error.line} of {file}" if error.line else file
    return Verdict(
        Outcome.ERROR, f"{error.kind} is raised in {place}.", f"{error.kind}: {error.text}", blames_check=True
    )
