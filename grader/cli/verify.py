"""`grader verify`: check every law on the items, with progress on a terminal."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from grader.course import Course
from grader.errors import UsageFault

if TYPE_CHECKING:
    from grader.verify.run import Verified


def verify_command(
    course: Course,
    given: Sequence[str],
    *,
    mutants: bool,
    sample: int | None,
    seed: int,
    seeds: int | None,
    jobs: int,
    as_json: bool,
) -> int:
    """Verify items and print what was found; give the exit code."""
    from grader.verify.files import course_laws
    from grader.verify.quiz.run import SEEDS
    from grader.verify.run import MutantPlan, verify_items

    if not (course.root / "solutions").is_dir():
        raise UsageFault(
            f"{course.root}: this copy of the course has no solutions folder, without which nothing can be verified."
        )
    items = [course.item(name).id for name in given] or [*course.items, *course.quizzes]
    plan = MutantPlan(sample) if mutants or sample is not None else None
    found = 0
    for violation in course_laws(course):
        found += 1
        click.echo(json.dumps(asdict(violation)) if as_json else str(violation))
    for verified in _with_progress(
        verify_items(course, items, mutants=plan, seed=seed, seeds=seeds or SEEDS, jobs=jobs), len(items)
    ):
        found += len(verified.violations)
        click.echo(json.dumps(_data(verified), ensure_ascii=False) if as_json else _text(verified))
    if not as_json:
        click.echo(
            f"{len(items)} items verified, {found} violations."
            if found
            else f"{len(items)} items verified: all laws hold."
        )
    return 1 if found else 0


def _with_progress(results: "Iterator[Verified]", total: int) -> "Iterator[Verified]":
    """Show a bar on standard error while results come, where that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from results
        return
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("verifying", total=total)
        for result in results:
            progress.advance(task)
            yield result


def _data(verified: "Verified") -> dict[str, object]:
    if verified.quiz is not None:
        return {
            "item": verified.item,
            "violations": [asdict(violation) for violation in verified.violations],
            "seconds": round(verified.seconds, 3),
            "quiz": asdict(verified.quiz),
        }
    strength = verified.strength
    return {
        "item": verified.item,
        "violations": [asdict(violation) for violation in verified.violations],
        "seconds": round(verified.seconds, 3),
        "mutants": None
        if strength is None
        else {
            "killed": strength.killed,
            "equivalent": strength.equivalent,
            "survivors": [
                {"line": mutant.line, "was": mutant.was, "becomes": mutant.becomes}
                for mutant in strength.survivors
            ],
        },
    }


def _text(verified: "Verified") -> str:
    lines = [
        f"{verified.item}: {'holds' if not verified.violations else 'VIOLATED'} ({verified.seconds:.1f} s)"
    ]
    if verified.quiz is not None:
        quiz = verified.quiz
        lines[0] += (
            f"; {quiz.seeds} seeds, {quiz.killed} mutants of the keys rejected, {quiz.equivalent} equal to them,"
            f" {quiz.survivors} survive; random clicking earns {quiz.clicking:.1%}"
        )
    strength = verified.strength
    if strength is not None:
        declared = f", {strength.equivalent} declared equivalent" if strength.equivalent else ""
        lines[0] += (
            f"; {strength.killed} mutants killed, {len(strength.survivors)} survive{declared}"
            f" ({strength.share_killed:.1%})"
        )
    lines += [f"  {violation}" for violation in verified.violations]
    if strength is not None:
        for mutant in strength.survivors:
            lines += [f"  survivor, line {mutant.line}:", f"    - {mutant.was}", f"    + {mutant.becomes}"]
    return "\n".join(lines)


def default_jobs() -> int:
    """Give the number of cores that this process may use."""
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
