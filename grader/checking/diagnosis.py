"""Say how an array of numbers differs from the expected one, without telling either's values.

What may be told: type, shape, dtype, where the first nan or inf stands, the worst entry's index,
and a pattern such as "twice too large". An unnamed factor or offset is never told as a number:
it would carry the expected value out.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]
Same = Callable[[Numbers, Numbers], bool]

# Factors that have a name of their own, as (too large by, words).
_NAMED_FACTORS = (
    (2.0, "twice too large"),
    (0.5, "half of what it should be"),
    (float(np.log(2.0)), "too small by the factor ln 2: nats and bits are mixed up"),
    (1.0 / float(np.log(2.0)), "too large by the factor 1/ln 2: nats and bits are mixed up"),
    (4.0, "four times too large"),
    (0.25, "a quarter of what it should be"),
    (float(np.sqrt(2.0)), "too large by the factor √2"),
    (float(np.sqrt(0.5)), "too small by the factor √2"),
)


def place(index: tuple[int, ...]) -> str:
    """Write an index as a learner would: `[2, 0]`, or nothing for a scalar."""
    return f"[{', '.join(map(str, index))}]" if index else ""


def first_index(where: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    """Give the index of the first True in C order."""
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(where)), where.shape))


def nonfinite_difference(actual: Numbers, expected: Numbers) -> str:
    """Say where `actual` has a nan or an infinity that `expected` hasn't, or the other way round."""
    for test, word in ((np.isnan, "nan"), (np.isposinf, "+inf"), (np.isneginf, "−inf")):
        if word != "nan" and (np.iscomplexobj(actual) or np.iscomplexobj(expected)):
            continue
        here, there = test(actual), test(expected)
        extra, lacking = here & ~there, there & ~here
        if extra.any():
            entry = place(first_index(extra))
            return f"entry {entry} is {word}" if entry else f"it is {word}"
        if lacking.any():
            entry = place(first_index(lacking))
            return f"entry {entry} should be {word}" if entry else f"it should be {word}"
    return ""


def pattern(actual: Numbers, expected: Numbers, rtol: float, sizes: Mapping[str, float]) -> str:
    """Name the pattern in which finite `actual` differs from finite `expected`; empty where there is none.

    Args:
        actual: Any shape, finite.
        expected: Same shape, finite.
        rtol: Relative tolerance of the comparison that failed.
        sizes: Numbers of the problem by name (`{"N": 5}`), tried as factors.
    """
    tolerance = max(rtol, 1e-6)
    scale = float(np.max(np.abs(expected), initial=0.0))
    if scale == 0.0:
        return ""

    def same(x: Numbers, y: Numbers) -> bool:
        return x.shape == y.shape and bool(np.allclose(x, y, rtol=tolerance, atol=tolerance * scale * 1e-3))

    if same(actual, expected):
        return ""  # rounding: what it resembles says nothing
    if same(-actual, expected):
        return "the sign is flipped"
    factor = _factor(actual, expected, sizes, same)
    if factor:
        return factor
    if expected.size > 1:
        rearranged = _rearrangement(actual, expected, same)
        if rearranged:
            return rearranged
        ratio = _constant_ratio(actual, expected)
        if ratio is not None and same(actual, np.asarray(expected * ratio)):
            return "all entries are off by one and the same factor"
        if same(actual - np.mean(actual), np.asarray(expected - np.mean(expected))):
            return "all entries are off by one and the same constant"
        wrong = int(np.sum(~np.isclose(actual, expected, rtol=tolerance, atol=0.0)))
        if wrong < expected.size:
            return f"{wrong} of {expected.size} entries differ"
    return ""


def _factor(actual: Numbers, expected: Numbers, sizes: Mapping[str, float], same: Same) -> str:
    for name, size in sizes.items():
        if size not in (0, 1) and same(actual, np.asarray(expected * size)):
            return f"too large by the factor {name}"
        if size not in (0, 1) and same(np.asarray(actual * size), expected):
            return f"too small by the factor {name}"
    for value, words in _NAMED_FACTORS:
        if same(actual, np.asarray(expected * value)):
            return words
    return ""


def _rearrangement(actual: Numbers, expected: Numbers, same: Same) -> str:
    if expected.ndim == 2 and expected.shape[0] == expected.shape[1] and same(actual.T, expected):
        return "it is transposed"
    if expected.ndim == 0 or expected.shape[0] < 2:
        return ""
    if same(actual[::-1], expected):
        return "the order along the first axis is reversed"
    if expected.ndim == 2:
        rows = [np.lexsort(a.T[::-1]) for a in (actual, expected)]
        if same(actual[rows[0]], expected[rows[1]]):
            return "the rows are right, but in another order"
    elif expected.ndim == 1 and same(np.sort(actual), np.sort(expected)):
        return "the entries are right, but in another order"
    return ""


def _constant_ratio(actual: Numbers, expected: Numbers) -> float | None:
    largest = np.argmax(np.abs(expected))
    ratio = complex(actual.flat[largest]) / complex(expected.flat[largest])
    return ratio.real if ratio.imag == 0 and ratio.real != 0 else None
