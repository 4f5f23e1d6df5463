"""Compute a formula together with how far rounding may have moved its value (a running error analysis).

Source: Higham (2002), Accuracy and Stability of Numerical Algorithms, section 3.3; for functions the
argument is moved by its error and the value looked at, in place of a derivative.
"""

import math
from collections.abc import Callable, Mapping
from functools import reduce
from typing import NamedTuple, TypeAlias

from grader.quiz.expression.error import ExpressionError
from grader.quiz.expression.evaluate import finite
from grader.quiz.expression.functions import CONSTANTS, FUNCTIONS, Function, power
from grader.quiz.expression.node import Binary, Call, Name, Negation, Node, Number

# Half the distance from 1 to the next float; a library's function may err by a few of them.
_UNIT = 2.0**-53
_LIBRARY = 4 * _UNIT
# Below the first, a float has lost digits; the second is the distance between floats there.
_SMALL = 2.0**-1022
_STEP = 2.0**-1074
# An argument is moved by more than its error, so that it moves at all.
_NUDGE = 4.0

_Pairs: TypeAlias = list[tuple[float, float]]


class Measured(NamedTuple):
    """A value and a bound of its rounding error.

    Attributes:
        value: Finite; nan where the formula is undefined, inf where it is too large.
        error: At least 0; inf where rounding decides whether there is a value at all.
    """

    value: float
    error: float


UNDEFINED = Measured(math.nan, 0.0)
OVERFLOW = Measured(math.inf, 0.0)


def measure(node: Node, values: Mapping[str, float]) -> Measured:
    """Compute a formula of numbers, and how exact the result is.

    Raises:
        ExpressionError: It holds a list or a function of lists, or a name has no value.
    """
    try:
        return Measured(*_measured(node, values))
    except OverflowError:
        return OVERFLOW
    except (ValueError, ZeroDivisionError):
        return UNDEFINED


def _measured(node: Node, values: Mapping[str, float]) -> tuple[float, float]:
    match node:
        case Number(value):
            return value, 0.0 if value.is_integer() and value < 2**53 else _UNIT * value
        case Name(name):
            return _named(name, values)
        case Negation(operand):
            value, error = _measured(operand, values)
            return -value, error
        case Binary(operator, left, right):
            return _RULES[operator](*_measured(left, values), *_measured(right, values))
        case Call(function, arguments) if function in _GATHERING:
            return _GATHERING[function]([_measured(each, values) for each in arguments])
        case Call(function, arguments) if function in FUNCTIONS:
            return _applied(FUNCTIONS[function], [_measured(each, values) for each in arguments])
    raise ExpressionError("Only formulas of single numbers can be compared.")


def _named(name: str, values: Mapping[str, float]) -> tuple[float, float]:
    if name in values:
        return finite(float(values[name])), 0.0
    if name not in CONSTANTS:
        raise ExpressionError(f"{name} has no value.", name, 0, len(name))
    return CONSTANTS[name], _UNIT * CONSTANTS[name]


def _sum(a: float, a_error: float, b: float, b_error: float) -> tuple[float, float]:
    value = finite(a + b)
    return value, a_error + b_error + _UNIT * abs(value)


def _difference(a: float, a_error: float, b: float, b_error: float) -> tuple[float, float]:
    return _sum(a, a_error, -b, b_error)


def _product(a: float, a_error: float, b: float, b_error: float) -> tuple[float, float]:
    value = finite(a * b)
    error = abs(a) * b_error + abs(b) * a_error + a_error * b_error
    return value, error + _rounding(value, _UNIT, exact=a == 0 or b == 0)


def _quotient(a: float, a_error: float, b: float, b_error: float) -> tuple[float, float]:
    if abs(b) <= b_error and b_error > 0:
        # The divisor may be 0.
        return 0.0, math.inf
    value = finite(a / b)
    error = (a_error + abs(value) * b_error) / (abs(b) - b_error)
    return value, error + _rounding(value, _UNIT, exact=a == 0)


def _power(a: float, a_error: float, b: float, b_error: float) -> tuple[float, float]:
    # A negative base has only whole powers; its exponent is taken as it is.
    whole = a <= 0 and b.is_integer() and b_error < _NUDGE * _UNIT * max(abs(b), 1.0)
    return _called(power, [(a, a_error), (b, 0.0 if whole else b_error)], positive=a != 0)


def _total(arguments: _Pairs) -> tuple[float, float]:
    return reduce(lambda one, other: _sum(*one, *other), arguments)


def _mean(arguments: _Pairs) -> tuple[float, float]:
    return _quotient(*_total(arguments), float(len(arguments)), 0.0)


def _prod(arguments: _Pairs) -> tuple[float, float]:
    return reduce(lambda one, other: _product(*one, *other), arguments)


def _most(arguments: _Pairs) -> tuple[float, float]:
    return max(value for value, _ in arguments), max(error for _, error in arguments)


def _least(arguments: _Pairs) -> tuple[float, float]:
    return min(value for value, _ in arguments), max(error for _, error in arguments)


def _rounding(value: float, unit: float, *, exact: bool) -> float:
    """Bound the rounding error of one operation; `exact` tells that 0 is no underflow."""
    lost = abs(value) < _SMALL and not (exact and value == 0)
    return unit * abs(value) + (_STEP if lost else 0.0)


def _applied(function: Function, arguments: _Pairs) -> tuple[float, float]:
    return _called(function.compute, arguments, positive=function.positive)


def _called(compute: Callable[..., float], arguments: _Pairs, *, positive: bool) -> tuple[float, float]:
    if not all(math.isfinite(error) for _, error in arguments):
        return 0.0, math.inf
    exact = [value for value, _ in arguments]
    try:
        value = finite(compute(*exact))
    except (ValueError, ZeroDivisionError):
        if any(_moved(compute, exact, at, error) for at, (_, error) in enumerate(arguments) if error):
            return 0.0, math.inf
        raise
    spread = _rounding(value, _LIBRARY, exact=not positive)
    for at, (_, error) in enumerate(arguments):
        if error:
            there = _moved(compute, exact, at, error)
            spread = spread + max(abs(each - value) for each in there) if len(there) == 2 else math.inf
    return value, spread


def _moved(compute: Callable[..., float], exact: list[float], at: int, error: float) -> list[float]:
    """Compute with one argument moved down and up by its error, where that has a value."""
    found = []
    for shift in (-_NUDGE * error, _NUDGE * error):
        try:
            found.append(finite(compute(*exact[:at], exact[at] + shift, *exact[at + 1 :])))
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
    return found


_GATHERING: Mapping[str, Callable[[_Pairs], tuple[float, float]]] = {
    "max": _most,
    "mean": _mean,
    "min": _least,
    "prod": _prod,
    "sum": _total,
}
_RULES: Mapping[str, Callable[[float, float, float, float], tuple[float, float]]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "/": _quotient,
    "^": _power,
}
