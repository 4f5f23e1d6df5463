"""A staff solution in the trusted process, behind the same face that checks see of a submission.

It is for solutions that staff wrote: the laws try tolerances and BLAS threads here, and the
benchmarks take it as the unconfined baseline. A learner's file never comes here.
"""

import copy
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from grader.checking.modules import load_module
from grader.sandbox import Observation, SubmissionError


class LocalSubmission:
    """The functions of a Python file, called in this process with fresh arguments."""

    def __init__(self, path: Path) -> None:
        self._module = load_module(path)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._module, name)
        return LocalFunction(value) if callable(value) else value


class LocalSeat:
    """Seats a LocalSubmission where `HiddenChecks.run` expects a host."""

    def __init__(self, submission: LocalSubmission) -> None:
        self.submission = submission

    def begin(self) -> None:
        """Do nothing: a staff solution has no deadline."""


class LocalFunction:
    """A function of a LocalSubmission; see `grader.sandbox.Function`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.__name__ = getattr(function, "__name__", "the function")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it with copies of the arguments, NumPy's warnings silenced."""
        with np.errstate(all="ignore"):
            return self._function(*map(_fresh, args), **{name: _fresh(arg) for name, arg in kwargs.items()})

    def each(self, calls: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Call it once for each tuple of arguments."""
        return [self(*args) for args in calls]

    def frozen(self, *args: Any, **kwargs: Any) -> Observation:
        """Call it with arrays that are read-only."""
        return self._observe(args, kwargs, writeable=False)

    def observed(self, *args: Any, **kwargs: Any) -> Observation:
        """Call it and report flags and shared memory."""
        return self._observe(args, kwargs, writeable=True)

    def _observe(self, args: tuple[Any, ...], kwargs: dict[str, Any], *, writeable: bool) -> Observation:
        given = [*map(_fresh, args), *map(_fresh, kwargs.values())]
        arrays = [array for value in given for array in _arrays(value)]
        before = [array.copy() for array in arrays]
        for array in arrays:
            array.flags.writeable = writeable
        flags: set[str] = set()
        words = {"divide by zero": "divide", "overflow": "overflow", "invalid value": "invalid"}
        with np.errstate(all="call", under="ignore", call=lambda kind, _: flags.add(words[kind])):
            try:
                value = self._function(
                    *given[: len(args)], **dict(zip(kwargs, given[len(args) :], strict=True))
                )
            except ValueError as error:
                raise _read_only(error) from None
        changed = not all(
            np.array_equal(a, b, equal_nan=a.dtype.kind in "fc") for a, b in zip(arrays, before, strict=True)
        )
        shares = any(np.may_share_memory(a, b) for a in _arrays(value) for b in arrays)
        return Observation(value, frozenset(flags), changed, shares)


def _fresh(value: Any) -> Any:
    """Copy what a submission could change; a generator is drawn on, and stays the check's own."""
    return value if isinstance(value, np.random.Generator) else copy.deepcopy(value)


def _arrays(value: Any) -> list[np.ndarray[Any, Any]]:
    if isinstance(value, np.ndarray):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return [array for part in parts for array in _arrays(part)]


def _read_only(error: ValueError) -> Exception:
    if "read-only" not in str(error):
        return error
    return SubmissionError("ValueError", str(error), read_only_write=True)
