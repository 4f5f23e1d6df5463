"""One learner at one quiz: their answers file, their numbers, what they answered before, and the marks."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader.attempts import AttemptsFile
from grader.course import Course, QuizItem
from grader.errors import UsageFault, did_you_mean
from grader.outcome import Outcome, Report
from grader.progress import Earned, ProgressFile
from grader.quiz.answers import MAX_BYTES, Answers, read_answers
from grader.quiz.counter import learner_seed, practice_seed
from grader.quiz.drawing import draw
from grader.quiz.editing import changed
from grader.quiz.marked import Marked, mark
from grader.quiz.marking.judged import Status
from grader.quiz.report import report_of, report_unmarked
from grader.quiz.understood import Understood, understood
from grader.quiz.variant import Variant
from grader.reset import free_name, write_whole

LONGEST_ID = 100
_MARKABLE = frozenset((Status.RIGHT, Status.PARTLY, Status.WRONG))


@dataclass(frozen=True, slots=True)
class Result:
    """What marking gave.

    Attributes:
        report: The report.
        marked: What became of each question; empty where there is no key.
        hints: How many hints of each question count as open.
        notes: What a person should know besides, a sentence each.
    """

    report: Report
    marked: tuple[Marked, ...]
    hints: Mapping[str, int]
    notes: tuple[str, ...] = ()


class Sitting:
    """A learner's answers file and their numbers.

    Attributes:
        path: The answers file.
        practice: The number of the practice round; None for the quiz itself.
        answers: What it holds.
        variant: The learner's numbers; while the file names no learner, those of an example.
    """

    def __init__(
        self, course: Course, item: QuizItem, file: Path | None = None, practice: int | None = None
    ) -> None:
        """Read the answers file.

        Raises:
            UsageFault: There is none, or it can't be used.
            CourseFault: The quiz is faulty.
        """
        self.course, self.item, self.practice = course, item, practice
        self.quiz = item.spec
        self.path = file if file is not None else item.answers
        self.in_place = file is None
        self._raw = b"" if practice is not None and file is None else self._bytes()
        self.answers = self._read(self._raw)
        self.variant = self._draw()

    @property
    def named(self) -> bool:
        """Whether the numbers are somebody's, or a practice round's, and not only an example's."""
        return self.practice is not None or bool(self.answers.learner)

    def understood(self, question: str, answer: Any) -> Understood:
        """Read one answer with this learner's numbers."""
        return understood(self.quiz, self.variant, question, answer)

    def hints(self) -> dict[str, int]:
        """Give how many hints of each question are open: the file's word counts, and what was seen here."""
        return self._merged_hints(AttemptsFile(self.course.root, self.item.id))

    def name_learner(self, learner: str, readable: Callable[[str], str]) -> None:
        """Write down for whom the numbers are drawn.

        Raises:
            UsageFault: The file can't be written.
        """
        self.answers = replace(self.answers, learner=learner)
        self.variant = self._draw()
        self.save(readable)

    def save(
        self,
        readable: Callable[[str], str],
        given: Mapping[str, Any] | None = None,
        hints: Mapping[str, int] | None = None,
    ) -> Path | None:
        """Write the answers file, whole or not at all.

        What was changed in it meanwhile stays, but for the answers that are given here.

        Args:
            readable: Makes the mathematics of its comments fit for a plain page.
            given: New answers, by question.
            hints: How many hints are open, by question.

        Returns:
            Where the old file is kept, if not all of it could be taken over; else None.

        Raises:
            UsageFault: The file can't be written.
        """
        raw = self._raw
        with suppress(OSError):  # it was removed meanwhile, and is written anew
            raw = self.path.read_bytes()
        now = read_answers(raw, str(self.path), self.quiz) if raw != self._raw else self.answers
        base = self.answers if now.broken else now
        learner = self.answers.learner or base.learner
        self.answers = replace(
            base,
            quiz=self.quiz.id,
            learner=learner,
            given={**base.given, **(given or {})},
            hints={**base.hints, **(hints or {})},
        )
        new = changed(raw, self.quiz, self.variant, self.answers, readable, self._example())
        kept = None
        if new.loses:
            kept = free_name(self.path)
            write_whole(kept, raw)
        self._raw = new.text.encode("utf-8", "surrogatepass")
        write_whole(self.path, self._raw)
        return kept

    def mark(self, only: Collection[str] = (), *, keep: bool) -> Result:
        """Mark the answers; without keys, look whether each can be read.

        Args:
            only: The questions to mark; by default all.
            keep: Whether this counts as an attempt.

        Raises:
            CourseFault: The keys are faulty.
        """
        self.check_names(only)
        if not self.named and any(map(self.answers.answered, self.quiz.plans)):
            raise UsageFault(
                f"{self.path}: learner: is empty, but your numbers are drawn for your id; write the id "
                "that you have in this course."
            )
        seed = self.variant.seed
        key = self.item.key
        answers = self.answers
        if key is None:
            report = self._unread(report_unmarked(self.quiz, answers, seed))
            return Result(_only(report, only), (), answers.hints)
        if only:
            answers = replace(answers, given={name: answers.given.get(name) for name in only})
        attempts = AttemptsFile(self.course.root, self.item.id)
        own = self.practice is None and self.in_place and self.named
        hints = self._merged_hints(attempts) if own else dict(answers.hints)
        earlier = attempts.earlier(seed) if own else ()
        marked = mark(self.quiz, key, self.variant, answers, hints=hints, earlier=earlier)
        report = report_of(self.quiz, marked, seed, answers)
        notes = [attempts.note] if own else []
        if keep and own:
            notes += self._keep(attempts, answers, marked, report, hints, whole=not only)
        return Result(_only(report, only), marked, hints, tuple(filter(None, notes)))

    def check_names(self, only: Collection[str]) -> None:
        """Look whether the quiz has these questions.

        Raises:
            UsageFault: It hasn't.
        """
        for name in only:
            if name not in self.quiz.plans:
                near = did_you_mean(name, self.quiz.plans)
                raise UsageFault(f"{self.item.id}: there is no question {name!r}.{near}")

    def _keep(
        self,
        attempts: AttemptsFile,
        answers: Answers,
        marked: tuple[Marked, ...],
        report: Report,
        hints: Mapping[str, int],
        *,
        whole: bool,
    ) -> list[str]:
        """Count the attempt, and keep the points of a whole quiz; give the notes on it."""
        notes = []
        others = attempts.others(self.variant.seed)
        if others and not attempts.earlier(self.variant.seed):
            notes.append(
                f"These numbers are drawn for {answers.learner!r}, those before for {others[-1]!r}: "
                "letters and numbers may be others now."
            )
        attempts.record(
            self.variant, answers, [each.question for each in marked if each.status in _MARKABLE], hints
        )
        if whole:
            progress = ProgressFile(self.course.root)
            digest = hashlib.sha256(self._raw).hexdigest()
            progress.record(self.item.id, Earned(report.points, report.max_points, digest))
            notes.append(progress.note)
        return [*notes, attempts.note]

    def _merged_hints(self, attempts: AttemptsFile) -> dict[str, int]:
        seen, written = attempts.hints(self.variant.seed), self.answers.hints
        return {name: max(seen.get(name, 0), written.get(name, 0)) for name in {**seen, **written}}

    def _unread(self, report: Report) -> Report:
        """Tell of each answer that can't be read, and leave the others to staff."""
        checks = []
        for check in report.checks:
            problem = ""
            if check.outcome is Outcome.SKIPPED and self.named:
                problem = self.understood(check.id, self.answers.given[check.id]).problem
            checks.append(replace(check, outcome=Outcome.ERROR, message=problem) if problem else check)
        return replace(report, checks=tuple(checks))

    def _draw(self) -> Variant:
        if self.practice is not None:
            return draw(self.quiz, practice_seed(self.practice))
        if not self.answers.learner:
            return self._example()
        return draw(self.quiz, learner_seed(self.course.about.salt, self.quiz.id, self.answers.learner))

    def _example(self) -> Variant:
        return draw(self.quiz, practice_seed(0))

    def _bytes(self) -> bytes:
        try:
            if not self.path.exists() and self.in_place:
                return b""
            with self.path.open("rb") as file:
                # One byte more than is read tells that it is too long.
                return file.read(MAX_BYTES + 1)
        except OSError as error:
            raise UsageFault(f"{self.path}: cannot be read ({error.strerror}).") from None

    def _read(self, raw: bytes) -> Answers:
        answers = read_answers(raw, str(self.path), self.quiz)
        if answers.broken:
            told = "\n".join(answers.faults)
            if not self.in_place:
                raise UsageFault(told)
            short = f"q{self.item.id.removeprefix('quiz-').lstrip('0')}"
            raise UsageFault(
                f"{told}\nNothing in it is lost: mend it in an editor, or `grade {short} --reset` "
                "keeps it beside and begins anew."
            )
        if len(answers.learner) > LONGEST_ID:
            raise UsageFault(f"{self.path}: learner: has {len(answers.learner)} characters; give your id.")
        return answers


def _only(report: Report, only: Collection[str]) -> Report:
    """Tell of the questions that weren't asked for that they weren't."""
    if not only:
        return report
    checks = tuple(
        check
        if check.id in only
        else replace(
            check,
            outcome=Outcome.SKIPPED,
            points=0,
            message="Not asked for this time.",
            misconception="",
            detail="",
        )
        for check in report.checks
    )
    return replace(report, checks=checks)
