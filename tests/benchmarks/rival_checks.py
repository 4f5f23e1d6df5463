"""Run one check on the names of a notebook or script, for graders that execute submissions there.

It is copied beside `test_all.py`, the checks of the exercise as plain functions.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import test_all  # type: ignore[import-not-found]  # written by the benchmark

from grader.checking.local import LocalFunction


class Submission:
    """What a submission has defined, behind the face that checks see."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = names

    def __getattr__(self, name: str) -> Any:
        if name not in self._names:
            raise AttributeError(name)
        value = self._names[name]
        return LocalFunction(value) if callable(value) else value


def run(check: str, names: Mapping[str, Any]) -> None:
    """Run a check; it raises where the submission fails it."""
    function = getattr(test_all, f"test_{check}")
    given = {"submission": Submission(names), "rng": np.random.default_rng(sum(map(ord, check)))}
    function(*(given[name] for name in function.__code__.co_varnames[: function.__code__.co_argcount]))
