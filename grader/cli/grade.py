"""The learner's command: `grade exercise-07`.

The sandbox is started before anything heavy is imported, so that its start overlaps ours.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from grader.cli import screen
from grader.cli.exits import run_and_exit
from grader.version import __version__

if TYPE_CHECKING:
    from grader.course import Course, Item, QuizItem
    from grader.outcome import Report
    from grader.sandbox import Sandbox

# The worst of several items' exit codes is the command's.
_SEVERITY = (0, 1, 2, 3)
_LONGEST_ROUND = 18


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("items", nargs=-1, metavar="[ITEM]...")
@click.option(
    "--file", "file", type=click.Path(path_type=Path), help="Grade this file instead of the stub in place."
)
@click.option(
    "--check", "checks", multiple=True, metavar="ID", help="Only this check or question (may be repeated)."
)
@click.option("--statement", is_flag=True, help="Show the task, or all questions with your numbers.")
@click.option(
    "--hint", is_flag=True, help="Open the next hint for the first check or question that isn't right."
)
@click.option("--reset", is_flag=True, help="Put the stub back; your file is kept beside it.")
@click.option(
    "--reveal", is_flag=True, help="Show the values behind hidden checks (needs the solutions folder)."
)
@click.option("--seed", type=int, help="What random inputs follow from; 0 by default. Not for quizzes.")
@click.option(
    "--practice",
    is_flag=False,
    flag_value="",
    metavar="[N]",
    help="Answer a quiz with fresh numbers (those of round N); nothing is kept.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, one line an item.")
@click.option("--course", "root", type=click.Path(path_type=Path), help="The course's folder.")
@click.option("--weak-isolation", is_flag=True, help="Run the file in a plain process, without confinement.")
@click.version_option(__version__, prog_name="grade")
def main(
    items: tuple[str, ...],
    file: Path | None,
    checks: tuple[str, ...],
    root: Path | None,
    *,
    statement: bool,
    hint: bool,
    reset: bool,
    reveal: bool,
    seed: int | None,
    practice: str | None,
    as_json: bool,
    weak_isolation: bool,
) -> int:
    """Grade exercises and quizzes: points, what is wrong, and a hint, at once.

    ITEM is an id or a number: exercise-07 or 7; quiz-03 or q3, which on a terminal first asks the
    questions that aren't answered yet. Without one, all items are listed with the points earned
    so far.
    """
    from grader.course import Item, QuizItem
    from grader.errors import UsageFault

    items, round_ = _practice(items, practice)
    if (file or checks or hint or reset or statement or round_ is not None) and len(items) != 1:
        raise UsageFault(
            "--file, --check, --statement, --hint, --reset and --practice go with exactly one item."
        )
    if not items:
        return _list(_course(root), as_json=as_json)
    course = _course(root)
    found = [course.item(given) for given in items]
    if reveal and found[0].solutions is None:
        raise UsageFault(
            "--reveal: this copy of the course has no solutions folder, so nothing can be revealed."
        )
    _look_at_seed_and_practice(found, seed, round_)

    def quiz(item: "QuizItem") -> int:
        from grader.cli.quiz import Options, grade_quiz

        options = Options(
            file=file, checks=checks, statement=statement, hint=hint, reset=reset, reveal=reveal,
            as_json=as_json, practice=round_,
        )  # fmt: skip
        return grade_quiz(course, item, options)

    exercises = [item for item in found if isinstance(item, Item)]
    if not exercises:
        return max((quiz(item) for item in found if isinstance(item, QuizItem)), key=_SEVERITY.index)
    if statement:
        return _show_statement(course, exercises[0])
    if reset:
        return _reset(exercises[0])
    from grader.sandbox import Sandbox, shield_process

    with Sandbox(weak=weak_isolation) as sandbox:
        shield_process()
        codes = []
        for item in found:
            if isinstance(item, QuizItem):
                codes.append(quiz(item))
                continue
            report = _grade(course, item, file, seed or 0, checks, sandbox)
            progress = _progress_after(course, item, report, keep=file is None and not checks)
            codes.append(_show(report, item, progress, checks, hint=hint, reveal=reveal, as_json=as_json))
        if not sandbox.confined and not as_json:
            click.echo(
                f"Note: on this system {'; '.join(sandbox.lacks)}. Grade only code that you trust.", err=True
            )
    return max(codes, key=_SEVERITY.index)


def _practice(items: tuple[str, ...], given: str | None) -> tuple[tuple[str, ...], int | None]:
    """Read the round of --practice, -1 for any; what stands behind it may be an item instead."""
    from grader.errors import UsageFault

    if given is None:
        return items, None
    if given and not given.isdecimal():
        return (*items, given), -1
    if len(given) > _LONGEST_ROUND:
        raise UsageFault(f"--practice: {given[:20]}… is no number of a round.")
    return items, int(given) if given else -1


def _look_at_seed_and_practice(found: Sequence[Any], seed: int | None, practice: int | None) -> None:
    from grader.course import QuizItem
    from grader.errors import UsageFault

    for item in found:
        if seed is not None and isinstance(item, QuizItem):
            raise UsageFault(
                f"{item.id}: --seed is for exercises; the numbers of a quiz follow from your id, and "
                "`--practice` draws others."
            )
        if practice is not None and not isinstance(item, QuizItem):
            raise UsageFault(f"{item.id}: --practice is for quizzes; `--seed` draws other inputs here.")


def run() -> NoReturn:
    """Run the command: the entry point of `grade`."""
    import gc

    # Nothing that is imported is ever freed: looking for garbage meanwhile costs a tenth of the start.
    gc.disable()
    run_and_exit(main, "grade")


def _course(root: Path | None) -> "Course":
    from grader.course import Course

    return Course.at(root) if root is not None else Course.near(Path.cwd())


def _grade(
    course: "Course", item: "Item", file: Path | None, seed: int, checks: Sequence[str], sandbox: "Sandbox"
) -> "Report":
    from grader.grading import grade

    return grade(course, item.id, file, seed=seed, only=checks, sandbox=sandbox)


def _progress_after(course: "Course", item: "Item", report: "Report", *, keep: bool) -> Any:
    from grader.progress import Earned, ProgressFile
    from grader.source import read_source

    progress = ProgressFile(course.root)
    if keep:
        progress.record(item.id, Earned(report.points, report.max_points, read_source(item.stub).sha256))
    return progress


def _show(
    report: "Report",
    item: "Item",
    progress: Any,
    checks: Sequence[str],
    *,
    hint: bool,
    reveal: bool,
    as_json: bool,
) -> int:
    from grader.grading import with_hints

    if hint:
        _open_hint(report, item, progress, checks)
    report = with_hints(report, item.spec, progress.of(item.id).hints)
    if as_json:
        import json

        click.echo(json.dumps(report.as_json(reveal=reveal), ensure_ascii=False))
    elif not hint:
        from grader.render.report import report_text

        text = report_text(report, item.spec, width=screen.width(), reveal=reveal, only=checks)
        screen.say(text)
    if progress.note:
        click.echo(f"Note: {progress.note}", err=True)
    return report.exit_code


def _open_hint(report: "Report", item: "Item", progress: Any, checks: Sequence[str]) -> None:
    from grader.render.terminal import hint_view, print_view

    by_id = {check.id: check for check in item.spec.checks}
    failing = [check for check in report.checks if check.hint and (not checks or check.id in checks)]
    if not failing:
        click.echo("There is nothing to hint at: all that ran has passed.")
        return
    name = by_id[failing[0].id].hint
    steps = item.spec.hints[name]
    opened = min(progress.of(item.id).hints.get(name, 1) + 1, len(steps))
    progress.open_hint(item.id, name, opened)
    print_view(hint_view(failing[0], steps, opened))


def _show_statement(course: "Course", item: "Item") -> int:
    from grader.course import leads_to
    from grader.render.terminal import print_view, statement_view

    print_view(statement_view(item.id, item.spec, leads_to(course, item)))
    return 0


def _reset(item: "Item") -> int:
    from grader.reset import reset_stub

    kept = reset_stub(item)
    click.echo(f"{item.stub}: is the stub again." + (f" Your file is kept as {kept.name}." if kept else ""))
    return 0


def _list(course: "Course", *, as_json: bool) -> int:
    from grader.standing import standings

    lines, note = standings(course)
    if as_json:
        import json
        from dataclasses import asdict

        for line in lines:
            click.echo(json.dumps(asdict(line), ensure_ascii=False))
    else:
        from grader.render.terminal import list_view, print_view

        print_view(list_view(lines))
        click.echo("`grade 7` grades exercise-07, `grade 7 --statement` shows its task.")
        if course.quizzes:
            click.echo("`grade q3` asks the questions of quiz-03.")
    if note:
        click.echo(f"Note: {note}", err=True)
    return 2 if any(line.fault for line in lines) else 0
