"""Checkers side by side, one a core: tasks go in, results come out in the order in which they are done.

Whatever happens to a checker costs at most the submission that it was grading a second try.
"""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from grader.batch.marking import all_our_fault
from grader.batch.task import Graded, Task, read_frame, task_frame, write_frame
from grader.course import Course
from grader.errors import CourseFault, Fault, UsageFault

_TRIES = 3


# Beyond all that a submission, and what it is compared with, may take: only a check of ours takes longer.
_PATIENCE = 15
_PATIENCE_S = 60.0


class CheckerLost(Exception):
    """A checker ended in the middle of its work; the text is the last that it said."""


class CheckerStuck(Exception):
    """A checker came to no end, and was ended."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a pool grades.

    Attributes:
        course: The folder of the course; it must not change meanwhile.
        seed: What random inputs follow from.
        weak: Whether to do without the operating system's confinement.
    """

    course: Path
    seed: int = 0
    weak: bool = False


class Pool:
    """Checkers that grade tasks; close it, or use it as a context manager."""

    def __init__(self, settings: Settings, jobs: int, *, patience_s: float = _PATIENCE_S) -> None:
        self._settings = settings
        self._patience_s = patience_s
        self._course = Course(settings.course)
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Graded | BaseException] = queue.SimpleQueue()
        self._seats = [_Seat(settings, core) for core in _cores(jobs)]
        self._threads = [
            threading.Thread(target=self._serve, args=(seat,), daemon=True) for seat in self._seats
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def grade(self, tasks: Iterable[Task]) -> Iterator[Graded]:
        """Grade tasks and give each result as it comes. Few tasks are held in memory at a time.

        Raises:
            CourseFault: A file of the course is faulty.
            Fault: Checkers can't be started here.
        """
        waiting = 0
        for task in tasks:
            self._tasks.put(task)
            waiting += 1
            # Two for each checker: one is graded, the next lies ready.
            if waiting >= 2 * len(self._seats):
                yield self._next_done()
                waiting -= 1
        for _ in range(waiting):
            yield self._next_done()

    def _next_done(self) -> Graded:
        done = self._done.get()
        if isinstance(done, BaseException):
            raise done
        return done

    def _serve(self, seat: "_Seat") -> None:
        """Take tasks until there are none; the thread of one checker."""
        while (task := self._tasks.get()) is not None:
            try:
                self._done.put(self._grade(seat, task))
            except BaseException as error:  # carried to the thread that asked
                self._done.put(error)

    def _grade(self, seat: "_Seat", task: Task) -> Graded:
        words = ""
        for _ in range(_TRIES):
            try:
                return seat.ask(task, self._limit_s(task.item))
            except CheckerStuck:
                return self._given_up(task, "A check of ours came to no end over this submission", "")
            except CheckerLost as lost:
                words = str(lost)
        return self._given_up(
            task, f"The grader's own process ended {_TRIES} times over this submission", words
        )

    def _limit_s(self, item: str) -> float:
        if item in self._course.quizzes:
            return self._patience_s
        return self._patience_s + _PATIENCE * self._course.items[item].spec.limits.item_s

    def _given_up(self, task: Task, reason: str, words: str) -> Graded:
        """Give the result of a submission over which the checker failed: our fault, and no grade."""
        message = f"{reason}; staff will look at it."
        report = all_our_fault(self._course, task.item, self._settings.seed, message, words)
        text = json.dumps(report.as_json(reveal=True), ensure_ascii=False)
        return Graded(task.key, task.item, text, 0, True, (), 0.0, 0.0, 0.0)

    def close(self) -> None:
        """End the checkers at once."""
        for seat in self._seats:
            self._tasks.put(None)
            seat.close()


def _cores(jobs: int) -> list[int | None]:
    """Give each checker a core of its own, where there are enough and the system lets us choose."""
    if sys.platform != "linux":
        return [None] * jobs
    available = sorted(os.sched_getaffinity(0))
    return [*available[:jobs]] if jobs <= len(available) else [None] * jobs


class _Seat:
    """The place of one checker process: started when it is needed, and anew when it was lost."""

    def __init__(self, settings: Settings, core: int | None) -> None:
        self._settings = settings
        self._core = core
        self._child: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._closed = False
        self._lock = threading.Lock()

    def ask(self, task: Task, limit_s: float) -> Graded:
        """Have a task graded, within a time that no submission can use up.

        Raises:
            CheckerStuck: The time is over.
            CheckerLost: The checker ended; ask again and another takes its place.
            CourseFault: A file of the course is faulty.
            UsageFault: Submissions can't be confined here.
        """
        child = self._ready()
        assert child.stdin is not None
        assert child.stdout is not None
        stuck = threading.Event()

        def give_up() -> None:
            stuck.set()
            child.kill()

        timer = threading.Timer(limit_s, give_up)
        timer.start()
        try:
            write_frame(child.stdin, *task_frame(task))
            answer = read_frame(child.stdout)
        except OSError:
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            words = self._end()
            raise CheckerStuck if stuck.is_set() else CheckerLost(words)
        about, report = answer
        if "refusal" in about or "fault" in about:
            self._end()
            raise (
                UsageFault(str(about["refusal"])) if "refusal" in about else CourseFault(str(about["fault"]))
            )
        about["layers"] = tuple(about["layers"])
        return Graded(report=report.decode(), **about)

    def _ready(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise Fault("stopped.")
            if self._child is None:
                self._child = self._start()
            return self._child

    def _start(self) -> subprocess.Popen[bytes]:
        # BLAS on one thread: checkers have a core each, and results don't hang on the machine.
        threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        try:
            self._said = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
            child = subprocess.Popen(
                # -P: the folder in which the command runs may be one that learners have filled.
                [sys.executable, "-P", "-c", "from grader.batch import checker; checker.main()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env={**os.environ, **threads, "PYDANTIC_DISABLE_PLUGINS": "__all__"},
                start_new_session=sys.platform != "win32",  # so that Ctrl-C is the command's alone
            )
        except OSError as error:
            raise Fault(f"a checker can't be started ({error}).") from None
        assert child.stdin is not None
        hello = {
            "course": str(self._settings.course.resolve()),
            "seed": self._settings.seed,
            "weak": self._settings.weak,
            "core": self._core,
        }
        # One that is gone already is found out by its first task.
        with suppress(BrokenPipeError):
            write_frame(child.stdin, hello)
        return child

    def _end(self) -> str:
        """Bury the checker; give the last that it said."""
        with self._lock:
            child, self._child = self._child, None
        if child is None:
            return ""
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            # What was still to be written is lost with the process.
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        assert self._said is not None
        with self._said:
            self._said.seek(max(0, self._said.seek(0, os.SEEK_END) - 2000))
            return f"(exit status {child.returncode}) {self._said.read().decode(errors='replace')}".strip()

    def close(self) -> None:
        """End the checker for good."""
        with self._lock:
            self._closed = True
        self._end()
