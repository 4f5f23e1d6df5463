"""The surroundings of a submission inside its worker: module, standard output, random state, exit."""

from __future__ import annotations

import builtins
import io
import os
import random
import sys
import types
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRINT_CAP = 64 * 1024
_MAX_NAMES = 10_000


class Printed(io.TextIOBase):
    """The submission's standard output and error: kept up to a cap, and sent along with each answer."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._lost = 0

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, text: str) -> int:
        """Keep what there is room for."""
        text = str.__str__(text)
        kept = text[: max(0, _PRINT_CAP - self._size)]
        if kept:
            self._parts.append(kept)
            self._size += len(kept)
        self._lost += len(text) - len(kept)
        return len(text)

    def take(self) -> dict[str, object]:
        """What to add to the next answer's metadata."""
        if not self._parts and not self._lost:
            return {}
        taken: dict[str, object] = {"out": "".join(self._parts), "lost": self._lost}
        self._parts, self._size, self._lost = [], 0, 0
        return taken


def leave(e: SystemExit) -> None:
    """A submission that exits really ends its worker; the other side tells the learner so."""
    code = e.code
    os._exit(0 if code is None else code & 0xFF if type(code) is int else 1)


def exception(module: str, name: str) -> type[BaseException]:
    """The class of an exception that a check's callback raised."""
    if module == "numpy.linalg":
        return np.linalg.LinAlgError
    found = getattr(builtins, name, RuntimeError)
    return found if isinstance(found, type) and issubclass(found, Exception) else RuntimeError


def named_type(name: object) -> object:
    """A type that a check has sent as an argument, such as numpy.float32."""
    module, _, attribute = str(name).partition(".")
    return getattr(np if module == "numpy" else builtins, attribute)


def make_deterministic(seed: int) -> None:
    """Seed all that a submission may draw from without a seed of its own."""
    random.seed(seed)
    np.random.seed(seed % 2**32)
    # What default_rng() draws its entropy from when no seed is given.
    np.random.bit_generator.randbits = random.Random(seed).getrandbits  # type: ignore[attr-defined]  # noqa: S311


def hold_recursion_limit() -> None:
    """Leave `sys.setrecursionlimit` without effect: checks rely on the default, and beyond it the stack ends."""
    sys.setrecursionlimit = lambda _limit: None


def fresh_module(filename: str) -> types.ModuleType:
    """An empty module, known to the import system, for a file of this name."""
    stem = filename.removesuffix(".py")
    # A file called random.py must not take the place of random.
    name = f"submission_{stem}" if stem in sys.modules else stem
    module = types.ModuleType(name)
    module.__file__ = filename
    sys.modules[name] = module  # dataclasses and typing look there
    return module


def public_names(module: types.ModuleType) -> list[list[object]]:
    """Each public name that is no module, with 1 if it can be called."""
    return list(_names(module))[:_MAX_NAMES]


def _names(module: types.ModuleType) -> Iterator[list[object]]:
    for name, value in module.__dict__.items():
        if type(name) is str and not name.startswith("_") and not isinstance(value, types.ModuleType):
            yield [name, int(callable(value))]
