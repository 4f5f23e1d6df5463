"""Decide whether two formulas are the same function: equal, different or undecided, with a point that shows it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from grader.quiz.expression.measure import Measured, measure
from grader.quiz.expression.node import Node, names_of
from grader.quiz.expression.sample import POINTS, Domain, points

# Fewer points at which both have a value decide nothing.
LEAST_POINTS = 6

# An answer that can't be judged at more of the key's points than these is undecided, however well it
# agrees elsewhere: else 0*exp(-1000*x) would hide half of a domain.
_JUDGED = 0.8
# Rounding errors, doubled, may hide this share of a value, or of the key's largest, and no more.
_BLUR = 1e-6
_BLUR_OF_LARGEST = 1e-12
_SAFETY = 2.0
# A relative difference that looks like a rounded constant.
_ROUNDED = 0.02

_NOTHING: Mapping[str, float] = MappingProxyType({})


class Verdict(StrEnum):
    """What is known about two formulas."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


class Reason(StrEnum):
    """Why they are different or undecided."""

    VALUES = "values"
    ROUNDED = "rounded"
    UNDEFINED = "undefined"
    DEFINED = "defined"
    OVERFLOW = "overflow"
    FEW_POINTS = "few points"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing an answer with the key.

    Attributes:
        verdict: Equal, different or undecided.
        reason: None for equal. VALUES: they differ. ROUNDED: they differ, but by less than
            2 % anywhere, as by a rounded number. UNDEFINED: the answer has no value at a point
            where the key has one. DEFINED: the other way round, at a pinned point. OVERFLOW: the
            answer is too large, or too inexact, at too many points. FEW_POINTS: the key is.
        point: Where it shows, the symbols' values; None for equal and undecided.
        answer: The answer's value there; nan where it is undefined.
        key: The key's.
        points: At how many points both had values.
    """

    verdict: Verdict
    reason: Reason | None = None
    point: Mapping[str, float] | None = None
    answer: float = math.nan
    key: float = math.nan
    points: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Both formulas at one point."""

    point: Mapping[str, float]
    pinned: bool
    answer: Measured
    key: Measured

    @property
    def size(self) -> float:
        """The larger magnitude; nan where one is undefined."""
        return max(abs(self.answer.value), abs(self.key.value))

    @property
    def gap(self) -> float:
        """How far apart they are, as a share of the larger."""
        return abs(self.answer.value - self.key.value) / self.size if self.size else 0.0

    @property
    def blur(self) -> float:
        """How far apart rounding alone may have moved them."""
        return _SAFETY * (self.answer.error + self.key.error)

    @property
    def both(self) -> bool:
        """Whether both have a value."""
        return math.isfinite(self.answer.value) and math.isfinite(self.key.value)

    def differs(self, rel: float) -> bool:
        """Whether the values differ for certain."""
        return self.both and abs(self.answer.value - self.key.value) > rel * self.size + self.blur

    def counts(self, largest: float) -> bool:
        """Whether a difference would have been seen here."""
        is_clear = self.blur <= max(_BLUR * self.size, _BLUR_OF_LARGEST * largest)
        return self.both and is_clear and _is_exact(self.key, largest)


def compare(
    answer: Node,
    key: Node,
    domains: Mapping[str, Domain],
    *,
    seed: str,
    pinned: Sequence[Mapping[str, float]] = (),
    constants: Mapping[str, float] = _NOTHING,
    rel: float = 1e-9,
) -> Comparison:
    """Compare an answer with the key at 20 points of the domains and at the pinned ones.

    They are equal when their values agree wherever the key has one; where only the key is undefined
    the question doesn't ask, unless the author has pinned the point.

    Args:
        answer: What the learner wrote.
        key: What the author wrote.
        domains: Each symbol's domain; a symbol of the answer that isn't in it must be a constant.
        seed: Names the draw of the points.
        pinned: Points that are looked at besides, such as {"x": 0}; a symbol that one leaves out has
            a drawn value there.
        constants: Values that are the same at every point, such as a question's parameters.
        rel: The largest relative difference of equal values; rounding errors come on top.

    Raises:
        ExpressionError: A formula holds a list, or a name without a value.
    """
    places = _places(answer, key, domains, seed, pinned, constants)
    largest = _largest([place.key for place in places])
    counted = [place for place in places if place.counts(largest)]
    differing = [place for place in places if place.differs(rel)]
    missing = [place for place in places if _lacks(place.answer, place.key)]
    surplus = [place for place in places if place.pinned and _lacks(place.key, place.answer)]
    if differing:
        rounded = not missing and all(place.gap < _ROUNDED for place in counted)
        return _different(Reason.ROUNDED if rounded else Reason.VALUES, _clearest(differing), len(counted))
    if missing or surplus:
        reason = Reason.UNDEFINED if missing else Reason.DEFINED
        return _different(reason, min(missing or surplus, key=_length), len(counted))
    least = min(LEAST_POINTS, len(places))
    usable = sum(_is_exact(place.key, largest) for place in places)
    if len(counted) >= max(least, _JUDGED * usable):
        return Comparison(Verdict.EQUAL, points=len(counted))
    reason = Reason.FEW_POINTS if usable < least else Reason.OVERFLOW
    return Comparison(Verdict.UNDECIDED, reason, points=len(counted))


def _places(
    answer: Node,
    key: Node,
    domains: Mapping[str, Domain],
    seed: str,
    pinned: Sequence[Mapping[str, float]],
    constants: Mapping[str, float],
) -> list[_Place]:
    used = names_of(answer) | names_of(key)
    # Without symbols all points are the same one.
    drawn = points(domains, seed, POINTS if used & set(domains) else 1)
    pins = [{**drawn[k % len(drawn)], **pin} for k, pin in enumerate(pinned)]
    places = []
    for at, point in enumerate((*pins, *drawn)):
        values = {**constants, **point}
        shown = {symbol: value for symbol, value in point.items() if symbol in used}
        places.append(_Place(shown, at < len(pins), measure(answer, values), measure(key, values)))
    return places


def _largest(keys: Sequence[Measured]) -> float:
    """Find the key's largest magnitude, which rounding errors are held against."""
    finite = [key for key in keys if math.isfinite(key.value)]
    if any(key.value or key.error for key in finite):
        return max(abs(key.value) for key in finite)
    # A key that is 0 by itself, not by underflow, has no magnitude; errors are held against 1.
    return 1.0


def _lacks(one: Measured, other: Measured) -> bool:
    """Tell whether one is undefined for certain where the other has a value for certain."""
    return math.isnan(one.value) and math.isfinite(other.value) and math.isfinite(other.error)


def _is_exact(measured: Measured, largest: float) -> bool:
    size = abs(measured.value)
    if size == 0 and measured.error:
        # Too small for a float, or hidden by rounding; which of the two can't be known.
        return False
    return math.isfinite(size) and _SAFETY * measured.error <= max(_BLUR * size, _BLUR_OF_LARGEST * largest)


def _clearest(places: Sequence[_Place]) -> _Place:
    """Choose the point with the fewest digits of those where the difference is about as large as anywhere."""
    clear = max(place.gap for place in places) / 2
    return min((place for place in places if place.gap >= clear), key=_length)


def _length(place: _Place) -> int:
    return len(repr(place.point))


def _different(reason: Reason, place: _Place, count: int) -> Comparison:
    return Comparison(Verdict.DIFFERENT, reason, place.point, place.answer.value, place.key.value, count)
