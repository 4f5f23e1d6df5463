"""A class for tests, `grader batch` run on it as staff run it, and the processes that it starts."""

import csv
import ctypes
import io
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.small_course import BIN, REFERENCE, Ran, SmallCourse, run

TRIPLED = REFERENCE.replace("2.0", "3.0")  # a linear function, but the wrong one: 3 of 6 points
ENDLESS = "while True:\n    pass\n"
# Takes a while and passes, so that there is time to look at a batch or to stop it.
SLOW = f"import time\n\ntime.sleep(0.2)\n{REFERENCE}"
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Batch:
    """What a class handed in for the small course, and where its grades go."""

    course: SmallCourse
    submissions: Path
    out: Path

    def hand_in(self, learner: str, source: str | bytes = REFERENCE, file: str = "doubling.py") -> Path:
        """Put a learner's file into the submissions; give its path."""
        path = self.submissions / learner / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        return path

    def hand_in_many(self, number: int, source: str = REFERENCE) -> None:
        """Hand in this many different files of the same meaning."""
        for n in range(number):
            self.hand_in(f"learner-{n:03}", f"# the work of {n}\n{source}")

    def words(self, *more: str | Path) -> list[str]:
        """Give the words of the command after `grader`."""
        return [
            "batch", str(self.submissions), "--out", str(self.out), "--course", str(self.course.root),
            *map(str, more),
        ]  # fmt: skip

    def run(self, *more: str | Path, env: dict[str, str] | None = None) -> Ran:
        """Run the command to its end."""
        return run("grader", *self.words(*more), cwd=self.course.root, env=env, timeout_s=180)

    def told(self, *more: str | Path) -> dict[str, Any]:
        """Run the command with `--json`; give what it tells."""
        ran = self.run("--json", *more)
        assert ran.code in (0, 1), ran.err
        return ran.report

    def diff(self, *words: str | Path) -> Ran:
        """Run `grader diff` on the folder of this batch, or as the words say."""
        return run("grader", "diff", *(words or (self.out,)), cwd=self.course.root)

    @contextmanager
    def running(self, *more: str | Path) -> Iterator[subprocess.Popen[str]]:
        """Start the command; it is killed in the end if it still runs."""
        with subprocess.Popen(
            [BIN / "grader", *self.words(*more)],
            cwd=self.course.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as started:
            try:
                yield started
            finally:
                started.kill()

    @property
    def gradebook(self) -> bytes:
        """The bytes of gradebook.csv."""
        return (self.out / "gradebook.csv").read_bytes()

    @property
    def rows(self) -> dict[str, dict[str, str]]:
        """The lines of gradebook.csv by learner."""
        return {row["learner"]: row for row in csv.DictReader(io.StringIO(self.gradebook.decode()))}

    @property
    def grades(self) -> dict[str, str]:
        """What gradebook.csv shows for exercise-01, by learner."""
        return {learner: row["exercise-01"] for learner, row in self.rows.items()}

    @property
    def outcomes(self) -> dict[tuple[str, str], dict[str, str]]:
        """Each check's outcome in results.jsonl, by learner and item."""
        lines = map(json.loads, (self.out / "results.jsonl").read_text(encoding="utf-8").splitlines())
        return {
            (line["learner"], line["item"]): {check["id"]: check["outcome"] for check in line["checks"]}
            for line in lines
        }

    def feedback(self, learner: str) -> str:
        """What a learner reads."""
        return (self.out / "feedback" / f"{learner}.md").read_text(encoding="utf-8")

    def await_results(self, number: int) -> None:
        """Wait until a running batch has kept so many results, without standing in its way."""
        # Each kept result is a write into the journal beside the store.
        journal = self.out / "batch.sqlite-wal"
        end = time.monotonic() + 90
        while time.monotonic() < end:
            with suppress(OSError):
                if journal.read_bytes().count(b'"exercise-01", "points"') >= number:
                    return
            time.sleep(0.01)
        raise AssertionError("no results have come")


def make_batch(course: SmallCourse, folder: Path) -> Batch:
    """Make a class that hasn't handed in anything."""
    (folder / "submissions").mkdir(parents=True)
    return Batch(course, folder / "submissions", folder / "out")


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Take down the time and the content of each file in a folder."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# Processes.


@dataclass(frozen=True)
class Family:
    """The living processes that a batch has started, each by its number."""

    checkers: tuple[int, ...]
    zygotes: tuple[int, ...]
    workers: tuple[int, ...]


def family(command: int) -> Family:
    """Look whom a command has started: checkers, their zygotes, and the workers of those."""
    children = _children()

    def of(parents: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(child for parent in parents for child in children.get(parent, ()))

    checkers = of((command,))
    zygotes = of(checkers)
    return Family(checkers, zygotes, of(zygotes))


def _children() -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                if state != "Z":
                    children.setdefault(int(parent), []).append(int(entry.name))
    return children


@contextmanager
def nothing_left_running() -> Iterator[None]:
    """Hold that all processes that are started within come to their ends, orphans too."""
    libc = ctypes.CDLL(None)
    before = _offspring()
    # Whatever outlives its parent becomes a child of this process, and is seen.
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
        end = time.monotonic() + 10
        while (left := _offspring() - before) and time.monotonic() < end:
            time.sleep(0.02)
        assert not left, [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in left]
    finally:
        for pid in _offspring() - before:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
        _bury_orphans()


def _offspring() -> set[int]:
    children, found, pending = _children(), set[int](), [os.getpid()]
    while pending:
        new = children.get(pending.pop(), [])
        found.update(new)
        pending += new
    return found


def _bury_orphans() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
