"""One checker process: with a zygote of its own on the same core it grades submissions as they are sent.

A module's checks are collected once and run for every submission, until one for another item comes.
"""

import json
import os
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import IO

from grader.batch.marking import mark_answers
from grader.batch.task import Task, read_frame, read_task, write_frame
from grader.checking.run import Examination, examining
from grader.course import Course
from grader.errors import CourseFault
from grader.grading import Examined, examine
from grader.outcome import Outcome, Report, report_from_json
from grader.sandbox import Sandbox, SandboxBroken, Usage, shield_process
from grader.source import Source, make_source

_TRIES = 3


def main() -> None:
    """Serve on standard input and output until the other side hangs up."""
    # What checks print must not get between the frames.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    questions = os.fdopen(os.dup(0), "rb")
    hello = read_frame(questions)
    if hello is None:
        return
    told = hello[0]
    _pin(told["core"])
    _die_with_parent()
    _Checker(
        Course(Path(str(told["course"]))), int(str(told["seed"])), bool(told["weak"]), questions, answers
    ).serve()
    answers.flush()
    os._exit(0)  # tearing the interpreter down does nothing for anybody


def _pin(core: object) -> None:
    if isinstance(core, int):
        os.sched_setaffinity(0, {core})


def _die_with_parent() -> None:
    if sys.platform == "linux":
        from grader.sandbox.limits import die_with_parent

        die_with_parent()
        shield_process()


class _Checker:
    def __init__(
        self, course: Course, seed: int, weak: bool, questions: IO[bytes], answers: IO[bytes]
    ) -> None:
        self._course = course
        self._seed = seed
        self._weak = weak
        self._questions = questions
        self._answers = answers
        self._sandbox = Sandbox(weak=weak)
        # Checks that were our fault try after try: trying them again for each submission helps nobody.
        self._faulty: set[tuple[str, str]] = set()

    def serve(self) -> None:
        """Grade until the other side hangs up."""
        if not self._weak and not self._sandbox.confined:
            write_frame(
                self._answers,
                {
                    "refusal": "this system can't confine submissions; --weak-isolation grades them all the same, "
                    f"where {', '.join(self._sandbox.lacks)}."
                },
            )
            return
        task = self._next()
        while task is not None:
            try:
                task = self._open_item(task)
            except CourseFault as fault:
                write_frame(self._answers, {"fault": str(fault)})
                return
        self._sandbox.close()

    def _open_item(self, first: Task) -> Task | None:
        """Collect an item's checks and grade submissions for it; give the first task for another item."""
        if first.item in self._course.quizzes:
            return self._serve_quiz(first)
        item = self._course.items[first.item]
        return examining(
            item, self._course.salt, self._seed, self._sandbox, lambda exam: self._serve_item(exam, first)
        )

    def _next(self) -> Task | None:
        frame = read_frame(self._questions)
        if frame is None:
            return None
        return read_task(*frame)

    def _serve_quiz(self, task: Task) -> Task | None:
        """Mark answers to one quiz; give the first task for another item, or None at the end."""
        item, salt = self._course.quizzes[task.item], self._course.about.salt
        following: Task | None = task
        while following is not None and following.item == item.id:
            started, cpu = perf_counter(), process_time()
            report = mark_answers(item, salt, following.data, following.names, following.earlier)
            used = Usage(process_time() - cpu, 0.0)
            self._answer(
                following, report_from_json(json.loads(report)), report, used, perf_counter() - started
            )
            following = self._next()
        return following

    def _serve_item(self, examination: Examination, task: Task) -> Task | None:
        """Grade submissions for one item; give the first for another, or None at the end."""
        following: Task | None = task
        while following is not None and following.item == examination.item.id:
            self._grade(examination, following)
            following = self._next()
        return following

    def _grade(self, examination: Examination, task: Task) -> None:
        started = perf_counter()
        source = make_source(task.data, examination.item.spec.file)
        examined = self._examine(examination, source)
        text = json.dumps(examined.report.as_json(reveal=True), ensure_ascii=False)
        self._answer(task, examined.report, text, examined.usage, perf_counter() - started)

    def _answer(self, task: Task, report: Report, text: str, usage: Usage, seconds: float) -> None:
        write_frame(
            self._answers,
            {
                "key": task.key,
                "item": task.item,
                "points": report.points,
                "review": bool(_internal(report)),
                "layers": list(report.isolation),
                "cpu_s": round(usage.cpu_s, 6),
                "peak_mb": round(usage.peak_mb, 3),
                "seconds": round(seconds, 6),
            },
            text.encode(),
        )

    def _examine(self, examination: Examination, source: Source) -> Examined:
        """Examine a submission, again where somebody from outside got in the way.

        A worker that was killed, or a zygote, says nothing about the submission. One that brings
        this about by itself (it uses up the machine's memory, say) does so each time.
        """
        for left in reversed(range(_TRIES)):
            try:
                examined = examine(examination, source)
            except SandboxBroken:
                if not left:
                    raise
            else:
                if not (examined.struck or self._may_pass(examined.report)):
                    return examined
                faulty = _internal(examined.report)
                if not left and examined.struck and faulty:
                    # Another checker may have more luck.
                    raise SandboxBroken(examined.report.checks[0].detail)
                if not left:
                    self._faulty.update(faulty)
                    return examined
            self._sandbox.close()
            self._sandbox = Sandbox(weak=self._weak)
            examination.renew(self._sandbox)
        raise AssertionError("the last try returns or raises")

    def _may_pass(self, report: Report) -> bool:
        """Tell whether something that is our fault may come out right another time."""
        return not self._faulty.issuperset(_internal(report))


def _internal(report: Report) -> list[tuple[str, str]]:
    """Name the checks that are our fault, with their item."""
    return [(report.item, check.id) for check in report.checks if check.outcome is Outcome.INTERNAL]
