"""What a check holds of an object that lives in a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from grader.sandbox.proxy import Function

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.sandbox.worker import Answer, Worker

_MAX_STEPS = 100_000


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


def link_of(handle: Handle) -> tuple[Worker, int, str]:
    """The worker, the number there and the class's name behind a handle."""
    read = object.__getattribute__
    return (
        read(handle, "_Handle__worker"),
        read(handle, "_Handle__number"),
        read(handle, "_Handle__class"),
    )


def handle_class(handle: Handle) -> str:
    """The name of the class of the object behind a handle, as the submission tells it."""
    return link_of(handle)[2]
