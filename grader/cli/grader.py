"""The staff's command: `grader verify`, `grader release`, `grader new`, `grader schema`, `grader catalogue`."""

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from grader.cli.exits import run_and_exit
from grader.version import __version__

if TYPE_CHECKING:
    from grader.course import Course


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grader")
def main() -> None:
    """Look after a course: what its authors and teaching staff need."""


_course = click.option("--course", "root", type=click.Path(path_type=Path), help="The course's folder.")


def _open(root: Path | None) -> "Course":
    from grader.course import Course

    return Course.at(root) if root is not None else Course.near(Path.cwd())


@main.command()
@click.argument("items", nargs=-1, metavar="[ITEM]...")
@click.option("--mutants", is_flag=True, help="Also run the hidden checks on every mutant of the reference.")
@click.option(
    "--sample", type=click.IntRange(1), help="Run this many mutants an exercise, always the same ones."
)
@click.option("--seed", type=int, default=0, show_default=True, help="What random inputs follow from.")
@click.option(
    "--jobs", type=click.IntRange(1), help="How many items side by side (default: the number of cores)."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one line an item.")
@_course
def verify(
    items: tuple[str, ...],
    root: Path | None,
    *,
    mutants: bool,
    sample: int | None,
    seed: int,
    jobs: int | None,
    as_json: bool,
) -> int:
    """Check every law that makes an exercise fit to hand out."""
    from grader.cli.verify import default_jobs, verify_command

    return verify_command(
        _open(root),
        items,
        mutants=mutants,
        sample=sample,
        seed=seed,
        jobs=jobs or default_jobs(),
        as_json=as_json,
    )


@main.command()
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--items", metavar="LIST", help="Release only these, such as 3,5,quiz-01 (default: all).")
@_course
def release(dest: Path, items: str | None, root: Path | None) -> int:
    """Write what learners get: the exercises, the grader, and a README for them.

    DEST is a new folder, or a new file whose name ends in .zip. Nothing under solutions/ goes out.
    """
    from grader.cli.release import release_command

    return release_command(_open(root), dest, items)


@main.command()
@click.argument("item")
@click.option("--title", required=True, help="The exercise's title.")
@_course
def new(item: str, title: str, root: Path | None) -> int:
    """Write both folders of a new exercise, ready for its author."""
    from grader.authoring.new import write_exercise

    course = _open(root)
    for path in write_exercise(course, item, title):
        click.echo(f"{path}: written.")
    click.echo(f"Now look for TODO in these files; `grader verify {item}` tells what is left to do.")
    return 0


@main.command()
@_course
@click.option("--stdout", is_flag=True, help="Print the schema instead of writing it into the course.")
def schema(root: Path | None, *, stdout: bool) -> int:
    """Write the JSON Schema of exercise.yaml, which editors use to complete and check it."""
    import json

    from grader.spec import exercise_schema

    text = json.dumps(exercise_schema(), indent=2, ensure_ascii=False) + "\n"
    return _write_or_print(text, "exercise.schema.json", root, stdout=stdout)


@main.command()
@_course
@click.option("--stdout", is_flag=True, help="Print the catalogue instead of writing it into the course.")
def catalogue(root: Path | None, *, stdout: bool) -> int:
    """Write exercises/README.md: the parts, the items and the topic map, from what the items declare."""
    from grader.authoring.catalogue import catalogue_page

    return _write_or_print(catalogue_page(_open(root)), "README.md", root, stdout=stdout)


def _write_or_print(text: str, name: str, root: Path | None, *, stdout: bool) -> int:
    if stdout:
        click.echo(text, nl=False)
        return 0
    path = _open(root).root / "exercises" / name
    path.write_text(text, encoding="utf-8")
    click.echo(f"{path}: written.")
    return 0


def run() -> NoReturn:
    """Run the command: the entry point of `grader`."""
    run_and_exit(main, "grader")
