"""`grader release`: write what learners get, and say what went out."""

from pathlib import Path

import click

from grader.course import Course
from grader.errors import UsageFault
from grader.release.contents import counted, gather_release
from grader.release.writing import check_destination, write_release


def release_command(course: Course, dest: Path, items: str | None) -> int:
    """Release a course, or the items in a list with commas, and say what to do next."""
    check_destination(dest, course.root)
    given = [] if items is None else [name for name in items.replace(",", " ").split() if name]
    if items is not None and not given:
        raise UsageFault("--items: names no item; give some, such as 3,5,quiz-01.")
    release = gather_release(course, given)
    write_release(release.files, dest)
    size_kb = sum(len(file.content) for file in release.files) / 1000
    click.echo(
        f"{dest}: written, {counted(release.exercises, release.quizzes)} with the grader and a README for"
        f" learners ({len(release.files)} files, {size_kb:.0f} kB)."
    )
    for note in release.notes:
        click.echo(f"Note: {note}")
    click.echo("solutions/ stays here; nothing of it went out.")
    click.echo(
        "Next: read README.md there as a learner will, and give it to them; `grader batch` grades what they hand in."
    )
    return 0
