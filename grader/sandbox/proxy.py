"""What a check holds of a submission: itself and its functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from grader.sandbox.errors import MissingName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.sandbox.host import Host
    from grader.sandbox.worker import Answer


class _Asks(Protocol):
    """A host (for the submission's own names) or a worker (for objects that live in it)."""

    def ask(self, op: str, value: object = ..., **meta: object) -> Answer: ...
    def kill_for(self, reason: str) -> NoReturn: ...


@dataclass(frozen=True, slots=True)
class Observation:
    """A call's value with what the worker reports about it.

    Self-reported by the submission's own process, hence worth few points.

    Attributes:
        value: What the call returned.
        flags: Floating-point flags raised: "overflow", "invalid", "divide"; never underflow.
        changed: An argument (nested lists, dicts and arrays too) differs after the call.
        shares: An array in the result shares memory with one among the arguments.
    """

    value: object
    flags: frozenset[str]
    changed: bool
    shares: bool


class Submission:
    """A learner's module: its public names as functions, or as values where they are data.

    A class is called like a function, and gives a handle.
    """

    __slots__ = ("__host",)
    __host: Host

    def __init__(self, host: Host) -> None:
        object.__setattr__(self, "_Submission__host", host)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        names = self.__host.names()
        if name not in names:
            import difflib  # only a missing name pays for it

            raise MissingName(name, difflib.get_close_matches(name, names), self.__host.filename)
        if names[name]:
            return Function(self.__host, 0, name)
        return self.__host.ask("get", on=0, name=name).value

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a check can't set {name!r} in a submission")

    def __repr__(self) -> str:
        return f"<submission {self.__host.filename}>"


class Function:
    """A function of the submission, or a method of one of its objects."""

    __slots__ = ("__asks", "__name", "__on")

    def __init__(self, asks: _Asks, on: int, name: str | None) -> None:
        self.__asks = asks
        self.__on = on
        self.__name = name

    @property
    def __name__(self) -> str:
        return self.__name or "the function"

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Call it with fresh copies of the arguments."""
        return self.__asks.ask("call", [args, kwargs], on=self.__on, name=self.__name).value

    def each(self, calls: Sequence[tuple[object, ...]]) -> list[object]:
        """Call it once for each tuple of arguments, all in one round trip."""
        values = self.__asks.ask("call", list(calls), on=self.__on, name=self.__name, each=True).value
        return _as_list(self.__asks, values, len(calls))

    def observed(self, *args: object, **kwargs: object) -> Observation:
        """Call it and report flags, changed arguments and shared memory."""
        return self.__observe("observed", args, kwargs)

    def frozen(self, *args: object, **kwargs: object) -> Observation:
        """Call it with arrays that are read-only for good: a change raises at the learner's own line."""
        return self.__observe("frozen", args, kwargs)

    def __observe(self, mode: str, args: tuple[object, ...], kwargs: dict[str, object]) -> Observation:
        answer = self.__asks.ask("call", [args, kwargs], on=self.__on, name=self.__name, mode=mode)
        return Observation(
            answer.value,
            _flags(answer.meta.get("flags")),
            answer.meta.get("changed") is True,
            answer.meta.get("shares") is True,
        )

    def __repr__(self) -> str:
        return f"<function {self.__name} of the submission>"


def _flags(told: object) -> frozenset[str]:
    if type(told) is not list or not all(type(flag) is str for flag in told):
        return frozenset()
    return frozenset(told) & {"overflow", "invalid", "divide"}


def _as_list(asks: _Asks, values: object, count: int) -> list[object]:
    if type(values) is not list or len(values) != count:
        asks.kill_for("it broke the protocol")
    return values


def name_of(function: Function) -> tuple[int, str | None]:
    """The number of the object that owns a function (0: the module), and its name there."""
    read = object.__getattribute__
    return read(function, "_Function__on"), read(function, "_Function__name")
