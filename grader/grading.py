"""Grade one submission for one exercise, and join what its checks reported to the YAML.

The join fails closed: only PASSED earns, a declared check that didn't report is INTERNAL, and the
denominator is the YAML's.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.checking.misconceptions import explain
from grader.checking.run import Examination, examining
from grader.checking.verdict import Verdict
from grader.course import Course, Item
from grader.errors import UsageFault, did_you_mean
from grader.outcome import CheckResult, Outcome, Report
from grader.sandbox import Sandbox, Usage
from grader.source import Source, read_source

if TYPE_CHECKING:
    from grader.spec import Check, Exercise


@dataclass(frozen=True, slots=True)
class Examined:
    """A submission's report, and what it took.

    Attributes:
        report: The report.
        usage: What the submission has used.
        struck: Whether a worker was killed by somebody else, so that the outcomes may not be its own.
    """

    report: Report
    usage: Usage
    struck: bool


_NOT_ASKED = Verdict(Outcome.SKIPPED, "Not asked for this time.")


def grade(
    course: Course,
    item: str,
    submission: Path | Source | None = None,
    *,
    seed: int = 0,
    only: Collection[str] = (),
    sandbox: Sandbox | None = None,
) -> Report:
    """Grade a submission for one exercise.

    Args:
        course: The course.
        item: The item's id, or the number of an exercise.
        submission: The submitted file; by default the stub in place.
        seed: What the random inputs of the hidden checks follow from.
        only: Ids of the checks to run; by default all.
        sandbox: Where to run the submission; by default one of its own.

    Returns:
        The report; every declared check stands in it, in the YAML's order.

    Raises:
        UsageFault: There is no such item, check or file.
        CourseFault: A file of the course is faulty.
    """
    if sandbox is None:
        with Sandbox() as own:
            return grade(course, item, submission, seed=seed, only=only, sandbox=own)
    found = course.exercise(item)
    spec = found.spec
    known = [check.id for check in spec.checks]
    for check in only:
        if check not in known:
            raise UsageFault(f"{found.id}: there is no check {check!r}.{did_you_mean(check, known)}")
    source = submission if isinstance(submission, Source) else _read(found, submission)
    return examining(
        found, course.salt, seed, sandbox, lambda examination: examine(examination, source, only).report
    )


def _read(item: Item, path: Path | None) -> Source:
    if path is not None:
        return read_source(path, item.spec.file)
    if not item.stub.exists():
        number = item.id.removeprefix("exercise-").lstrip("0")
        raise UsageFault(
            f"{item.stub}: cannot be read (no such file or directory); `grade {number} --reset` puts the stub back."
        )
    return read_source(item.stub)


def examine(examination: Examination, source: Source, only: Collection[str] = ()) -> Examined:
    """Run all checks of an examination (or those in `only`) on one submission.

    Raises:
        SandboxBroken: The sandbox came to an end meanwhile.
    """
    spec = examination.item.spec
    subject = examination.subject(source)
    # What a submission prints or raises is shown for examples: they come before it has seen any hidden input.
    in_order = sorted(spec.checks, key=lambda check: check.example is None)
    with subject.host:
        traces = {
            check.id: examination.examine(check, subject)
            for check in in_order
            if not only or check.id in only
        }
    usage, struck = subject.host.close(), subject.host.struck
    mistakes = explain(examination, traces)
    results = tuple(
        join(
            spec,
            check,
            traces[check.id].verdict if check.id in traces else _NOT_ASKED,
            mistakes[check.id].about.message if check.id in mistakes else "",
        )
        for check in spec.checks
    )
    report = Report(examination.item.id, results, examination.sandbox.layers, examination.seed)
    return Examined(report, usage, struck or examination.struck)


def join(spec: "Exercise", check: "Check", verdict: Verdict, misconception: str) -> CheckResult:
    """Join a verdict to what the YAML declares of its check."""
    passed = verdict.outcome is Outcome.PASSED
    printed = f"It printed:\n{verdict.printed}" if verdict.printed else ""
    detail = "\n".join(filter(None, (verdict.detail, printed)))
    message = verdict.message
    if check.visible:
        message = "\n".join(filter(None, (f"{message} {verdict.detail}".strip(), printed)))
    helps = not passed and verdict.outcome not in (Outcome.SKIPPED, Outcome.INTERNAL)
    return CheckResult(
        id=check.id,
        title=check.title,
        points=check.points if passed else 0,
        max_points=check.points,
        outcome=verdict.outcome,
        visible=check.visible,
        message=message,
        hint=spec.hints[check.hint][0] if helps else "",
        misconception=misconception,
        seconds=verdict.seconds,
        detail=detail,
    )


def with_hints(report: Report, spec: "Exercise", opened: Mapping[str, int]) -> Report:
    """Show, for each hint, the last of the steps that the learner has opened (the first is always open)."""
    from dataclasses import replace

    by_id = {check.id: check.hint for check in spec.checks}

    def step(result: CheckResult) -> CheckResult:
        name = by_id[result.id]
        steps = spec.hints[name]
        return (
            replace(result, hint=steps[min(opened.get(name, 1), len(steps)) - 1]) if result.hint else result
        )

    return replace(report, checks=tuple(step(result) for result in report.checks))
