"""Every command of the README is run, so that none of it can go stale."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent


def block(name: str) -> str:
    """The console block that follows the mark `<!-- name -->`."""
    found = re.search(rf"<!-- {name} -->\n```console\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of what git tracks (and of what isn't ignored), as a fresh clone would have it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    copy = tmp_path / "clone"
    for name in filter(None, listed.stdout.split("\0")):
        source, target = ROOT / name, copy / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    return copy


def bash(script: str, cwd: Path, *, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a block of commands as a user would paste them; the first that fails ends it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=cwd, env={**kept, **(env or {})}, capture_output=True, text=True, check=False, timeout=500,
    )  # fmt: skip


def test_the_main_command_sets_up_and_grades_in_a_fresh_clone(clone: Path) -> None:
    done = bash(block("main"), clone)
    assert done.returncode == 0, done.stderr
    assert "100 of 100 points" in done.stdout
    assert "83 of 100 points" in done.stdout
    assert "exp(1000) is inf and inf/inf is nan." in done.stdout


def test_the_test_command_is_what_the_judge_runs() -> None:
    """.ci/run takes the block from the README; here it is only held to begin with a fresh environment."""
    lines = block("tests").splitlines()
    assert lines[0] == "python3 -m venv .venv"
    assert lines[-1].startswith(".venv/bin/pytest")
    assert "<!-- tests -->" in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize("name", ["try", "quiz", "class", "author", "release"])
def test_the_other_commands_run(clone: Path, name: str) -> None:
    done = bash(block(name), clone, env={"PATH": f"{BIN}:{os.environ['PATH']}"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_commands_in_the_table_run(clone: Path) -> None:
    """Each `grade …` of the table ends with 0 or 1, never with a usage error."""
    commands = re.findall(r"^\| `(grade(?: [^`]*)?)`", README, re.MULTILINE)
    assert len(commands) >= 8
    (clone / "F").write_text("x = 1\n")
    for command in commands:
        done = bash(command, clone, env={"PATH": f"{BIN}:{os.environ['PATH']}"})
        assert done.returncode in (0, 1), f"{command}: {done.stderr}"


def test_the_python_example_runs() -> None:
    found = re.search(r"```python\n(from pathlib import Path\nfrom grader import.*?)```", README, re.DOTALL)
    assert found is not None
    subprocess.run([sys.executable, "-c", found[1]], cwd=ROOT, check=True)
