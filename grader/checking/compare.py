"""Comparisons that check authors call in one line, each failing with a sentence that teaches.

Every one raises ComparisonFailed: its message is fit for the learner's eyes (no values), its
`detail` holds the values for visible examples, staff and `--reveal`.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

from grader.checking.diagnosis import first_index, nonfinite_difference, pattern, place
from grader.sandbox import Function, Handle, SubmissionError, handle_class

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_WORDS = {
    type(None): "None", str: "a text", dict: "a dict", list: "a list", tuple: "a tuple", bytes: "bytes",
    bool: "True or False", int: "a whole number", float: "a number", complex: "a complex number",
}  # fmt: skip
# Other names are the submission's own, and could spell out a hidden input.
_KNOWN_CLASSES = frozenset({
    "set", "frozenset", "range", "generator", "map", "filter", "zip", "function", "method", "type", "module", "ndarray",
    "dict_keys", "dict_values", "dict_items", "slice", "Fraction", "Decimal", "builtin_function_or_method", "ufunc",
})  # fmt: skip


_STRICTNESS: ContextVar[float] = ContextVar("strictness", default=1.0)


@contextmanager
def stricter_by(factor: float) -> Iterator[None]:
    """Divide every tolerance by `factor` meanwhile: shows whether right solutions pass with a margin."""
    token = _STRICTNESS.set(factor)
    try:
        yield
    finally:
        _STRICTNESS.reset(token)


class ComparisonFailed(AssertionError):
    """A value isn't what it must be.

    Attributes:
        message: One sentence without values.
        detail: The values, for those who may see them.
    """

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(f"{message} {detail}".strip())
        self.message = message
        self.detail = detail


def assert_close(
    actual: Any,
    expected: Any,
    *,
    rtol: float = 1e-7,
    atol: float = 0.0,
    dtype: npt.DTypeLike | None = None,
    name: str = "The result",
    sizes: Mapping[str, float] | None = None,
) -> None:
    """Compare numbers, looking at type, shape, dtype, finiteness and values, in this order.

    Entries agree where |actual − expected| ≤ atol + rtol·|expected|; nan agrees with nan. Shapes
    are compared exactly, never through broadcasting. Tuples, lists and dicts in `expected` are
    compared part by part; a nested list of numbers counts as an array.

    Args:
        actual: What the submission returned.
        expected: A number, an array, or a tuple, list or dict of such.
        rtol: Relative tolerance.
        atol: Absolute tolerance.
        dtype: The dtype that `actual` must have; by default any real (or, if expected, complex) one.
        name: What to call the value at the start of a sentence, e.g. "softmax(z)".
        sizes: Numbers of the problem by name, such as `{"N, the number of samples": 5}`; a result
            that is off by one of them is told so.

    Raises:
        ComparisonFailed: With the diagnosis.
    """
    if isinstance(expected, dict):
        _same_keys(actual, expected, name)
        for key, part in expected.items():
            assert_close(
                actual[key], part, rtol=rtol, atol=atol, dtype=dtype, name=f"{name}[{key!r}]", sizes=sizes
            )
        return
    if isinstance(expected, (tuple, list)) and not _is_numeric(expected):
        _same_length(actual, expected, name)
        for index, part in enumerate(expected):
            assert_close(
                actual[index], part, rtol=rtol, atol=atol, dtype=dtype, name=_part(name, index), sizes=sizes
            )
        return
    want = np.asarray(expected)
    got = as_array(actual, shape=want.shape, dtype=dtype, name=name)
    _same_kind(got, want, name)
    strictness = _STRICTNESS.get()
    _same_values(got, want, rtol / strictness, atol / strictness, name, sizes or {})


def assert_equal(actual: Any, expected: Any, *, name: str = "The result") -> None:
    """Compare exactly: texts, truth values, whole numbers, and tuples, lists or dicts of them.

    A NumPy scalar or 0-d array counts as the number that it holds.

    Raises:
        ComparisonFailed: They differ.
    """
    if isinstance(expected, (np.ndarray, float)):
        assert_close(actual, expected, rtol=0.0, name=name)
        return
    if isinstance(expected, dict):
        _same_keys(actual, expected, name)
        for key, part in expected.items():
            assert_equal(actual[key], part, name=f"{name}[{key!r}]")
        return
    if isinstance(expected, (tuple, list)):
        _same_length(actual, expected, name)
        for index, part in enumerate(expected):
            assert_equal(actual[index], part, name=_part(name, index))
        return
    plain = actual.item() if isinstance(actual, (np.generic, np.ndarray)) and actual.ndim == 0 else actual
    if isinstance(plain, Handle) or not _comparable(plain, expected):
        _fail(f"{name} is {describe(actual)}, where {describe(expected)} is expected.")
    if plain != expected:
        _fail(f"{name} isn't what it must be.", f"Expected {expected!r}, got {plain!r}.")


def as_array(
    value: Any,
    *,
    shape: tuple[int, ...] | None = None,
    dtype: npt.DTypeLike | None = None,
    name: str = "The result",
) -> npt.NDArray[Any]:
    """Take what came back as an array of numbers, or fail with a sentence on its type, shape or dtype.

    Args:
        value: A number, an array, or a nested list or tuple of numbers.
        shape: The shape that it must have, compared exactly.
        dtype: The dtype that it must have.
        name: What to call the value at the start of a sentence.

    Returns:
        The numbers; shape () for a scalar.

    Raises:
        ComparisonFailed: It isn't such an array.
    """
    if value is None:
        _fail(f"{name} is None: is a `return` missing?")
    if isinstance(value, (Handle, Function, str, bytes, dict)):
        _fail(f"{name} is {describe(value)}, where {_expected_numbers(shape)} belongs.")
    try:
        array = np.asarray(value)
    except (ValueError, TypeError):
        _fail(
            f"{name} is {describe(value)} whose rows differ in length, where {_expected_numbers(shape)} belongs."
        )
    if array.dtype.kind not in "biufc":
        _fail(f"{name} is {describe(value)} that doesn't hold only numbers.")
    if shape is not None and array.shape != shape:
        _fail(
            f"{name} has the shape {array.shape}, but must have {shape}.{_shape_remark(array.shape, shape)}"
        )
    if dtype is not None and array.dtype != np.dtype(dtype):
        _fail(f"{name} has the dtype {array.dtype}, but must have {np.dtype(dtype)}.")
    return array


def assert_raises(error: type[Exception], function: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Check that a call of the submission raises `error`; precede it by a valid call.

    Raises:
        ComparisonFailed: It returned, or raised something else.
    """
    name = _name_of(function)
    try:
        function(*args, **kwargs)
    except NotImplementedError:
        raise
    except error:
        return
    except SubmissionError as other:
        _fail(
            f"{name} raises {other.base} for this invalid input; it should raise {error.__name__}.",
            f"{other.kind}: {other.text}",
        )
    _fail(f"{name} accepts an invalid input; it should raise {error.__name__}.")


