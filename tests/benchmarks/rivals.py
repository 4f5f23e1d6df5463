"""`grader batch` against otter-grader and nbgrader, installed by the benchmark into a folder that goes away.

Both get what makes them fast: scripts rather than notebooks and no PDF for otter, all learners in one
command for nbgrader, two processes at a time, BLAS on one thread, caches warm.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import numpy as np

from grader.course import Course, Item
from tests.benchmarks.batch import graded_a_second
from tests.benchmarks.classroom import Classroom, write_classroom, write_earnest
from tests.benchmarks.plain_class import ONE_THREAD, checks_as_module
from tests.benchmarks.timing import ROOT, outpace, run_command

HERE = Path(__file__).parent
T = TypeVar("T")

_ITEM = "exercise-24"
_FEW = 6


def against_rivals(pairs: int, submissions: int) -> None:
    """Compare submissions a second: ours over a class without endless ones, theirs over a few."""
    item = Course(ROOT).exercise(_ITEM)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = write_classroom(item, folder / "class", submissions, endless=False)
        few = write_earnest(item, folder / "few", _FEW)
        write_checks(item, folder / "checks")
        rivals: tuple[tuple[str, float, type[Otter] | type[NbGrader]], ...] = (
            ("otter-grader[grading]", 60, Otter), ("nbgrader", 40, NbGrader),
        )  # fmt: skip
        for package, bound, rival in rivals:
            home = install(package, folder / rival.__name__)
            if home is None:
                print(f"{package} can't be installed here; it isn't compared.", flush=True)
                continue
            theirs = rival(Python(home, folder / "checks"), item, few, folder / f"{rival.__name__}-work")
            outpace(
                f"grader batch / {theirs.about} ({_ITEM}, {len(few.files)} submissions, most of its time is start-up)",
                lambda: graded_a_second(ours, folder / "out"), theirs.graded_a_second, pairs, bound,
            )  # fmt: skip


def write_checks(item: Item, folder: Path) -> None:
    """Write what both import: the checks as functions, and how one is run."""
    folder.mkdir()
    (folder / "test_all.py").write_text(checks_as_module(item), encoding="utf-8")
    shutil.copy(HERE / "rival_checks.py", folder)


def install(package: str, home: Path) -> Path | None:
    """Install a package, and our NumPy for the checks, into an environment of its own; give its programs' folder, or None."""
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if sys.platform == "win32" else "bin")
    done = subprocess.run(
        [programs / "python", "-m", "pip", "install", "-q", package, f"numpy=={np.__version__}"],
        capture_output=True,
        check=False,
    )
    return programs if done.returncode == 0 else None


