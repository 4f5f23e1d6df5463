"""Numbers, vectors and matrices as nested tuples, and the functions on them that authors' parameters need."""

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import TypeAlias

from grader.quiz.expression.error import ExpressionError

Value: TypeAlias = "float | tuple[Value, ...]"


def shape_of(value: Value) -> tuple[int, ...]:
    """Tell a value's shape: () for a number, (3,) for a vector of three, (2, 3) for two rows of three.

    Raises:
        ExpressionError: The rows differ in length.
    """
    if not isinstance(value, tuple):
        return ()
    shapes = [shape_of(entry) for entry in value]
    for row, shape in enumerate(shapes[1:], start=2):
        if shape != shapes[0]:
            raise ExpressionError(f"Row 1 holds {_size(shapes[0])}, row {row} holds {_size(shape)}.")
    return (len(value), *(shapes[0] if shapes else ()))


def entries_of(value: Value) -> Iterator[float]:
    """Give all numbers of a value in order, row by row."""
    if isinstance(value, tuple):
        for entry in value:
            yield from entries_of(entry)
    else:
        yield value


def elementwise(compute: Callable[..., float], *values: Value) -> Value:
    """Apply a function entry by entry; a number goes with every entry of a list.

    Raises:
        ExpressionError: Two lists differ in length.
    """
    lists = [value for value in values if isinstance(value, tuple)]
    if not lists:
        return compute(*values)
    lengths = {len(value) for value in lists}
    if len(lengths) > 1:
        raise ExpressionError(
            f"lists of {' and '.join(map(str, sorted(lengths)))} entries don't go together."
        )
    rows = [value if isinstance(value, tuple) else (value,) * max(lengths) for value in values]
    return tuple(elementwise(compute, *row) for row in zip(*rows, strict=True))


def _matrix(value: Value, function: str) -> tuple[tuple[float, ...], ...]:
    if len(shape_of(value)) != 2:
        raise ExpressionError(f"{function} takes matrices, such as [[1, 2], [3, 4]].")
    return value  # type: ignore[return-value]  # the shape has been looked at


def _vector(value: Value, function: str) -> tuple[float, ...]:
    if len(shape_of(value)) != 1:
        raise ExpressionError(f"{function} takes vectors, such as [1, 2].")
    return value  # type: ignore[return-value]  # the shape has been looked at


def _transpose(value: Value) -> Value:
    return tuple(zip(*_matrix(value, "transpose"), strict=True))


def _matmul(left: Value, right: Value) -> Value:
    """Multiply two matrices, or a matrix and a vector."""
    rows = _matrix(left, "matmul")
    if len(shape_of(right)) == 1:
        return tuple(_dot(row, right) for row in rows)
    columns = tuple(zip(*_matrix(right, "matmul"), strict=True))
    return tuple(tuple(_dot(row, column) for column in columns) for row in rows)


def _dot(left: Value, right: Value) -> float:
    pairs = elementwise(lambda a, b: a * b, _vector(left, "dot"), _vector(right, "dot"))
    return math.fsum(entries_of(pairs))


def _norm(value: Value) -> float:
    return math.hypot(*entries_of(value))


def _sort(value: Value) -> Value:
    return tuple(sorted(_vector(value, "sort")))


def _cumsum(value: Value) -> Value:
    return tuple(accumulate(_vector(value, "cumsum")))


def _head(value: Value, count: Value) -> Value:
    """Give the first entries of a list."""
    return _listed(value, "head")[: _place(count)]


def _len(value: Value) -> float:
    return float(len(_listed(value, "len")))


def _listed(value: Value, function: str) -> tuple[Value, ...]:
    if not isinstance(value, tuple):
        raise ExpressionError(f"{function} takes a list, such as [1, 2].")
    return value


def entry_of(items: Value, place: Value) -> Value:
    """Give one entry of a list, counted from 0.

    Raises:
        ExpressionError: There is none.
    """
    at = _place(place)
    if not isinstance(items, tuple):
        raise ExpressionError("a number has no entries.")
    entries = items
    if at >= len(entries):
        raise ExpressionError(f"there is no entry {at}; the last of {len(entries)} is {len(entries) - 1}.")
    return entries[at]


def _place(value: Value) -> int:
    if isinstance(value, tuple) or value < 0 or value != math.floor(value):
        raise ExpressionError(f"a place in a list is a whole number from 0 on, not {value!r}.")
    return int(value)


# By name: the function, and how many arguments it takes.
LIST_FUNCTIONS: Mapping[str, tuple[Callable[..., Value], int]] = MappingProxyType(
    {
        "cumsum": (_cumsum, 1),
        "dot": (_dot, 2),
        "head": (_head, 2),
        "len": (_len, 1),
        "matmul": (_matmul, 2),
        "norm": (_norm, 1),
        "sort": (_sort, 1),
        "transpose": (_transpose, 1),
    }
)


def _size(shape: tuple[int, ...]) -> str:
    if not shape:
        return "a single number"
    return " by ".join(map(str, shape)) + (" number" if shape == (1,) else " numbers")
