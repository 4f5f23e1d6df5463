"""Laws on how an exercise's checks behave: what stub, reference, alternatives and wrong solutions earn."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from grader.checking.compare import stricter_by
from grader.checking.local import LocalSeat, LocalSubmission
from grader.checking.misconceptions import explain
from grader.checking.run import Examination, Trace
from grader.course import Course, KnownWrong
from grader.outcome import Outcome
from grader.source import read_source
from grader.verify.files import place
from grader.verify.violation import Violation

# A right solution must pass with tolerances this much tighter, whatever order BLAS sums in.
MARGIN = 2.0
BLAS_THREADS = (1, 2)


def behaviour_laws(course: Course, examination: Examination) -> Iterator[Violation]:
    """Run stub, reference, alternatives and wrong solutions, and check what they earn."""
    laws = _Laws(course, examination)
    yield from laws.stub_earns_nothing()
    yield from laws.reference_earns_everything()
    for path in examination.item.alternatives:
        yield from laws.earns_everything(path, "alternative")
    yield from laws.tolerances_have_a_margin()
    yield from laws.wrong_solutions_fail_what_they_name()


class _Laws:
    """The laws of one exercise, sharing its examination."""

    def __init__(self, course: Course, examination: Examination) -> None:
        self.course = course
        self.examination = examination
        self.item = examination.item
        self.checks = examination.item.spec.checks
        # First of all the wrong solutions, since everybody else is compared with them.
        self.wrong = {wrong.name: self._traces_of_wrong(wrong) for wrong in self.item.wrong}

    def stub_earns_nothing(self) -> Iterator[Violation]:
        traces = self._traces(self.item.pristine_stub)
        for check in self.checks:
            outcome = traces[check.id].verdict.outcome
            if outcome is not Outcome.MISSING:
                yield self._violation(
                    "stub", self.item.pristine_stub, f"as handed out gets {outcome} for {check.id!r}, not MISSING.",
                    traces[check.id],
                )  # fmt: skip

    def reference_earns_everything(self) -> Iterator[Violation]:
        path = self.item.reference
        first, second = self._traces(path), self._traces(path)
        yield from self._all_passed(path, "reference", first)
        for check in self.checks:
            one, two = (replace(traces[check.id].verdict, seconds=0.0) for traces in (first, second))
            if one != two:
                yield self._violation("determinism", path, f"gets two different reports for {check.id!r}.")
            # The better of two: a pause of the machine says nothing about the check.
            seconds = min(traces[check.id].verdict.seconds for traces in (first, second))
            limit = self.item.spec.limits.check_s
            if seconds > limit / 2:
                yield self._violation(
                    "time",
                    path,
                    f"takes {seconds:.2f} s for {check.id!r}, more than half of the limit of {limit:g} s.",
                )
        yield from self._suspected_of_nothing(path, first)

    def earns_everything(self, path: Path, law: str) -> Iterator[Violation]:
        traces = self._traces(path)
        yield from self._all_passed(path, law, traces)
        yield from self._suspected_of_nothing(path, traces)

    def tolerances_have_a_margin(self) -> Iterator[Violation]:
        """Run reference and alternatives in this process, under tighter tolerances and one and two BLAS threads."""
        from threadpoolctl import threadpool_limits

        hidden = self.examination.hidden
        if hidden is None:
            return
        for path in (self.item.reference, *self.item.alternatives):
            seat = LocalSeat(LocalSubmission(path))
            for threads in BLAS_THREADS:
                with threadpool_limits(threads), stricter_by(MARGIN), _unwarned():
                    for check in sorted(self.item.spec.hidden_ids & set(hidden.ids)):
                        error, _ = hidden.run(check, seat, self.examination.seed_key)
                        if error is not None:
                            yield self._violation(
                                "margin", path,
                                f"fails {check!r} when tolerances are {MARGIN:g} times tighter, with {threads} BLAS "
                                f"threads: {error}",
                            )  # fmt: skip

    def wrong_solutions_fail_what_they_name(self) -> Iterator[Violation]:
        failed_by_some: set[str] = set()
        for wrong in self.item.wrong:
            traces = self.wrong[wrong.name]
            failed = {check for check, trace in traces.items() if trace.verdict.outcome is not Outcome.PASSED}
            failed_by_some |= failed
            for check in sorted(set(wrong.about.fails) - failed):
                yield self._violation("wrong", wrong.path, f"passes {check!r}, which it says it fails.")
            for check in sorted(failed - set(wrong.about.fails)):
                yield self._violation(
                    "wrong", wrong.path, f"fails {check!r} without saying so.", traces[check]
                )
            yield from self._tells_its_own_message(wrong, traces)
        for declared in self.checks:
            if declared.id not in failed_by_some:
                yield self._violation(
                    "strength", self.item.yaml, f"the check {declared.id!r} is failed by no wrong solution."
                )

    def _tells_its_own_message(self, wrong: KnownWrong, traces: Mapping[str, Trace]) -> Iterator[Violation]:
        rules = {check.id for check in self.checks if check.rule is not None}
        if set(wrong.about.fails) <= rules:
            return  # a rule's own sentence names the line; there are no values to compare
        shown = {solution.name for solution in explain(self.examination, traces).values()}
        if wrong.name not in shown and not shown & set(wrong.about.like):
            yield self._violation(
                "message", wrong.path, "would not be recognised: its message is shown on no check."
            )
        for name in sorted(shown - {wrong.name} - set(wrong.about.like)):
            yield self._violation("message", wrong.path, f"would be told the message of {name!r} too.")

    def _all_passed(self, path: Path, law: str, traces: Mapping[str, Trace]) -> Iterator[Violation]:
        for check in self.checks:
            outcome = traces[check.id].verdict.outcome
            if outcome is not Outcome.PASSED:
                yield self._violation(law, path, f"gets {outcome} for {check.id!r}.", traces[check.id])

    def _suspected_of_nothing(self, path: Path, traces: Mapping[str, Trace]) -> Iterator[Violation]:
        for check, wrong in explain(self.examination, traces, forced=True).items():
            yield self._violation(
                "message", path, f"behaves on {check!r} just as the wrong solution {wrong.name!r}."
            )

    def _traces_of_wrong(self, wrong: KnownWrong) -> dict[str, Trace]:
        traces = self._traces(wrong.path)
        self.examination.remember(wrong, traces)
        return traces

    def _traces(self, path: Path) -> dict[str, Trace]:
        subject = self.examination.subject(read_source(path, self.item.spec.file))
        with subject.host:
            return {check.id: self.examination.examine(check, subject) for check in self.checks}

    def _violation(self, law: str, path: Path, sentence: str, trace: Trace | None = None) -> Violation:
        why = f" {trace.verdict.message} {trace.verdict.detail}".rstrip() if trace is not None else ""
        return Violation(self.item.id, law, place(self.course, path), sentence + why)


@contextmanager
def _unwarned() -> Iterator[None]:
    """Keep NumPy's warnings down, as around every check: the values tell what is wrong."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
