"""Collect a module of hidden checks with pytest, once, and run them one by one for any submission.

pytest is called with no foreign configuration: `PYTEST_ADDOPTS`, conftest files, ini files, plugins
found by name, the cache and bytecode writing are off. Its reporting is off as well: how a check
ended is taken from the exception, not from a report.
"""

import hashlib
import inspect
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, TypeVar

import numpy as np
import pytest

from grader.checking.modules import load_module
from grader.errors import CourseFault

T = TypeVar("T")

_INI = Path(__file__).with_name("pytest.ini")
# What checks don't need; each costs time at start or at every check.
_PLUGINS_OFF = (
    "terminal", "debugging", "unittest", "capture", "doctest", "junitxml", "pastebin", "cacheprovider", "stepwise",
    "setuponly", "setupplan", "logging", "warnings", "unraisableexception", "threadexception", "faulthandler",
    "legacypath", "tmpdir", "skipping", "recwarn", "subtests", "assertion",
)  # fmt: skip

_OURS = frozenset({"submission", "rng", "solution"})


class Seat(Protocol):
    """Where a submission sits: the sandbox's Host, or LocalSeat for a staff solution."""

    @property
    def submission(self) -> Any:
        """What checks call."""

    def begin(self) -> None:
        """Start the clock of a check."""


class HiddenChecks:
    """The hidden checks of one exercise, collected and ready to run.

    Attributes:
        ids: The checks' ids in the order of the module; `test_no_mutation` has the id `no_mutation`.
    """

    def __init__(self, items: list[pytest.Function], plugin: "_Plugin") -> None:
        self._plugin = plugin
        self._cases: dict[str, list[pytest.Function]] = {}
        for item in items:
            self._cases.setdefault(check_id(item.originalname), []).append(item)
        self.ids = tuple(self._cases)

    def run(self, check: str, seat: Seat, seed_key: str) -> tuple[BaseException | None, float]:
        """Run one check (all its cases) on a submission.

        Args:
            check: One of `ids`.
            seat: The submission; its clock for this check starts here.
            seed_key: What the random inputs follow from, together with the check and the case.

        Returns:
            The exception that ended the first case that didn't pass, or None; and the wall-clock
            time, s.
        """
        started = time.perf_counter()
        self._plugin.seat = seat
        self._plugin.seed_key = seed_key
        seat.begin()
        ending: BaseException | None = None
        for case in self._cases[check]:
            ending = self._plugin.run(case)
            if ending is not None:
                break
        return ending, time.perf_counter() - started


def check_id(function_name: str) -> str:
    """Give the check id of a test function."""
    return function_name.removeprefix("test_")


def with_hidden_checks(module: Path, reference: Path, body: Callable[[HiddenChecks], T]) -> T:
    """Collect `module` and call `body` with its checks, inside the running pytest session.

    Args:
        module: The file of hidden checks.
        reference: The reference solution, given to checks as the fixture `solution`.
        body: Called once; what it returns is returned.

    Raises:
        CourseFault: The module can't be collected, or holds no checks.
    """
    plugin = _Plugin(module, reference, body)
    with _quiet_pytest():
        pytest.main(
            [
                str(module), "-c", str(_INI), "--rootdir", str(module.parent), "--noconftest",
                "--import-mode=importlib", *(word for name in _PLUGINS_OFF for word in ("-p", f"no:{name}")),
            ],
            plugins=[plugin],
        )  # fmt: skip
    if plugin.raised is not None:
        raise plugin.raised
    if not plugin.results:
        raise CourseFault(f"{module}: can't be collected: {plugin.fault or 'it holds no test functions'}.")
    result: T = plugin.results[0]
    return result


class _Plugin:
    """What stands between pytest and the grader: fixtures, the loop, and how each check ended."""

    def __init__(self, module: Path, reference: Path, body: Callable[[HiddenChecks], Any]) -> None:
        self.module = module
        self.reference = reference
        self.body = body
        self.results: list[Any] = []
        self.raised: BaseException | None = None
        self.fault = ""
        self.seat: Seat | None = None
        self.seed_key = ""
        self.solution_module: ModuleType | None = None
        self.ending: BaseException | None = None
        self.foreign = False  # whether the case that runs has taken a fixture that isn't ours
        # Cases that take our fixtures alone, as their first run showed, with the names of their arguments.
        self.plain: dict[pytest.Item, list[str]] = {}

    def run(self, case: pytest.Function) -> BaseException | None:
        """Run one case; give what ended it, or None when it passed."""
        self.ending, self.foreign = None, False
        if case in self.plain:
            # All that pytest would do around it comes to nothing here, and takes longer than most checks.
            self.ending = self._call(case)
        else:
            case.ihook.pytest_runtest_protocol(item=case, nextitem=None)
        return self.ending

    def _call(self, case: pytest.Function) -> BaseException | None:
        given = {"submission": self._submission, "rng": lambda: self._rng(case), "solution": self._solution}
        try:
            case.funcargs = {name: given[name]() for name in self.plain[case]}
            case.runtest()
        except (KeyboardInterrupt, pytest.exit.Exception):
            raise
        except BaseException as error:  # a death is one, too; judged by the caller
            return error
        finally:
            case.funcargs = {}
        return None

    def _submission(self) -> Any:
        assert self.seat is not None
        return self.seat.submission

    def _rng(self, case: pytest.Item) -> np.random.Generator:
        digest = hashlib.sha256(f"{self.seed_key}|{case.name}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest[:16], "big"))

    def _solution(self) -> ModuleType:
        if self.solution_module is None:
            self.solution_module = load_module(self.reference)
        return self.solution_module

    @pytest.fixture
    def submission(self) -> Any:
        """The learner's file, behind the trust boundary."""
        return self._submission()

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """A generator for the inputs of this check, seeded by (course, seed, item, check, case)."""
        return self._rng(request.node)

    @pytest.fixture
    def solution(self) -> ModuleType:
        """The reference solution, loaded once in this process."""
        return self._solution()

    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        if getattr(fixturedef.func, "__self__", None) is not self:
            self.foreign = True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and not self.fault:
            lines = str(report.longrepr).strip().splitlines()
            self.fault = " ".join(lines[-1].removeprefix("E").split()) if lines else "it can't be imported"

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = [item for item in session.items if isinstance(item, pytest.Function)]
        if self.fault or not items:
            return True
        try:
            self.results.append(self.body(HiddenChecks(items, self)))
        except BaseException as error:  # carried out of pytest and raised again by the caller
            self.raised = error
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        # A report with no text: formatting one costs more than most checks.
        if call.excinfo is not None and self.ending is None:
            self.ending = call.excinfo.value
        if call.when == "call" and not self.foreign and isinstance(item, pytest.Function):
            arguments = _arguments(item)
            if item.cls is None and set(arguments) <= _OURS:
                self.plain[item] = arguments
        return pytest.TestReport(
            nodeid=item.nodeid,
            location=item.location,
            keywords={},
            outcome="passed" if call.excinfo is None else "failed",
            longrepr=None,
            when=call.when if call.when != "collect" else "call",
        )


def _arguments(case: pytest.Function) -> list[str]:
    parameters = inspect.signature(case.function).parameters.values()
    return [parameter.name for parameter in parameters if parameter.default is parameter.empty]


@contextmanager
def _quiet_pytest() -> Iterator[None]:
    """Shut pytest off from the environment and keep it from leaving files, for as long as it runs."""
    kept = {name: os.environ.pop(name, None) for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")}
    kept["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = writes
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
