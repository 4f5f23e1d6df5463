"""What can go wrong with a submission, as exceptions that a check meets. Trusted side; imports no numpy."""

from __future__ import annotations

import builtins
import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT_CAP = 2_000
NAME_CAP = 100
_MAX_LINEAGE = 20


class SandboxBroken(Exception):
    """Our fault: the sandbox itself doesn't work (no zygote, no process to be had)."""


class SubmissionError(Exception):
    """The submission raised. Concrete subclasses also derive from the built-in class that was raised.

    Attributes:
        kind: The class's own name, as the learner wrote it.
        text: Its message, cleaned and cut.
        line: The innermost line in the learner's file, or None.
        function: The function that this line stands in, or "".
        loading: Raised while the file was loaded.
        read_only_write: It wrote to an array that a frozen call had sent read-only.
        base: The nearest built-in class's name ("Exception" when there is none nearer).
    """

    base = "Exception"

    def __init__(
        self,
        kind: str,
        text: str = "",
        *,
        line: int | None = None,
        function: str = "",
        loading: bool = False,
        read_only_write: bool = False,
    ) -> None:
        # Not super(): the next class is a built-in with a constructor of its own taste (UnicodeDecodeError).
        Exception.__init__(self, kind, text)
        self.kind = kind
        self.text = text
        self.line = line
        self.function = function
        self.loading = loading
        self.read_only_write = read_only_write

    def __str__(self) -> str:
        where = f" (line {self.line})" if self.line is not None else ""
        return f"{self.kind}: {self.text}{where}" if self.text else f"{self.kind}{where}"


class MissingName(SubmissionError, AttributeError):
    """The submission has no such public name; `near` are close ones."""

    base = "AttributeError"

    def __init__(self, name: str, near: Sequence[str], filename: str) -> None:
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__("MissingName", f"{filename} has no {name!r}{hint}")
        self.name = name
        self.near = tuple(near)


class Death(BaseException):
    """The worker is gone. A BaseException, so that `pytest.raises(Exception)` can't swallow it."""


class SubmissionDied(Death):
    """The worker ended, or was ended for what it did; `reason` is in words for the learner."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} ({detail})" if detail else reason)
        self.reason = reason
        self.detail = detail


class SubmissionTimeout(Death):
    """The submission used up a check's time, or (`whole_item`) that of the whole item."""

    def __init__(self, limit_s: float, *, whole_item: bool) -> None:
        what = "the whole exercise" if whole_item else "one check"
        super().__init__(f"it used more than the {limit_s:g} s that {what} may take")
        self.limit_s = limit_s
        self.whole_item = whole_item


def _known(dotted: str) -> type[Exception] | None:
    """The exception that a dotted name stands for, if it is one that we map."""
    module, _, name = dotted.rpartition(".")
    found: object = None
    if dotted == "numpy.linalg.LinAlgError":
        from numpy.linalg import LinAlgError

        found = LinAlgError
    elif module == "builtins":
        found = getattr(builtins, name, None)
    return found if isinstance(found, type) and issubclass(found, Exception) else None


@functools.cache
def _mapped(known: type[Exception]) -> type[SubmissionError]:
    """The subclass that stands for a known exception. Keyed by the class, never by a submission's text."""
    if known is Exception:
        return SubmissionError
    name = known.__name__
    return type(f"Submission{name}", (SubmissionError, known), {"base": name, "__module__": __name__})


def error_class(lineage: Sequence[str]) -> type[SubmissionError]:
    """The class for an exception whose mro has these dotted names: the nearest that is known."""
    for dotted in lineage[:_MAX_LINEAGE]:
        known = _known(dotted)
        if known is not None:
            return _mapped(known)  # type: ignore[arg-type]  # classes are hashable, which mypy misses here
    return SubmissionError


def clean(text: str, cap: int = TEXT_CAP) -> str:
    """Make a submission's text fit to be shown: no escapes, other controls, bidi tricks or lone surrogates."""
    text = text[:cap]
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    shown = (c if c in "\n\t" or c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return "".join(shown)[:cap]
