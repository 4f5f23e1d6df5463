"""Texts with holes, `Residuals {{e}}: give the mean.`, filled with numbers as people write them."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from grader.quiz.expression import Node, Value, evaluate, number_text

# What a parameter may be.
Param: TypeAlias = "float | str | tuple[Param, ...]"

HOLE = re.compile(r"\{\{([^{}]+)\}\}")

# A number with more digits than the first is rounded to the second.
_KEPT, _ROUNDED = 12, 6


@dataclass(frozen=True, slots=True)
class Hole:
    """A place for a value.

    Attributes:
        node: What stands there: an expression, or the name of a parameter that is a text.
        formula: Whether it is inside `$…$`.
    """

    node: Node | str
    formula: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A text with holes: plain pieces and holes in turn."""

    pieces: tuple[str | Hole, ...]

    def filled(self, values: Mapping[str, Param]) -> str:
        """Put the values in."""
        return "".join(piece if isinstance(piece, str) else _shown(piece, values) for piece in self.pieces)

    def __bool__(self) -> bool:
        return bool(self.pieces)


EMPTY = Template(())


def humane(value: Param, *, formula: bool = False) -> str:
    """Write a value for people: 12.5, −3, [1, 2], (in a formula) 10^{-7}; long numbers with six digits."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return f"[{', '.join(humane(entry, formula=formula) for entry in value)}]"
    if isinstance(value, int):
        text = str(value)
    elif not math.isfinite(value):
        text = "undefined" if math.isnan(value) else ("∞" if value > 0 else "-∞")
    else:
        kept = float(f"{value:.{_KEPT - 1}g}")
        text = number_text(kept if len(f"{kept:.{_KEPT}g}") < _KEPT else float(f"{value:.{_ROUNDED}g}"))
    return _power_of_ten(text) if formula else text.replace("-", "−")


def _power_of_ten(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return text
    power = f"10^{{{exponent}}}"
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"


def _shown(hole: Hole, values: Mapping[str, Param]) -> str:
    if isinstance(hole.node, str):
        return humane(values[hole.node], formula=hole.formula)
    return humane(evaluate(hole.node, numbers_only(values)), formula=hole.formula)


def numbers_only(values: Mapping[str, Param]) -> dict[str, Value]:
    """Leave out the texts, which no expression can use."""
    return {name: value for name, value in values.items() if not _has_text(value)}  # type: ignore[misc]  # no texts are left


def _has_text(value: Param) -> bool:
    if isinstance(value, tuple):
        return any(map(_has_text, value))
    return isinstance(value, str)