def assert_pure(function: Function, *args: Any, may_share: bool = False, **kwargs: Any) -> Any:
    """Check that a call leaves its arguments alone and returns memory of its own; give its value.

    The arrays arrive read-only, so a change raises at the learner's own line.

    Args:
        function: A function of the submission.
        args: Its arguments.
        may_share: Whether a returned array may be a view of an argument.
        kwargs: Its keyword arguments.

    Raises:
        ComparisonFailed: An argument was changed, or a result shares memory with one.
    """
    name = _name_of(function)
    try:
        seen = function.frozen(*args, **kwargs)
    except SubmissionError as error:
        if not error.read_only_write:
            raise
        line = f" in line {error.line}" if error.line else ""
        _fail(f"{name} changes an array that it was given{line}; work on a copy instead.")
    if seen.changed:
        _fail(f"{name} changes what it was given; work on a copy instead.")
    if seen.shares and not may_share:
        _fail(
            f"{name} returns memory of its argument: whoever changes the result changes the argument too. "
            "Return a new array."
        )
    return seen.value


def assert_no_warnings(function: Function, *args: Any, **kwargs: Any) -> Any:
    """Check that a call raises no overflow, invalid-value or division-by-zero flag; give its value.

    Underflow is free: a tiny probability may become 0.

    Raises:
        ComparisonFailed: A flag was raised.
    """
    seen = function.observed(*args, **kwargs)
    words = {"overflow": "an overflow", "invalid": "an invalid value", "divide": "a division by zero"}
    raised = [words[flag] for flag in sorted(seen.flags) if flag in words]
    if raised:
        _fail(
            f"{_name_of(function)} meets {' and '.join(raised)} on the way, even if the value is right in the end; "
            "arrange the computation so that it doesn't come up."
        )
    return seen.value


