"""The staff's command: `grader schema` and what later joins it."""

from pathlib import Path
from typing import NoReturn

import click

from grader.cli.exits import run_and_exit
from grader.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grader")
def main() -> None:
    """Look after a course: what its authors and teaching staff need."""


@main.command()
@click.option("--course", "root", type=click.Path(path_type=Path), help="The course's folder.")
@click.option("--stdout", is_flag=True, help="Print the schema instead of writing it into the course.")
def schema(root: Path | None, *, stdout: bool) -> int:
    """Write the JSON Schema of exercise.yaml, which editors use to complete and check it."""
    import json

    from grader.course import Course
    from grader.spec import exercise_schema

    text = json.dumps(exercise_schema(), indent=2, ensure_ascii=False) + "\n"
    if stdout:
        click.echo(text, nl=False)
        return 0
    course = Course.at(root) if root is not None else Course.near(Path.cwd())
    path = course.root / "exercises" / "exercise.schema.json"
    path.write_text(text, encoding="utf-8")
    click.echo(f"{path}: written.")
    return 0


def run() -> NoReturn:
    """Run the command: the entry point of `grader`."""
    run_and_exit(main, "grader")
