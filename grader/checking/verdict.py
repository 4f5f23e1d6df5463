"""Turn the way in which a check ended into an outcome and a message.

The exception's type tells whose doing it was: a comparison, the submission, its process, or
something else. Only the last, and what the submission raised, may also be the check's own fault.
"""

import re
from dataclasses import dataclass, replace

from grader.checking.compare import ComparisonFailed
from grader.outcome import Outcome
from grader.sandbox import MissingName, SandboxBroken, SubmissionDied, SubmissionError, SubmissionTimeout
from grader.source import Source

# A SyntaxError's own text ends by naming the file and the line again.
_SYNTAX_PLACE = re.compile(r" \(\S+, line \d+\)$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one check ended for one submission.

    Attributes:
        outcome: What became of it.
        message: What a learner may read of a hidden check.
        detail: What only a visible check, staff and `--reveal` show.
        printed: What the submission printed meanwhile; shown as `detail` is.
        blames_check: Whether a fault of the check itself would look the same.
        seconds: Wall-clock time, s.
    """

    outcome: Outcome
    message: str = ""
    detail: str = ""
    printed: str = ""
    blames_check: bool = False
    seconds: float = 0.0


def verdict_of(error: BaseException | None, source: Source) -> Verdict:
    """Judge the exception (or its absence) that ended a check on a submission."""
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
                f"Your code broke off: {error.reason}.",
                error.detail,
                blames_check=True,
            )
        case SubmissionError():
            return _raised(error, source)
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


def _raised(error: SubmissionError, source: Source) -> Verdict:
    """Judge an exception of the submission's; of its own words only what can't carry a hidden input is told."""
    file = source.name
    text = f"{error.kind}: {error.text}"
    if isinstance(error, MissingName):
        near = f" There is {error.near[0]!r}: is that the one?" if error.near else ""
        return Verdict(Outcome.MISSING, f"{file} defines no {error.name!r}.{near}", blames_check=True)
    if error.loading:
        # Nothing hidden has crossed yet, so the text of the exception is harmless.
        at = f" in line {error.line}" if error.line else ""
        told = f"{file} can't be loaded: {error.kind}{at}: {_SYNTAX_PLACE.sub('', error.text)}"
        return Verdict(Outcome.ERROR, told, blames_check=True)
    line = _line_in(source, error)
    if isinstance(error, NotImplementedError):
        # A name that stands in the file as a definition was there before any input came.
        named = error.function and re.search(rf"\bdef {re.escape(error.function)}\b", source.text)
        where = f"{error.function}{f' (line {line})' if line else ''}" if named else file
        return Verdict(Outcome.MISSING, f"{where} is still to be written.", blames_check=True)
    if error.line is None and isinstance(error, TypeError):
        message = "The call doesn't fit (TypeError): does a signature differ from the stub's, or is an operator missing?"
        return Verdict(Outcome.ERROR, message, text, blames_check=True)
    place = f"line {line} of {file}" if line else file
    return Verdict(Outcome.ERROR, f"{_class_of(error)} is raised in {place}.", text, blames_check=True)


def _class_of(error: SubmissionError) -> str:
    """Name the nearest built-in class: a class of the submission's own could be named anything."""
    return error.base if error.base != "Exception" else "An exception"


def _line_in(source: Source, error: SubmissionError) -> int | None:
    lines = source.text.count("\n") + 1
    return error.line if error.line is not None and 1 <= error.line <= lines else None