class Python:
    """A rival's Python environment, with the checks in reach and its settings kept to itself."""

    def __init__(self, programs: Path, checks: Path) -> None:
        self._programs = programs
        self._env = {
            **ONE_THREAD,
            "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONPATH": f"{checks}{os.pathsep}{ROOT}",
            **{name: str(programs.parent / name.lower()) for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR")},
        }  # fmt: skip

    def run(self, program: str, *words: str | Path, cwd: Path) -> float:
        """Run one of its programs to its end; give the time, s."""
        return run_command(self._programs / program, *words, env=self._env, cwd=cwd)

    def version(self, package: str) -> str:
        """Give the version that was installed."""
        code = f"import importlib.metadata as m; print(m.version({package!r}))"
        return subprocess.check_output([self._programs / "python", "-c", code], text=True).strip()


class Otter:
    """`otter run` for each submission, two at a time."""

    def __init__(self, python: Python, item: Item, few: Classroom, folder: Path) -> None:
        self.about = f"otter run {python.version('otter-grader')}"
        self._python, self._few, self._folder = python, few, folder
        tests = folder / "tests"
        tests.mkdir(parents=True)
        cases = "\n".join(
            f"@test_case(name={check.id!r}, points={check.points})\ndef case_{check.id}(env):\n"
            f"    rival_checks.run({check.id!r}, env)\n"
            for check in item.spec.checks
        )
        head = f"from otter.test_files import test_case\nimport rival_checks\nOK_FORMAT = False\nname = {item.id!r}\npoints = None\n"
        (tests / "exercise.py").write_text(f"{head}\n{cases}", encoding="utf-8")
        python.run(
            "otter", "generate", "-t", tests, "-o", folder / "autograder.zip", "--no-requirements", "--no-environment",
            "--no-config", cwd=folder,
        )  # fmt: skip
        self._run(few.files[0])
        results = json.loads((folder / few.files[0].parent.name / "results.json").read_text(encoding="utf-8"))
        earned = sum(test.get("score", 0) for test in results["tests"])
        assert earned == item.spec.max_points, f"otter gives a right submission {earned} points"

    def _run(self, file: Path) -> None:
        out = self._folder / file.parent.name
        out.mkdir(exist_ok=True)
        self._python.run(
            "otter", "run", file, "-a", self._folder / "autograder.zip", "-o", out, "--no-logo", cwd=out
        )

    def graded_a_second(self) -> float:
        """Grade the few; give submissions a second."""
        return _two_at_a_time(self._run, list(self._few.files))


class NbGrader:
    """`nbgrader autograde` over the learners, halved between two commands."""

    def __init__(self, python: Python, item: Item, few: Classroom, folder: Path) -> None:
        self.about = f"nbgrader autograde {python.version('nbgrader')}"
        self._python, self._few, self._folder = python, few, folder
        stub = item.pristine_stub.read_text(encoding="utf-8")
        _write_notebook(folder / "source" / item.id / "work.ipynb", item, stub)
        (folder / "nbgrader_config.py").write_text(
            "c = get_config()\nc.CourseDirectory.course_id = 'course'\n", encoding="utf-8"
        )
        python.run("nbgrader", "generate_assignment", item.id, "--quiet", cwd=folder)
        for file in few.files:
            notebook = folder / "submitted" / file.parent.name / item.id / "work.ipynb"
            _write_notebook(notebook, item, file.read_text(encoding="utf-8"))
        self._item = item.id
        first = few.files[0].parent.name
        self._grade([first])
        graded = json.loads((folder / "autograded" / first / item.id / "work.ipynb").read_text("utf-8"))
        outputs = [output for cell in graded["cells"] for output in cell.get("outputs", ())]
        assert not any(output["output_type"] == "error" for output in outputs), "nbgrader fails a right one"

    def _grade(self, learners: list[str]) -> None:
        # A pattern of the shell's kind is what the option takes.
        pattern = f"learner-{'[0-9]' * 4}[{''.join(name[-1] for name in learners)}]"
        self._python.run(
            "nbgrader",
            "autograde",
            self._item,
            f"--student={pattern}",
            "--force",
            "--quiet",
            cwd=self._folder,
        )

    def graded_a_second(self) -> float:
        """Grade the few; give submissions a second."""
        names = [file.parent.name for file in self._few.files]
        return _two_at_a_time(self._grade, [names[::2], names[1::2]]) * len(names) / 2


def _two_at_a_time(work: Callable[[T], None], things: list[T]) -> float:
    """Work on things, two at a time; give how many a second."""
    started = perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, things))
    return len(things) / (perf_counter() - started)


def _write_notebook(path: Path, item: Item, solution: str) -> None:
    """Write a notebook in which a cell holds the solution and one more for each check tests it."""
    cells = [
        _cell("imports", "import rival_checks"),
        _cell("solution", solution, solution=True),
        *(_cell(check.id, f"rival_checks.run({check.id!r}, globals())", points=check.points)
          for check in item.spec.checks),
    ]  # fmt: skip
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    path.parent.mkdir(parents=True)
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _cell(
    name: str, source: str, *, solution: bool = False, points: float | None = None
) -> dict[str, object]:
    about: dict[str, object] = {
        "grade": points is not None, "grade_id": name, "locked": not solution, "schema_version": 3,
        "solution": solution, "task": False,
    }  # fmt: skip
    if points is not None:
        about["points"] = points
    return {
        "cell_type": "code", "id": name.replace("_", "-"), "metadata": {"nbgrader": about}, "execution_count": None,
        "outputs": [], "source": source,
    }  # fmt: skip
