"""What a check holds of a submission: itself, its functions, and handles on objects it has made."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, Protocol, overload

from grader.sandbox.errors import MissingName

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.sandbox.host import Host
    from grader.sandbox.worker import Answer, Worker

_MAX_STEPS = 100_000


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

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        names = self.__host.names()
        if name not in names:
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


class Handle:
    """An object that lives in the worker: its attributes, methods and operators, and nothing of its truth.

    It has no truth value and can't be compared, so that no answer of its own can pass for a verdict.
    All attributes belong to the learner; `handle_class(h)` tells what it is.
    """

    __slots__ = ("__class", "__number", "__worker")
    __class: str
    __number: int
    __worker: Worker
    __array_ufunc__ = None
    __hash__ = object.__hash__

    def __init__(self, worker: Worker, number: int, class_name: str) -> None:
        object.__setattr__(self, "_Handle__worker", worker)
        object.__setattr__(self, "_Handle__number", number)
        object.__setattr__(self, "_Handle__class", class_name)

    def __del__(self) -> None:
        self.__worker.free(self.__number)

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        answer = self.__worker.ask("get", on=self.__number, name=name)
        return Function(_Bound(self), self.__number, name) if "method" in answer.meta else answer.value

    def __setattr__(self, name: str, value: object) -> None:
        self.__worker.ask("set", value, on=self.__number, name=name)

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Call the object behind it."""
        return self.__worker.ask("call", [args, kwargs], on=self.__number).value

    def __operate(self, name: str, *operands: object) -> object:
        return self.__worker.ask("operate", list(operands), name=name).value

    def __getitem__(self, key: object) -> object:
        return self.__operate("getitem", self, key)

    def __setitem__(self, key: object, value: object) -> None:
        self.__operate("setitem", self, key, value)

    def __contains__(self, item: object) -> bool:
        return self.__operate("contains", self, item) is True

    def __len__(self) -> int:
        size = self.__operate("len", self)
        if type(size) is not int or not 0 <= size < 1 << 62:
            self.__worker.kill_for("it broke the protocol")
        return size

    def __iter__(self) -> Iterator[object]:
        iterator = self.__worker.ask("iterate", on=self.__number).value
        if type(iterator) is not Handle:
            self.__worker.kill_for("it broke the protocol")
        for _ in range(_MAX_STEPS):
            answer = self.__worker.ask("next", on=link_of(iterator)[1])
            if "end" in answer.meta:
                return
            yield answer.value
        self.__worker.kill_for(f"it gave more than {_MAX_STEPS:,} values in a loop")

    def __next__(self) -> object:
        answer = self.__worker.ask("next", on=self.__number)
        if "end" in answer.meta:
            raise StopIteration
        return answer.value

    def __add__(self, other: object) -> object:
        return self.__operate("add", self, other)

    def __radd__(self, other: object) -> object:
        return self.__operate("radd", other, self)

    def __sub__(self, other: object) -> object:
        return self.__operate("sub", self, other)

    def __rsub__(self, other: object) -> object:
        return self.__operate("rsub", other, self)

    def __mul__(self, other: object) -> object:
        return self.__operate("mul", self, other)

    def __rmul__(self, other: object) -> object:
        return self.__operate("rmul", other, self)

    def __truediv__(self, other: object) -> object:
        return self.__operate("truediv", self, other)

    def __rtruediv__(self, other: object) -> object:
        return self.__operate("rtruediv", other, self)

    def __floordiv__(self, other: object) -> object:
        return self.__operate("floordiv", self, other)

    def __rfloordiv__(self, other: object) -> object:
        return self.__operate("rfloordiv", other, self)

    def __mod__(self, other: object) -> object:
        return self.__operate("mod", self, other)

    def __rmod__(self, other: object) -> object:
        return self.__operate("rmod", other, self)

    def __pow__(self, other: object) -> object:
        return self.__operate("pow", self, other)

    def __rpow__(self, other: object) -> object:
        return self.__operate("rpow", other, self)

    def __matmul__(self, other: object) -> object:
        return self.__operate("matmul", self, other)

    def __rmatmul__(self, other: object) -> object:
        return self.__operate("rmatmul", other, self)

    def __neg__(self) -> object:
        return self.__operate("neg", self)

    def __pos__(self) -> object:
        return self.__operate("pos", self)

    def __invert__(self) -> object:
        return self.__operate("invert", self)

    def __abs__(self) -> object:
        return self.__operate("abs", self)

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self!r} has no truth value: ask it for a plain value, such as an attribute")

    def __refuse(self, _: object) -> NoReturn:
        raise TypeError(f"{self!r} can't be compared: compare plain values, such as its attributes")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __refuse

    def __array__(self, *_: object, **__: object) -> NoReturn:
        raise TypeError(f"{self!r} is not an array")

    def __reduce_ex__(self, _: object) -> NoReturn:
        raise TypeError(f"{self!r} lives in its worker and can't be copied")

    def __repr__(self) -> str:
        return f"<{self.__class} object of the submission>"


class _Bound:
    """Asks in the name of a handle, and keeps it alive while one of its methods is held."""

    __slots__ = ("_handle",)

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    def ask(self, op: str, value: object = None, **meta: object) -> Answer:
        """Ask the handle's worker."""
        return link_of(self._handle)[0].ask(op, value, **meta)

    def kill_for(self, reason: str) -> NoReturn:
        """End the handle's worker."""
        link_of(self._handle)[0].kill_for(reason)


@overload
def link_of(x: Handle) -> tuple[Worker, int, str]: ...
@overload
def link_of(x: Function) -> tuple[int, str | None]: ...
def link_of(x: Handle | Function) -> tuple[Worker, int, str] | tuple[int, str | None]:
    """What stands behind a proxy; a function's owner and name, a handle's worker, number and class."""
    read = object.__getattribute__
    if isinstance(x, Handle):
        return read(x, "_Handle__worker"), read(x, "_Handle__number"), read(x, "_Handle__class")
    return read(x, "_Function__on"), read(x, "_Function__name")


def handle_class(handle: Handle) -> str:
    """The name of the class of the object behind a handle, as the submission tells it."""
    return link_of(handle)[2]
