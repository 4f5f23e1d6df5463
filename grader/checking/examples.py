"""Run the visible examples that an exercise's YAML declares: one call, one expected value."""

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.checking.compare import assert_close, assert_equal, assert_raises
from grader.checking.functions import FUNCTIONS
from grader.errors import CourseFault, did_you_mean
from grader.sandbox import Submission
from grader.spec import Action, Example, MethodCall, Operation

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "**": operator.pow,
}  # fmt: skip
_DTYPES = ("float64", "float32", "float16", "int64", "int32", "uint8", "bool", "complex128")
_EXCEPTIONS = {
    error.__name__: error for error in (ValueError, TypeError, IndexError, KeyError, ZeroDivisionError)
}  # fmt: skip


def run_example(example: Example, submission: Submission) -> None:
    """Make the call and compare what comes back.

    Raises:
        ComparisonFailed: The value isn't the expected one.
        CourseFault: The example itself can't be built.
    """
    function = getattr(submission, example.call)
    args = [value_of(arg) for arg in example.args]
    kwargs = {name: value_of(arg) for name, arg in example.kwargs.items()}
    if example.raises is not None:
        assert_raises(_EXCEPTIONS[example.raises], function, *args, **kwargs)
        return
    result = function(*args, **kwargs)
    for step in example.then:
        result = _step(result, step)
    compare_with(result, value_of(example.expect), example, written_call(example))


def compare_with(result: Any, expected: Any, example: Example, name: str) -> None:
    """Compare numbers within the example's tolerance and everything else exactly."""
    if _has_text(expected):
        assert_equal(result, expected, name=name)
    else:
        assert_close(result, expected, rtol=example.rtol, atol=example.atol, name=name)


def value_of(written: Any) -> Any:
    """Turn what stands in the YAML into the value that is meant (see `Example`).

    Raises:
        CourseFault: It stands for nothing that is known.
    """
    if (
        isinstance(written, list)
        and written
        and all(isinstance(part, (int, float, list)) for part in written)
    ):
        return np.array(written)
    if isinstance(written, list):
        return [value_of(part) for part in written]
    if not isinstance(written, dict):
        return written
    if len(written) != 1:
        raise CourseFault(f"an example's value {written!r} must have one key, such as 'list' or 'float32'.")
    ((kind, inner),) = written.items()
    return _typed(kind, inner)


def _typed(kind: str, inner: Any) -> Any:
    match kind:
        case "list":
            return [value_of(part) for part in inner]
        case "tuple":
            return tuple(value_of(part) for part in inner)
        case "dict":
            return {key: value_of(part) for key, part in inner.items()}
        case "function" if inner in FUNCTIONS:
            return FUNCTIONS[inner]
        case "function":
            raise CourseFault(
                f"an example's function {inner!r} isn't known.{did_you_mean(str(inner), FUNCTIONS)}"
            )
        case "rng":
            return np.random.default_rng(inner)
        case _ if kind in _DTYPES:
            return np.array(inner, dtype=kind)
    known = ("list", "tuple", "dict", "function", "rng", *_DTYPES)
    raise CourseFault(f"an example's value has the unknown key {kind!r}.{did_you_mean(kind, known)}")


def written_call(example: Example) -> str:
    """Write the call as a learner would type it, e.g. `softmax([2.3, 5.1, 1.8], temperature=2.0)`."""
    args = [written_value(arg) for arg in example.args]
    args += [f"{name}={written_value(arg)}" for name, arg in example.kwargs.items()]
    text = f"{example.call}({', '.join(args)})"
    for step in example.then:
        match step:
            case Operation():
                text = f"({text} {step.operator} {step.value})"
            case MethodCall():
                text += f".{step.method}({', '.join(written_value(arg) for arg in step.args)})"
            case Action():
                text += f" after .{step.do}()"
            case _:
                text += f".{step}"
    return text


def written_value(written: Any) -> str:
    """Write a value of an example compactly."""
    if isinstance(written, list):
        return f"[{', '.join(map(written_value, written))}]"
    if isinstance(written, dict) and len(written) == 1:
        ((kind, inner),) = written.items()
        if kind == "dict":
            return "{" + ", ".join(f"{key!r}: {written_value(part)}" for key, part in inner.items()) + "}"
        if kind == "tuple":
            return f"({', '.join(map(written_value, inner))}{',' if len(inner) == 1 else ''})"
        if kind == "list":
            return written_value(inner)
        if kind == "function":
            about = str(getattr(FUNCTIONS.get(inner), "__doc__", inner))
            return about.removeprefix("The function ").rstrip(".")
        return f"{written_value(inner)} as {kind}" if kind != "rng" else f"default_rng({inner})"
    return repr(written) if not isinstance(written, bool) else str(written)


def _step(result: Any, step: str | Operation | MethodCall | Action) -> Any:
    match step:
        case Operation():
            return _OPERATORS[step.operator](result, step.value)
        case MethodCall():
            return getattr(result, step.method)(*(value_of(arg) for arg in step.args))
        case Action():
            getattr(result, step.do)()
            return result
        case _:
            return getattr(result, step)


def _has_text(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(map(_has_text, value))
    if isinstance(value, dict):
        return any(map(_has_text, value.values()))
    return value is None or isinstance(value, (str, bool))