def finite_difference(
    f: Callable[[npt.NDArray[Any]], Any], x: npt.ArrayLike, h: float = 1e-6
) -> npt.NDArray[np.float64]:
    """Differentiate a scalar function numerically, by central differences.

    Args:
        f: Takes an array of x's shape, returns a real scalar.
        x: Where to differentiate, any shape.
        h: Step; the error is about h²·|f‴|/6 + 1e-16·|f|/h.

    Returns:
        ∂f/∂x, of x's shape.
    """
    point = np.asarray(x, dtype=np.float64)
    slope = np.empty_like(point)
    for index in np.ndindex(point.shape):
        above, below = point.copy(), point.copy()
        above[index] += h
        below[index] -= h
        slope[index] = (float(f(above)) - float(f(below))) / (above[index] - below[index])
    return slope


def describe(value: Any) -> str:
    """Name the kind of a value for a learner, e.g. "an array of shape (3,) and dtype float64"."""
    if isinstance(value, Handle):
        name = handle_class(value)
        return f"an object of class {name}" if name in _KNOWN_CLASSES else "an object of a class of its own"
    if isinstance(value, Function):
        return "a function"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    if isinstance(value, np.generic):
        return f"a NumPy scalar of dtype {value.dtype}"
    return _WORDS.get(type(value), f"an object of class {type(value).__name__}")


def _fail(message: str, detail: str = "") -> NoReturn:
    raise ComparisonFailed(message, detail)


def _same_values(
    got: npt.NDArray[Any],
    want: npt.NDArray[Any],
    rtol: float,
    atol: float,
    name: str,
    sizes: Mapping[str, float],
) -> None:
    boolean = got.dtype.kind == "b" or want.dtype.kind == "b"
    with np.errstate(all="ignore"):
        if boolean:
            right = not (got != want).any()
        else:
            # What isn't finite compares as wrong here, and is looked at below.
            right = np.isfinite(want).all() and (np.abs(got - want) <= atol + rtol * np.abs(want)).all()
        if right:
            return
    detail = f"Expected {_values(want)}, got {_values(got)}."
    if boolean:
        index = place(first_index(np.asarray(got != want)))
        _fail(f"{name} has a wrong truth value{' at ' + index if index else ''}.", detail)
    where = nonfinite_difference(got, want)
    if where:
        _fail(f"{name} isn't finite where it should be: {where}." if "should" not in where
              else f"{name} misses a limit: {where}.", detail)  # fmt: skip
    finite = np.isfinite(want)
    with np.errstate(all="ignore"):
        excess = np.where(finite, np.abs(got - want) - (atol + rtol * np.abs(want)), -1.0)
        if not (excess > 0).any():
            return
        _fail(_difference(got, want, finite, excess, rtol, name, sizes), detail)


