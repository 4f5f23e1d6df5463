"""Compute an expression's value, on floats and on lists of them."""

import math
import operator
from collections.abc import Callable, Mapping

from grader.quiz.expression.arrays import LIST_FUNCTIONS, Value, elementwise, entries_of, entry_of, shape_of
from grader.quiz.expression.error import ExpressionError
from grader.quiz.expression.functions import CONSTANTS, FUNCTIONS, Function, power
from grader.quiz.expression.node import Binary, Call, Condition, Entry, Items, Name, Negation, Node, Number
from grader.quiz.expression.printing import to_text

_OPERATORS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": power,
}
_RELATIONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def evaluate(node: Node, values: Mapping[str, Value] | None = None) -> Value:
    """Compute an expression.

    Args:
        node: What `parse` returned.
        values: A number, or nested tuples of numbers, for each symbol.

    Returns:
        A finite number or nested tuples of them; nan where it is undefined (also where only a part
        of it is), inf where it is too large for a float.

    Raises:
        ExpressionError: A name has no value, or lists don't fit together.
    """
    try:
        return _value(node, values or {})
    except OverflowError:
        return math.inf
    except (ValueError, ZeroDivisionError):
        return math.nan


def holds(condition: Condition, values: Mapping[str, Value]) -> bool:
    """Tell whether a condition is true; where a side is undefined or too large it isn't.

    Raises:
        ExpressionError: A side is a list, or can't be computed.
    """
    sides = [evaluate(term, values) for term in condition.terms]
    for term, side in zip(condition.terms, sides, strict=True):
        if isinstance(side, tuple):
            raise ExpressionError(f"{to_text(term)} is a list; a condition compares numbers.")
    if not all(map(math.isfinite, sides)):  # type: ignore[arg-type]  # no lists are left
        return False
    return all(
        _RELATIONS[relation](left, right)  # type: ignore[arg-type]  # no lists are left
        for relation, left, right in zip(condition.relations, sides, sides[1:], strict=False)
    )


def finite(value: float) -> float:
    """Return a value that is finite.

    Raises:
        OverflowError: It is infinite.
        ValueError: It is nan.
    """
    if math.isfinite(value):
        return value
    raise ValueError if math.isnan(value) else OverflowError


def _value(node: Node, values: Mapping[str, Value]) -> Value:
    match node:
        case Number(value):
            return value
        case Name(name):
            return _named(name, values)
        case Negation(operand):
            return elementwise(operator.neg, _value(operand, values))
        case Binary(sign, left, right):
            return _applied(node, _OPERATORS[sign], (_value(left, values), _value(right, values)))
        case Call(function, arguments):
            return _called(node, function, tuple(_value(argument, values) for argument in arguments))
        case Items(entries):
            return tuple(_value(entry, values) for entry in entries)
        case Entry(items, places):
            return _entry(node, _value(items, values), tuple(_value(each, values) for each in places))


def _named(name: str, values: Mapping[str, Value]) -> Value:
    value = values.get(name, CONSTANTS.get(name))
    if value is None:
        raise ExpressionError(f"{name} has no value.", name, 0, len(name))
    # Whole numbers become floats: as Python's they could grow without bounds.
    if not isinstance(value, tuple):
        return finite(float(value))
    return elementwise(lambda number: finite(float(number)), value)


def _applied(node: Node, compute: Callable[..., float], values: tuple[Value, ...]) -> Value:
    try:
        return elementwise(lambda *numbers: finite(compute(*numbers)), *values)
    except ExpressionError as error:
        raise _placed(error, node) from None


def _called(node: Node, function: str, values: tuple[Value, ...]) -> Value:
    known = FUNCTIONS.get(function)
    if known is None:
        try:
            result = LIST_FUNCTIONS[function][0](*values)
            shape_of(result)
        except ExpressionError as error:
            raise _placed(error, node) from None
        for entry in entries_of(result):
            finite(entry)
        return result
    return _gathered(known, values) if known.gathers else _applied(node, known.compute, values)


def _gathered(function: Function, values: tuple[Value, ...]) -> float:
    return finite(function.compute(*(entry for value in values for entry in entries_of(value))))


def _entry(node: Node, items: Value, places: tuple[Value, ...]) -> Value:
    for each in places:
        try:
            items = entry_of(items, each)
        except ExpressionError as error:
            raise _placed(error, node) from None
    return items


def _placed(error: ExpressionError, node: Node) -> ExpressionError:
    """Say which part of an expression an error is about, unless that is said already."""
    if error.text:
        return error
    text = to_text(node)
    return ExpressionError(f"{text}: {error.message}", text, 0, len(text))
