"""A small course for tests, and the real commands run on it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent

EXERCISE: dict[str, Any] = {
    "title": "Doubling a vector",
    "file": "doubling.py",
    "difficulty": 1,
    "topics": ["vectors"],
    "statement": "Double every entry: $y_i = 2x_i$.",
    "hints": {"twice": ["What is twice two?", "Doubling is linear.", "$y = 2x$"]},
    "references": ["Euclid, Elements, book V"],
    "limits": {"check_s": 0.5, "item_s": 3.0, "memory_mb": 256},
    "checks": [
        {"id": "example", "title": "Two entries", "points": 1, "hint": "twice",
         "example": {"call": "double", "args": [[1.0, 2.5]], "expect": [2.0, 5.0]}},
        {"id": "values", "title": "Random entries", "points": 2, "hint": "twice"},
        {"id": "linear", "title": "Sums are kept", "points": 3, "hint": "twice"},
    ],
}  # fmt: skip
STUB = '"""Doubling."""\n\nimport numpy as np\n\n\ndef double(x):\n    """Double x."""\n    raise NotImplementedError\n'
REFERENCE = "import numpy as np\n\n\ndef double(x):\n    return 2.0 * np.asarray(x)\n"
CHECKS = """from grader.testing import as_array, assert_close


def test_values(submission, rng):
    x = rng.normal(size=5)
    assert_close(submission.double(x), x + x, name="double(x)")
    assert_close(submission.double([1.0, 2.0]), [2.0, 4.0], name="double(x) of a list")


def test_linear(submission, rng):
    x, y = rng.normal(size=(2, 4))
    apart = as_array(submission.double(x), shape=(4,)) + as_array(submission.double(y), shape=(4,))
    assert_close(submission.double(x + y), apart, name="double(x + y)")
"""
SQUARED = '''"""
message: You squared the entries; doubling multiplies by 2.
fails: [example, values, linear]
"""

import numpy as np


def double(x):
    return np.asarray(x) ** 2
'''


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report on standard output."""
        data = json.loads(self.out)
        assert isinstance(data, dict)
        return data

    @property
    def outcomes(self) -> dict[str, str]:
        """Each check's outcome."""
        return {check["id"]: check["outcome"] for check in self.report["checks"]}


@dataclass(frozen=True)
class SmallCourse:
    """A course with one exercise, exercise-01, in a folder of its own."""

    root: Path

    @property
    def stub(self) -> Path:
        """The learner's file."""
        return self.root / "exercises" / "exercise-01" / "doubling.py"

    @property
    def yaml(self) -> Path:
        """The exercise's YAML."""
        return self.root / "exercises" / "exercise-01" / "exercise.yaml"

    @property
    def solutions(self) -> Path:
        """The staff's folder of the exercise."""
        return self.root / "solutions" / "exercise-01"

    def declare(self, data: dict[str, Any]) -> None:
        """Write another exercise.yaml."""
        self.yaml.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")

    def grade(self, *args: str | Path, env: dict[str, str] | None = None) -> Ran:
        """Run `grade` in the course's folder."""
        return run("grade", *args, cwd=self.root, env=env)

    def grade_source(self, source: str | bytes, *args: str) -> Ran:
        """Grade a file with this content, as JSON."""
        path = self.root / "submitted.py"
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        return self.grade("1", "--file", path, "--json", *args)


def run(
    command: str, *args: str | Path, cwd: Path, env: dict[str, str] | None = None, timeout_s: float = 60
) -> Ran:
    """Run one of the two commands as a user would."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    done = subprocess.run(
        [BIN / command, *map(str, args)],
        cwd=cwd,
        env={**kept, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout_s,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def make_course(root: Path) -> SmallCourse:
    """Make a fresh small course, its stub as handed out."""
    made = SmallCourse(root)
    (made.stub.parent / "stub").mkdir(parents=True)
    made.declare(EXERCISE)
    made.stub.write_text(STUB, encoding="utf-8")
    (made.stub.parent / "stub" / "doubling.py").write_text(STUB, encoding="utf-8")
    for folder in ("wrong", "alternative"):
        (made.solutions / folder).mkdir(parents=True)
    (made.solutions / "doubling.py").write_text(REFERENCE, encoding="utf-8")
    (made.solutions / "test_doubling.py").write_text(CHECKS, encoding="utf-8")
    (made.solutions / "wrong" / "squared.py").write_text(SQUARED, encoding="utf-8")
    return made
