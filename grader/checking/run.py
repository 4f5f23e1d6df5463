"""Run an exercise's checks on submissions: each one's verdict, and whose fault a strange end is.

An Examination is made once for an exercise and examines as many submissions as it is given.
"""

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from grader.checking.verdict import Verdict, settled, verdict_of
from grader.errors import CourseFault
from grader.outcome import Outcome
from grader.sandbox import Death, Event, Host, Limits, Sandbox, SandboxBroken, SubmissionError, same_events
from grader.source import Source, read_source

if TYPE_CHECKING:
    from pathlib import Path

    from grader.checking.hidden import HiddenChecks
    from grader.course import Item, KnownWrong
    from grader.spec import Check

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Trace:
    """How a check went on one submission: the verdict, and what came back call by call."""

    verdict: Verdict
    events: tuple[Event, ...] = ()


@dataclass
class Subject:
    """One submission under examination: its source, and its seat in the sandbox."""

    source: Source
    host: Host

    def reseat(self, source: Source) -> None:
        """Put another solution of the staff's in its place."""
        self.source = source
        self.host.reseat(source.text)


@dataclass
class Examination:
    """The checks of one exercise, ready to run on any submission.

    Attributes:
        item: The exercise.
        sandbox: Where submissions run.
        seed: What random inputs follow from, with the salt, the item and the check.
        salt: Staff's part of the seed.
        hidden: The collected hidden checks; None where they don't run here.
        struck: Whether the sandbox broke, or a worker of a staff solution was killed by somebody else.
    """

    item: "Item"
    sandbox: Sandbox
    seed: int
    salt: str
    hidden: "HiddenChecks | None" = None
    struck: bool = False
    _known: dict[tuple[str, str], Trace] = field(default_factory=dict)

    @property
    def seed_key(self) -> str:
        """What the random inputs of this exercise's hidden checks follow from."""
        return f"{self.salt}|{self.seed}|{self.item.id}"

    def subject(self, source: Source, check_s: float | None = None) -> Subject:
        """Seat a submission in the sandbox; close its `host` when done.

        Args:
            source: The submission.
            check_s: CPU seconds a check; by default what the exercise allows.
        """
        limits = self.item.spec.limits
        host = self.sandbox.host(
            source.text,
            source.name,
            seed=self.seed,
            limits=Limits(
                check_s=check_s or limits.check_s, item_s=limits.item_s, memory_mb=limits.memory_mb
            ),
        )
        return Subject(source, host)

    def examine(self, check: "Check", subject: Subject) -> Trace:
        """Run one check on a submission, and settle whose fault a strange end is."""
        if subject.source.fault:
            return Trace(Verdict(Outcome.ERROR, subject.source.fault))
        if self.hidden is None and self._needs_hidden(check):
            return Trace(Verdict(Outcome.SKIPPED, "Hidden; it runs where staff grade."))
        trace = self.trace(check, subject)
        if trace.verdict.blames_check and self.item.solutions is not None:
            return replace(
                trace, verdict=settled(trace.verdict, self._on_reference([check])[check.id].verdict)
            )
        return trace

    def _needs_hidden(self, check: "Check") -> bool:
        proof = check.rule.proved_by if check.rule is not None else check.id
        return proof in self.item.spec.hidden_ids

    def trace(self, check: "Check", subject: Subject) -> Trace:
        """Run one check on a submission and keep what came back, call by call."""
        # Wild numbers may come back; the comparison says what is wrong with them, no warning need.
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self._run(check, subject)

    def _run(self, check: "Check", subject: Subject) -> Trace:
        if check.rule is not None:
            return Trace(self._judge_rule(check, subject))
        if check.example is not None:
            return self._run_example(check, subject)
        assert self.hidden is not None
        if check.id not in self.hidden.ids:
            return Trace(
                Verdict(
                    Outcome.INTERNAL,
                    "This check is announced, but its code is missing; staff will look at it.",
                    f"{self.item.hidden_checks} has no function test_{check.id}.",
                )
            )
        error, seconds = self.hidden.run(check.id, subject.host, self.seed_key)
        return self._trace(error, subject, seconds)

    def agreeing(self, traces: Mapping[str, Trace]) -> "dict[str, list[KnownWrong]]":
        """Find, for each check, the known wrong solutions that behave on it just as the submission did.

        They must agree with every value that came back, and the values must not be what the
        reference gives: else they say nothing about the mistake.

        Args:
            traces: How the checks in question went on the submission, by id.
        """
        telling = [
            check for check in self.item.spec.checks
            if check.id in traces and traces[check.id].events and check.rule is None
        ]  # fmt: skip
        found: dict[str, list[KnownWrong]] = {name: [] for name in traces}
        if not telling or not self.item.wrong:
            return found
        reference = self._on_reference(telling)
        strange = [check for check in telling if not _starts_as(traces[check.id], reference[check.id])]
        suspected = {
            wrong.name: [check for check in strange if check.id in wrong.about.fails]
            for wrong in self.item.wrong
        }
        self._trace_known([(wrong.name, wrong.path, suspected[wrong.name]) for wrong in self.item.wrong])
        for wrong in self.item.wrong:
            for check in suspected[wrong.name]:
                if same_events(traces[check.id].events, self._known[check.id, wrong.name].events):
                    found[check.id].append(wrong)
        return found

    def _trace(self, error: BaseException | None, subject: Subject, seconds: float) -> Trace:
        self.struck = self.struck or isinstance(error, SandboxBroken)
        verdict = verdict_of(error, subject.source)
        verdict = replace(verdict, seconds=seconds, printed=subject.host.printed)
        return Trace(verdict, tuple(subject.host.events))

    def _run_example(self, check: "Check", subject: Subject) -> Trace:
        from grader.checking.examples import run_example

        assert check.example is not None
        started = perf_counter()
        subject.host.begin()
        error: BaseException | None = None
        try:
            run_example(check.example, subject.host.submission)
        except CourseFault as fault:
            raise CourseFault(f"{self.item.yaml}: check {check.id!r}: {fault}") from None
        except (Exception, Death) as caught:
            error = caught
        return self._trace(error, subject, perf_counter() - started)

    def _judge_rule(self, check: "Check", subject: Subject) -> Verdict:
        assert check.rule is not None
        started = perf_counter()
        # A function that isn't right yet keeps every rule: the points wait until it is.
        proof = next(other for other in self.item.spec.checks if other.id == check.rule.proved_by)
        proved = self.trace(proof, subject).verdict
        if proved.outcome is not Outcome.PASSED:
            message = f"This counts as soon as the check {proof.id!r} passes."
            return Verdict(proved.outcome, message, seconds=perf_counter() - started)
        try:
            uses = self.sandbox.find_forbidden(
                subject.source.text, functions=check.rule.functions, forbid=check.rule.forbid
            )
        except (SubmissionError, Death, SandboxBroken) as error:
            return replace(verdict_of(error, subject.source), seconds=perf_counter() - started)
        seconds = perf_counter() - started
        if not uses:
            return Verdict(Outcome.PASSED, seconds=seconds)
        first = uses[0]
        others = f" (and in {len(uses) - 1} more places)" if len(uses) > 1 else ""
        named = ", ".join(f"`{name}`" for name in check.rule.functions)
        message = f"Line {first.line} uses `{first.name}`{others}; in {named} you write it out yourself."
        return Verdict(Outcome.FAILED, message, seconds=seconds)

    def _on_reference(self, checks: "Sequence[Check]") -> dict[str, Trace]:
        self._trace_known([("reference", self.item.reference, checks)])
        return {check.id: self._known[check.id, "reference"] for check in checks}

    def renew(self, sandbox: Sandbox) -> None:
        """Go on in this sandbox, and forget what was traced in the one before."""
        self.sandbox, self.struck = sandbox, False
        self._known.clear()

    def remember(self, wrong: "KnownWrong", traces: Mapping[str, Trace]) -> None:
        """Keep how a known wrong solution did on its checks, so that it needn't run again."""
        self._known.update({(check, wrong.name): trace for check, trace in traces.items()})

    def _trace_known(self, solutions: "Iterable[tuple[str, Path, Sequence[Check]]]") -> None:
        """Trace solutions of the staff's; made once a check and kept, since inputs follow from the seed.

        They share a worker: starting one for each would take longer than their checks.
        """
        lacking = [
            (name, read_source(path, self.item.spec.file), left)
            for name, path, checks in solutions
            if (left := [check for check in checks if (check.id, name) not in self._known])
        ]
        if not lacking:
            return
        subject = self.subject(lacking[0][1])
        with subject.host:
            for name, source, left in lacking:
                subject.reseat(source)
                for check in left:
                    self._known[check.id, name] = self.trace(check, subject)
        self.struck = self.struck or subject.host.struck


def _starts_as(trace: Trace, other: Trace) -> bool:
    return same_events(trace.events, other.events[: len(trace.events)])


def examining(item: "Item", salt: str, seed: int, sandbox: Sandbox, body: Callable[[Examination], T]) -> T:
    """Make the Examination of an exercise, with its hidden checks where they can run, and call `body`.

    Raises:
        CourseFault: A file of the course is faulty.
    """
    if item.solutions is None or not item.spec.hidden_ids:
        return body(Examination(item, sandbox, seed, salt))
    from grader.checking.hidden import with_hidden_checks  # imports pytest

    return with_hidden_checks(
        item.hidden_checks,
        item.reference,
        lambda hidden: body(Examination(item, sandbox, seed, salt, hidden)),
    )
