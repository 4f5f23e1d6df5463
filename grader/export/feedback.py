"""`feedback/<learner>.md`: what a learner reads of their grades, from the points down to the next hint.

Only what a report shows to learners goes in, never its `detail`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from grader.batch.gradebook import Basis, Cell, Column, Gradebook, Row
from grader.export.concepts import missed_concepts
from grader.export.format import FolderFormat
from grader.export.markdown import fenced, plain, prose
from grader.export.told import (
    NOTHING_WRONG,
    Write,
    about_grade,
    listed,
    points_of,
    remembered,
    shared_message,
)
from grader.outcome import CheckResult, Outcome, Report, is_quiz, points_text

NAME = "feedback"
MARKER = "<!-- Written by nabla-grader; the next run overwrites this file. -->\n"

# A shape and a word for each outcome: nothing is said by the shape alone.
_MARKS = {
    Outcome.PASSED: ("✓", ""),
    Outcome.PARTIAL: ("◐", "partly right"),
    Outcome.FAILED: ("✗", "not right yet"),
    Outcome.ERROR: ("!", "stopped with an error"),
    Outcome.TIMEOUT: ("⧗", "out of time"),
    Outcome.MISSING: ("○", "still to be written"),
    Outcome.SKIPPED: ("·", "not run"),
    Outcome.INTERNAL: ("?", "our fault; staff will look at it"),
}
_OF_QUESTIONS = {Outcome.ERROR: "can't be read", Outcome.MISSING: "not answered"}
_INDENT = "  "


def feedback(gradebook: Gradebook, names: Mapping[str, str]) -> FolderFormat:
    """Lay out a page for each learner.

    Args:
        gradebook: For the items' titles.
        names: A file name for each learner's id.
    """
    headings = {column.item: _heading(column) for column in gradebook.columns}
    written = remembered(prose)

    def page(row: Row) -> Iterable[tuple[str, bytes]]:
        blocks = [*_top(row)]
        for cell in row.cells:
            blocks += [headings[cell.item], *_item(cell, row.reports.get(cell.item), written)]
        blocks += _look_again(row, gradebook.columns)
        text = MARKER + "\n\n".join(blocks) + "\n"
        return [(f"{names[row.learner.id]}.md", text.encode())]

    return FolderFormat(NAME, page, MARKER.encode())


def _heading(column: Column) -> str:
    return f"## {plain(column.item)} · {prose(column.title)}"


def _top(row: Row) -> Iterator[str]:
    yield f"# Feedback for {plain(row.learner.name or row.learner.id)}"
    if len(row.cells) == 1:
        return  # the item itself says it all
    full = sum(cell.max_points for cell in row.cells)
    waiting = [plain(cell.item) for cell in row.cells if cell.basis is Basis.REVIEW]
    so_far = f" so far; {listed(waiting)} {'is' if len(waiting) == 1 else 'are'} not counted yet"
    yield f"**{points_of(row.points, full)}**{so_far if waiting else ''}"
    missing = [plain(cell.item) for cell in row.cells if cell.basis is Basis.MISSING]
    if missing:
        yield f"Nothing was handed in for {listed(missing)}."


def _item(cell: Cell, report: Report | None, written: Write) -> Iterator[str]:
    """Give the blocks of an item: the grade, what it rests on, and the checks."""
    if cell.points is not None:
        yield f"**{points_of(cell.points, cell.max_points)}**"
    yield from (plain(sentence) for sentence in about_grade(cell))
    if report is None:
        return
    shared = shared_message(report)
    if shared:
        yield from _message(shared, "", set())
    said: set[str] = set()
    quiz = is_quiz(report.item)
    yield "\n".join(
        "\n\n".join(
            [_line(check, written, quiz=quiz), *([] if shared else _help(check, said, written, quiz=quiz))]
        )
        for check in report.checks
    )
    if report.exit_code == 0 and report.points == report.max_points:
        yield "All is right. Well done!" if quiz else "All checks passed. Well done!"


def _look_again(row: Row, columns: Sequence[Column]) -> Iterator[str]:
    """Name the concepts that were missed in quizzes, and the exercises that lost points over them too."""
    found = missed_concepts(row, columns)
    if found:
        yield "## Look at these again"
        yield "\n".join(
            f"- {prose(missed.name)}: missed in {listed([*missed.quizzes, *missed.exercises])}"
            for missed in found
        )


def _line(check: CheckResult, written: Write, *, quiz: bool) -> str:
    mark, word = _MARKS[check.outcome]
    if quiz:
        word = _OF_QUESTIONS.get(check.outcome, word)
    points = f"{points_text(check.points)} of {check.max_points}"
    return f"- {mark} **{written(check.title)}** ({word}{', ' if word else ''}{points})"


def _help(check: CheckResult, said: set[str], written: Write, *, quiz: bool) -> Iterator[str]:
    """Say what is wrong, why that may be, and the way on; a long thing said above isn't said again."""
    if check.message and quiz and check.outcome is not Outcome.ERROR:
        # What is said of an answer that could be read is its author's, formulas and all.
        yield _INDENT + written(check.message)
    elif check.message:
        yield from _message(check.message, _INDENT, said)
    if check.outcome in NOTHING_WRONG:
        return
    if check.misconception:
        again = check.misconception in said
        yield f"{_INDENT}*A likely reason:* {'the same as above.' if again else written(check.misconception)}"
    if check.hint and check.hint not in said:
        yield f"{_INDENT}*Hint:* {written(check.hint)}"
    said.update((check.misconception, check.hint))


def _message(message: str, indent: str, said: set[str]) -> Iterator[str]:
    """Write a message: its first line is a sentence, further ones may be what the submission printed."""
    first, _, others = message.strip("\n").partition("\n")
    yield indent + plain(first)
    if others.strip() and others not in said:
        yield fenced(others.rstrip("\n"), indent)
    said.add(others)
