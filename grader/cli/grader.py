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
    "--seeds", type=click.IntRange(1), help="Draw each question of a quiz from so many seeds (default: 200)."
)
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
    seeds: int | None,
    jobs: int | None,
    as_json: bool,
) -> int:
    """Check every law that makes exercises and quizzes fit to hand out."""
    from grader.cli.verify import default_jobs, verify_command

    return verify_command(
        _open(root),
        items,
        mutants=mutants,
        sample=sample,
        seed=seed,
        seeds=seeds,
        jobs=jobs or default_jobs(),
        as_json=as_json,
    )


@main.command()
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The folder of the gradebook and the store."
)
@click.option(
    "--items",
    metavar="LIST",
    help="Grade only these, such as 3,5,quiz-01 (default: what somebody handed in).",
)
@click.option("--roster", type=click.Path(path_type=Path), help="The class list as CSV.")
@click.option(
    "--overrides",
    type=click.Path(path_type=Path),
    help="Grades set by hand (default: overrides.csv in --out).",
)
@click.option("--jobs", type=click.IntRange(1), help="Checkers side by side (default: the number of cores).")
@click.option("--seed", type=int, default=0, show_default=True, help="What random inputs follow from.")
@click.option("--dry-run", is_flag=True, help="Tell what would be graded; write nothing.")
@click.option("--allow-lower", is_flag=True, help="Let grades fall below what gradebook.csv shows.")
@click.option(
    "--export",
    "exports",
    multiple=True,
    type=click.Choice(["gradescope", "prairielearn", "junit"]),
    help="Also write results in this form (may be given several times).",
)
@click.option("--canvas", type=click.Path(path_type=Path), help="Canvas's gradebook export, to be filled.")
@click.option("--moodle", type=click.Path(path_type=Path), help="Moodle's grading worksheet, to be filled.")
@click.option(
    "--moodle-item", default="total", show_default=True, help="Whose points go into Moodle's worksheet."
)
@click.option("--weak-isolation", is_flag=True, help="Grade where the system can't confine submissions.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary as JSON.")
@_course
def batch(
    submissions: Path,
    out: Path,
    root: Path | None,
    *,
    items: str | None,
    roster: Path | None,
    overrides: Path | None,
    jobs: int | None,
    seed: int,
    dry_run: bool,
    allow_lower: bool,
    exports: tuple[str, ...],
    canvas: Path | None,
    moodle: Path | None,
    moodle_item: str,
    weak_isolation: bool,
    as_json: bool,
) -> int:
    """Grade what a class handed in, and write the gradebook.

    SUBMISSIONS is a folder or zip: a folder a learner, or a bulk download of Canvas, Moodle or
    Gradescope. The same command goes on where it was stopped, and grades only what changed.
    """
    from grader.cli.batch import Asked, batch_command, stop_on_sigterm
    from grader.cli.verify import default_jobs

    stop_on_sigterm()
    asked = Asked(
        submissions=submissions,
        out=out,
        items=tuple(name.strip() for name in items.split(",") if name.strip()) if items else (),
        roster=roster,
        overrides=overrides,
        jobs=jobs or default_jobs(),
        seed=seed,
        weak=weak_isolation,
        allow_lower=allow_lower,
        dry_run=dry_run,
        as_json=as_json,
        exports=exports,
        canvas=canvas,
        moodle=moodle,
        moodle_item=moodle_item,
    )
    return batch_command(_open(root), asked)


@main.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one line a grade that moves.")
def diff(old: str, new: str | None, *, as_json: bool) -> int:
    """Show whose grade moves between two runs, by how much, and because of which check.

    OLD and NEW are folders that were --out of a batch; their last runs are compared. DIR@3 means run
    3 of DIR. OLD alone compares its last two runs.
    """
    from grader.cli.diff import diff_command

    return diff_command(old, new, as_json=as_json)


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
@click.option(
    "--stdout", metavar="KIND", type=click.Choice(["exercise", "quiz", "key"]), is_flag=False,
    flag_value="exercise", help="Print one schema instead of writing them: exercise (the default), quiz, key.",
)  # fmt: skip
def schema(root: Path | None, stdout: str | None) -> int:
    """Write the JSON Schemas of exercise.yaml, quiz.yaml and key.yaml, which editors use to complete and check them."""
    from grader.authoring.schemas import schema_texts

    texts = schema_texts()
    if stdout is not None:
        click.echo(
            next(text for path, text in texts.items() if path.name == f"{stdout}.schema.json"), nl=False
        )
        return 0
    course = _open(root)
    for path, text in texts.items():
        if (course.root / path.parent).is_dir():
            (course.root / path).write_text(text, encoding="utf-8")
            click.echo(f"{course.root / path}: written.")
    return 0


@main.command("export-quiz")
@click.argument("quiz")
@click.option(
    "--to", "to", required=True, type=click.Choice(["moodle-xml", "gift"]), help="The format of the file."
)
@click.option(
    "--seeds", type=click.IntRange(1), default=5, show_default=True,
    help="Draw each question from so many seeds; draws that are the same are written once.",
)  # fmt: skip
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
@_course
def export_quiz(quiz: str, to: str, seeds: int, out: Path, root: Path | None) -> int:
    """Write a quiz as questions for Moodle or another platform, and tell what is lost on the way."""
    from grader.cli.export_quiz import export_quiz_command

    return export_quiz_command(_open(root), quiz, to, seeds, out)


@main.command()
@_course
@click.option("--stdout", is_flag=True, help="Print the catalogue instead of writing it into the course.")
def catalogue(root: Path | None, *, stdout: bool) -> int:
    """Write exercises/README.md: the parts, the items and the topic map, from what the items declare."""
    from grader.authoring.catalogue import catalogue_page

    course = _open(root)
    text = catalogue_page(course)
    if stdout:
        click.echo(text, nl=False)
        return 0
    path = course.root / "exercises" / "README.md"
    path.write_text(text, encoding="utf-8")
    click.echo(f"{path}: written.")
    return 0


def run() -> NoReturn:
    """Run the command: the entry point of `grader`."""
    run_and_exit(main, "grader")
