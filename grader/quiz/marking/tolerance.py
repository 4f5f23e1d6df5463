"""When two numbers, or two arrays of them, count as the same."""

from dataclasses import dataclass

from grader.quiz import keyspec
from grader.quiz.expression import Value

# Where an author says nothing: half a percent, unless the number is whole.
DEFAULT_REL = 0.005
# What rounding may do to the same number computed in two ways.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Tolerance:
    """|a - b| <= max(abs, rel·max(|a|, |b|)), both ends included."""

    rel: float
    abs: float

    def same(self, a: Value, b: Value) -> bool:
        """Tell whether two values agree; arrays must have the same shape."""
        if isinstance(a, tuple) or isinstance(b, tuple):
            return (
                isinstance(a, tuple)
                and isinstance(b, tuple)
                and len(a) == len(b)
                and all(map(self.same, a, b))
            )
        if a == b:
            return True
        # With an infinity on either side the difference is no less than the bound's own infinity.
        return abs(a - b) <= max(self.abs, self.rel * max(abs(a), abs(b))) < float("inf")


_EXACT = Tolerance(_ROUNDING, 0.0)


def tolerance_for(value: Value, stated: keyspec.Tolerance | None, *, exact: bool) -> Tolerance:
    """Give the tolerance around a value: as stated, or exact where it must be or the value is whole."""
    if stated is not None:
        return Tolerance(max(stated.rel, _ROUNDING), stated.abs)
    return _EXACT if exact or is_whole(value) else Tolerance(DEFAULT_REL, 0.0)


def is_whole(value: Value) -> bool:
    """Tell whether all numbers are whole."""
    if isinstance(value, tuple):
        return all(map(is_whole, value))
    return float(value).is_integer()
