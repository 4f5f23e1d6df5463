"""The learner's command: `grade exercise-07`.

The sandbox is started before anything heavy is imported, so that its start overlaps ours.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from grader.cli.exits import run_and_exit
from grader.version import __version__

if TYPE_CHECKING:
    from grader.course import Course, Item
    from grader.outcome import Report
    from grader.sandbox import Sandbox

# The worst of several items' exit codes is the command's.
_SEVERITY = (0, 1, 2, 3)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("items", nargs=-1, metavar="[ITEM]...")
@click.option(
    "--file", "file", type=click.Path(path_type=Path), help="Grade this file instead of the stub in place."
)
@click.option("--check", "checks", multiple=True, metavar="ID", help="Run only this check (may be repeated).")
@click.option("--statement", is_flag=True, help="Show the task.")
@click.option("--hint", is_flag=True, help="Open the next step of the hints for the first check that fails.")
@click.option("--reset", is_flag=True, help="Put the stub back; your file is kept beside it.")
@click.option(
    "--reveal", is_flag=True, help="Show the values behind hidden checks (needs the solutions folder)."
)
@click.option("--seed", type=int, default=0, show_default=True, help="What random inputs follow from.")
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
    seed: int,
    as_json: bool,
    weak_isolation: bool,
) -> int:
    """Grade exercises: points, what is wrong, and a hint, at once.

    ITEM is an exercise's id or number: exercise-07, or 7. Without one, all items are listed with
    the points earned so far.
    """
    from grader.errors import UsageFault

    if (file or checks or hint or reset or statement) and len(items) != 1:
        raise UsageFault("--file, --check, --statement, --hint and --reset go with exactly one item.")
    if not items:
        return _list(_course(root), as_json=as_json)
    course = _course(root)
    found = [course.exercise(given) for given in items]
    if statement:
        return _show_statement(course, found[0])
    if reset:
        return _reset(found[0])
    if reveal and found[0].solutions is None:
        raise UsageFault(
            "--reveal: this copy of the course has no solutions folder, so nothing can be revealed."
        )
    from grader.sandbox import Sandbox, shield_process

    with Sandbox(weak=weak_isolation) as sandbox:
        shield_process()
        codes = []
        for item in found:
            report = _grade(course, item, file, seed, checks, sandbox)
            progress = _progress_after(course, item, report, keep=file is None and not checks)
            codes.append(_show(report, item, progress, checks, hint=hint, reveal=reveal, as_json=as_json))
        if not sandbox.confined and not as_json:
            click.echo(
                f"Note: on this system {'; '.join(sandbox.lacks)}. Grade only code that you trust.", err=True
            )
    return max(codes, key=_SEVERITY.index)


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

        text = report_text(report, item.spec, width=_width(), reveal=reveal, only=checks)
        click.echo(text, color=_colour())
    if progress.note:
        click.echo(f"Note: {progress.note}", err=True)
    return report.exit_code


def _width() -> int:
    """Columns of the terminal; 100 where output is piped."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


def _colour() -> bool | None:
    """Whether the user wants colour; None leaves it to whether this is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


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
    if note:
        click.echo(f"Note: {note}", err=True)
    return 2 if any(line.fault for line in lines) else 0
