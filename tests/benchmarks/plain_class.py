"""The same checks on the same class with pytest alone: started for each submission, or once over all of them."""

import shutil
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import numpy as np

from grader.checking.examples import value_of
from grader.course import Item
from grader.spec import Example
from tests.benchmarks.classroom import Classroom
from tests.benchmarks.timing import BIN, run_command

HERE = Path(__file__).parent
CHECK_S = 2
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_ENV = {**ONE_THREAD, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


class PlainChecks:
    """All checks of an exercise, the visible examples too, as one ordinary pytest module in a folder."""

    def __init__(self, item: Item, folder: Path) -> None:
        folder.mkdir()
        shutil.copy(HERE / "plain_conftest.py", folder / "conftest.py")
        shutil.copy(item.reference, folder / "solution.py")
        self._folder = folder
        self._module = folder / "test_all.py"
        self._module.write_text(checks_as_module(item), encoding="utf-8")
        self._words: list[str | Path] = [
            BIN / "pytest", "-q", "--tb=no", "-c", HERE / "plain.ini", "-o", "python_files=test_all.py",
            "--rootdir", folder, "--confcutdir", folder, "-p", "no:cacheprovider", "-p", "pytest_timeout",
            f"--timeout={CHECK_S}",
        ]  # fmt: skip
        # The reference must pass, or the times say nothing; bytecode is written on the way.
        run_command(*self._words, self._module, env={**_ENV, "SUBMISSIONS": str(item.reference)})

    def for_each(self, classroom: Classroom) -> float:
        """Start pytest for each submission, two at a time; give submissions a second."""

        def one(file: Path) -> float:
            env = {**_ENV, "SUBMISSIONS": str(file)}
            return run_command(*self._words, self._module, env=env, allowed=(0, 1))

        started = perf_counter()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(one, classroom.files))
        return len(classroom.files) / (perf_counter() - started)

    def in_one_session(self, classroom: Classroom) -> float:
        """Run one session of pytest-xdist on two workers over all submissions; give submissions a second."""
        results = self._folder / "results.xml"
        seconds = run_command(
            *self._words, "-p", "xdist", "-n", "2", f"--junitxml={results}", self._module,
            env={**_ENV, "SUBMISSIONS": str(classroom.folder)}, allowed=(0, 1),
        )  # fmt: skip
        told = sum(int(suite.get("tests", 0)) for suite in ET.parse(results).getroot().iter("testsuite"))
        assert told >= len(classroom.files) * len(classroom.item.spec.checks), "the session lost results"
        return len(classroom.files) / seconds


def checks_as_module(item: Item) -> str:
    """Write the hidden checks and the examples as one module of test functions."""
    assert all(check.rule is None for check in item.spec.checks), "rules have no counterpart in plain pytest"
    examples = [_written(check.id, check.example) for check in item.spec.checks if check.example is not None]
    return "\n\n".join([item.hidden_checks.read_text(encoding="utf-8"), _IMPORTS, *examples])


_IMPORTS = "import numpy as np\nfrom grader.testing import assert_close\n"


def _written(name: str, example: Example) -> str:
    """Write an example of numbers as a test function."""
    assert not example.then
    assert example.raises is None
    args = [_literal(arg) for arg in example.args]
    args += [f"{key}={_literal(arg)}" for key, arg in example.kwargs.items()]
    return (
        f"def test_{name}(submission):\n"
        f"    assert_close(submission.{example.call}({', '.join(args)}), {_literal(example.expect)}, "
        f"rtol={example.rtol}, atol={example.atol})\n"
    )


def _literal(written: object) -> str:
    value = value_of(written)
    return f"np.array({value.tolist()!r})" if isinstance(value, np.ndarray) else repr(value)
