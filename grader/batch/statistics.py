"""Describe a class in numbers: quartiles, and how well checks and questions tell learners apart.

Numbers in, plain data out. Variances are over S − 1, where S is how many learners (or submissions)
were looked at. A number that would mean nothing is left out, and its place says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, fsum, sqrt

# Fewer tell more about chance than about a check.
FEWEST = 20
# Points are sums of floats: a difference below this is none.
_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the values of a sample lie; quartiles by linear interpolation (Hyndman and Fan 1996, type 7)."""

    count: int
    lowest: float
    first_quartile: float
    median: float
    third_quartile: float
    highest: float
    mean: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic, or the reason why there is none.

    Attributes:
        value: The number; None where it would mean nothing.
        count: S, over how many it was taken.
        silence: Why there is no number, in a few words; empty when there is one.
    """

    value: float | None
    count: int
    silence: str = ""


def spread(values: Sequence[float]) -> Spread | None:
    """Describe a sample; None when it is empty."""
    if not values:
        return None
    ordered = sorted(values)
    first, median, third = (quantile(ordered, share) for share in (0.25, 0.5, 0.75))
    return Spread(len(ordered), ordered[0], first, median, third, ordered[-1], fsum(ordered) / len(ordered))


def quantile(ordered: Sequence[float], share: float) -> float:
    """Give the value below which a share of an ascending, non-empty sample lies, by linear interpolation."""
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def histogram(shares: Sequence[float], bins: int) -> list[int]:
    """Count shares of the full points in bins of equal width; the last bin holds 1 and what is above."""
    counts = [0] * bins
    for share in shares:
        counts[min(max(floor(share * bins + _NOISE), 0), bins - 1)] += 1
    return counts


def facility(marks: Sequence[float], max_mark: float) -> Figure:
    """Give the mean mark as a share of the largest possible one; 0.5 is a question half of the class masters.

    Source: Moodle, Quiz statistics calculations, "Facility index", as a share.
    """
    if not marks or max_mark <= 0:
        return Figure(None, len(marks), "nobody answered")
    return Figure(fsum(marks) / len(marks) / max_mark, len(marks))


def item_rest_correlation(marks: Sequence[float], rests: Sequence[float]) -> Figure:
    """Correlate a part's marks with the rest of the total (Pearson), in [−1, 1].

    Args:
        marks: x, what each of S learners earned for the part.
        rests: r = total − x of the same learners.

    Source: Moodle, Quiz statistics calculations, "Discrimination index" (there times 100).
    """
    silence = _silence(marks, rests)
    if silence:
        return Figure(None, len(marks), silence)
    r = covariance(marks, rests) / sqrt(covariance(marks, marks) * covariance(rests, rests))
    return Figure(min(max(r, -1.0), 1.0), len(marks))


def discrimination_index(marks: Sequence[float], rests: Sequence[float]) -> Figure:
    """Give the item–rest correlation in percent, as Moodle shows it: 100·cov(x, r)/√(var x·var r)."""
    figure = item_rest_correlation(marks, rests)
    return figure if figure.value is None else Figure(100 * figure.value, figure.count)


def discriminative_efficiency(marks: Sequence[float], rests: Sequence[float]) -> Figure:
    """Give the covariance as a percentage of the largest that the same marks and rests could have.

    Source: Moodle, Quiz statistics calculations: 100·cov(x, r)/cov(sorted x, sorted r).
    """
    silence = _silence(marks, rests)
    if silence:
        return Figure(None, len(marks), silence)
    largest = covariance(sorted(marks), sorted(rests))
    return Figure(100 * covariance(marks, rests) / largest, len(marks))


def cronbach_alpha(parts: Sequence[Sequence[float]], totals: Sequence[float]) -> Figure:
    """Tell how consistently P parts measure one thing: P/(P−1)·(1 − Σ var x / var T), at most 1.

    Args:
        parts: The marks of each part, S numbers each.
        totals: T, the sum of each learner's marks, S numbers.

    Source: Moodle, Quiz statistics calculations, "Coefficient of internal consistency", as a share.
    """
    if len(parts) < 2:
        return Figure(None, len(totals), "needs two parts or more")
    silence = _silence(totals, totals)
    if silence:
        return Figure(None, len(totals), silence)
    within = fsum(covariance(part, part) for part in parts)
    value = len(parts) / (len(parts) - 1) * (1 - within / covariance(totals, totals))
    return Figure(value, len(totals))


def covariance(x: Sequence[float], y: Sequence[float]) -> float:
    """Give the covariance over S − 1 of two samples of the same S >= 2 learners."""
    mean_x, mean_y = fsum(x) / len(x), fsum(y) / len(y)
    return fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / (len(x) - 1)


def _silence(marks: Sequence[float], rests: Sequence[float]) -> str:
    if len(marks) < FEWEST:
        return f"fewer than {FEWEST}"
    if max(marks) - min(marks) <= _NOISE:
        return "all earned the same"
    if max(rests) - min(rests) <= _NOISE:
        return "the rest is the same for all"
    return ""
