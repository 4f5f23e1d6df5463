"""`grader export-quiz`: write a quiz for another platform, and tell what was lost."""

from pathlib import Path

import click

from grader.course import Course, QuizItem
from grader.errors import CourseFault, UsageFault


def export_quiz_command(course: Course, given: str, to: str, seeds: int, out: Path) -> int:
    """Write one quiz's questions and print the list of what was lost; give the exit code."""
    from grader.export.quiz.gather import gather
    from grader.export.quiz.gift import gift
    from grader.export.quiz.moodle import moodle_xml
    from grader.quiz.expression import ExpressionError

    item = course.item(given)
    if not isinstance(item, QuizItem):
        raise UsageFault(f"{item.id}: is an exercise; only quizzes can be exported.")
    if item.key is None:
        raise UsageFault(f"{item.id}: can't be exported without its key, which only staff have.")
    try:
        bank = gather(item.spec, item.key, seeds)
    except ExpressionError as error:
        raise CourseFault(f"{item.key.where}: {error.message}") from None
    text, losses = (gift if to == "gift" else moodle_xml)(bank)
    out.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{out}: written, with {len(bank.questions)} questions and their keys: for staff only.")
    click.echo("Lost on the way:")
    for sentence in losses:
        click.echo(f"  - {sentence}")
    return 0