def _difference(
    got: npt.NDArray[Any],
    want: npt.NDArray[Any],
    finite: npt.NDArray[np.bool_],
    excess: npt.NDArray[Any],
    rtol: float,
    name: str,
    sizes: Mapping[str, float],
) -> str:
    if not want.shape and abs(want) > 0 and abs(got - want) <= 1e-2 * abs(want):
        words = "is close, but not within the tolerance"
    else:
        words = "is wrong"
    close = np.abs(got - want) <= 1e-3 * np.abs(want)
    if want.shape and (close | ~finite).all():
        words = "is close everywhere, but not within the tolerance"
    shape_of_error = pattern(got, want, rtol, sizes) if finite.all() else ""
    told = f": {shape_of_error}" if shape_of_error else ""
    if not want.shape:
        return f"{name} {words}{told}."
    worst = place(tuple(int(i) for i in np.unravel_index(int(np.argmax(excess)), excess.shape)))
    return f"{name} {words}{told}; the worst entry is {worst}."


def _same_kind(got: npt.NDArray[Any], want: npt.NDArray[Any], name: str) -> None:
    if got.dtype.kind == "c" and want.dtype.kind != "c":
        _fail(f"{name} is complex, where real numbers belong.")
    if got.dtype.kind == "b" and want.dtype.kind != "b":
        _fail(f"{name} holds True and False, where numbers belong.")
    if want.dtype.kind == "b" and got.dtype.kind != "b":
        _fail(f"{name} holds numbers, where True and False belong (dtype bool).")


def _same_keys(actual: Any, expected: dict[Any, Any], name: str) -> None:
    if type(actual) is not dict:
        _fail(f"{name} is {describe(actual)}, where a dict belongs.")
    lacking = [key for key in expected if key not in actual]
    extra = [key for key in actual if key not in expected]
    if lacking:
        _fail(f"{name} lacks the key {lacking[0]!r}.")
    if extra:
        _fail(f"{name} has a key that doesn't belong there.", f"({extra[0]!r})")


def _same_length(actual: Any, expected: Sequence[Any], name: str) -> None:
    kind = "a tuple" if isinstance(expected, tuple) else "a list"
    several = isinstance(actual, np.ndarray) and actual.ndim > 0
    if type(actual) not in (list, tuple) and not several:
        _fail(f"{name} is {describe(actual)}, where {kind} of {len(expected)} values belongs.")
    if len(actual) != len(expected):
        _fail(f"{name} has {len(actual)} values, where {len(expected)} belong.")


def _is_numeric(values: Sequence[Any]) -> bool:
    """Whether a list is an array written out; a tuple always stands for several values."""
    if isinstance(values, tuple):
        return False
    return all(
        isinstance(v, (int, float, complex, np.number)) or (isinstance(v, list) and _is_numeric(v))
        for v in values
    )


def _comparable(actual: Any, expected: Any) -> bool:
    if isinstance(expected, bool) or isinstance(actual, bool):
        return isinstance(actual, bool) and isinstance(expected, bool)
    if isinstance(expected, int):
        return isinstance(actual, int) or (isinstance(actual, float) and not math.isnan(actual))
    return type(actual) is type(expected)


def _expected_numbers(shape: tuple[int, ...] | None) -> str:
    if shape is None:
        return "an array of numbers"
    return f"an array of shape {shape}" if shape else "a number"


def _shape_remark(got: tuple[int, ...], want: tuple[int, ...]) -> str:
    if sorted(got) == sorted(want) and len(got) > 1:
        return " Are the axes in the right order?"
    if len(got) > len(want) and tuple(n for n in got if n != 1) == tuple(n for n in want if n != 1):
        return " An axis of length 1 is left over."
    if not want:
        return " A single number is asked for."
    return ""


def _part(name: str, index: int) -> str:
    ordinal = _ORDINALS[index] if index < len(_ORDINALS) else f"{index + 1}th"
    return (
        f"The {ordinal} value of {name[0].lower()}{name[1:]}" if name == "The result" else f"{name}[{index}]"
    )


def _name_of(function: Callable[..., Any]) -> str:
    return str(getattr(function, "__name__", "The function"))


def _values(array: npt.NDArray[Any]) -> str:
    if not array.shape:
        return f"{array.item():.10g}" if array.dtype.kind == "f" else repr(array.item())
    shown = np.array2string(
        array, threshold=40, separator=", ", formatter={"float_kind": lambda value: f"{value:.6g}"}
    )
    return " ".join(shown.split())
