"""What a worker tells beside values, read strictly: errors, a callback's arguments, generators' progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.sandbox import generator
from grader.sandbox.errors import NAME_CAP, SubmissionError, clean, error_class
from grader.sandbox.wire import WireError

if TYPE_CHECKING:
    import numpy as np


def read_error(told: object) -> tuple[SubmissionError, int]:
    """The exception to raise, and which of the check's own callback exceptions it was, or -1."""
    if type(told) is not dict:
        raise WireError("error")
    lineage, line, number = told.get("lineage"), told.get("line"), told.get("callback", -1)
    if type(lineage) is not list or not lineage or not all(type(c) is str for c in lineage):
        raise WireError("error")
    error = error_class(lineage)(
        clean(lineage[0].rpartition(".")[2], NAME_CAP),
        clean(str(told.get("text", ""))),
        line=line if type(line) is int else None,
        function=clean(str(told.get("function", "")), NAME_CAP),
        read_only_write=told.get("read_only") is True,
    )
    return error, number if type(number) is int else -1


def read_arguments(told: object) -> tuple[list[object], dict[str, object]]:
    """The positional and keyword arguments of a call back."""
    if type(told) is not list or len(told) != 2:
        raise WireError("arguments")
    args, kwargs = told
    if type(args) is not list or type(kwargs) is not dict or not all(type(k) is str for k in kwargs):
        raise WireError("arguments")
    return args, kwargs


def advance(generators: dict[int, np.random.Generator], changes: object) -> None:
    """Bring the check's generators to where the submission left their twins."""
    if type(changes) is not list:
        raise WireError("generator states")
    for change in changes:
        if type(change) is not list or len(change) != 3 or type(change[0]) is not int:
            raise WireError("generator states")
        if change[0] not in generators:
            raise WireError("generator states")
        generator.advance(generators[change[0]], change[1:])
