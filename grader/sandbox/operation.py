"""The operators that a check may apply to a handle, as a worker carries them out."""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_BINARY: dict[str, Callable[[Any, Any], object]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "pow": operator.pow,
    "matmul": operator.matmul,
}


def _reflected(name: str, plain: Callable[[Any, Any], object], left: object, right: object) -> object:
    """Ask the right operand first: an array on the left would take the learner's object apart."""
    method = getattr(type(right), f"__r{name}__", None)
    result = NotImplemented if method is None else method(right, left)
    return plain(left, right) if result is NotImplemented else result


OPERATIONS: dict[str, Callable[..., object]] = {
    **_BINARY,
    **{f"r{name}": functools.partial(_reflected, name, plain) for name, plain in _BINARY.items()},
    "neg": operator.neg,
    "pos": operator.pos,
    "invert": operator.invert,
    "abs": operator.abs,
    "getitem": operator.getitem,
    "setitem": operator.setitem,
    "contains": operator.contains,
    "len": len,
}
