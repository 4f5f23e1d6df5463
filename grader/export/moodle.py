"""Fill the grading worksheet that a Moodle assignment gave, in place: only such a file is imported.

Source: moodle, mod/assign/feedback/offline (importgradeslib.php, locallib.php) and mod/assign/gradingtable.php.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from grader.batch.gradebook import Gradebook, Row
from grader.batch.handin import Learner
from grader.errors import UsageFault, did_you_mean
from grader.export.cells import number_in
from grader.export.match import Known, match
from grader.export.sheet import Filled, Sheet
from grader.export.told import Write, about_check, about_grade, points_of, reading
from grader.outcome import Outcome, points_text
from grader.printable import one_line

TOTAL = "total"
_WHERE = "the Moodle worksheet"
# The importer wants these, in the words of the language that the page is set to.
_NEEDED = ("Identifier", "Grade", "Last modified (grade)")
_COMMENTS = "Feedback comments"


def fill_moodle(given: bytes, gradebook: Gradebook, item: str = TOTAL, *, comments: bool = False) -> Filled:
    """Fill our grades into a worksheet, and where asked for what the checks say into its comments.

    Rows that Moodle would skip (locked, above the maximum, no grade yet, this grade already) are
    left as they are and listed. A learner who handed nothing in gets 0.

    Args:
        given: The worksheet as Moodle gave it, in English.
        gradebook: Our grades.
        item: The item whose points go in, or `total` for the sum of all; a learner who waits for
            staff in any item has no total yet.
        comments: Whether to fill the column of comments too (as HTML, which Moodle takes them for).

    Raises:
        UsageFault: The file isn't such a worksheet, lacks a column, or there is no such item.
    """
    known = [column.item for column in gradebook.columns]
    if item not in (TOTAL, *known):
        raise UsageFault(
            f"{_WHERE}: {item}: isn't an item of this gradebook.{did_you_mean(item, [TOTAL, *known])}"
        )
    sheet = Sheet.read(given, _WHERE)
    layout = _Layout.of(sheet, comments=comments)
    grades = _grades(gradebook, item, reading() if comments else None)
    learners = [grade.learner for grade in grades.values()]
    matches = match(learners, "moodle", [layout.known(sheet, row) for row in layout.students])
    remarks = [*matches.remarks]
    same = 0
    for row, learner in matches.learners.items():
        refused = _refused(sheet, layout, row, grades[learner])
        if refused == _SAME:
            same += 1
        elif refused:
            remarks.append(f"{layout.known(sheet, row).shown} (row {row + 1}): {refused}")
        else:
            sheet.put(row, layout.grade, points_text(grades[learner].points or 0.0))
        if layout.comments is not None and grades[learner].comment and not layout.is_locked(sheet, row):
            sheet.put(row, layout.comments, grades[learner].comment)
    remarks += _about_the_whole(layout, sheet, gradebook, item, same)
    remarks += [
        f"{stranger.shown} (row {stranger.row + 1}): is nobody in our gradebook; the row is left as it is."
        for stranger in matches.strangers
    ]
    remarks += [
        f"{one_line(learner.id, 80)}: has no row in the worksheet; Moodle gets no grade of theirs."
        for learner in matches.absent
    ]
    return Filled(sheet.content, tuple(remarks))


_SAME = "same"


@dataclass(frozen=True)
class _Grade:
    """What goes in for one learner: points (None while staff must look) and a comment in HTML."""

    learner: Learner
    points: float | None
    comment: str


@dataclass(frozen=True)
class _Layout:
    """Where things stand in the worksheet: columns, None where it has none, and the rows of students."""

    identifier: int
    grade: int
    names: tuple[int | None, ...]
    most: int | None
    can_change: int | None
    comments: int | None
    students: tuple[int, ...]

    @classmethod
    def of(cls, sheet: Sheet, *, comments: bool) -> "_Layout":
        header = sheet.header
        lacking = [name for name in _NEEDED if name not in header]
        if lacking:
            found = ", ".join(one_line(name, 40) for name in header[:12])
            raise UsageFault(
                f"{_WHERE}: has no column {lacking[0]!r} (it has {found}), and Moodle would refuse it; download "
                "the grading worksheet again with Moodle's language set to English, upload it in the same "
                "language, and change no header."
            )
        if "Scale" in header:
            raise UsageFault(
                f"{_WHERE}: the assignment is graded by the words of a scale; set its grade type to point."
            )
        if comments and _COMMENTS not in header:
            raise UsageFault(
                f"{_WHERE}: has no column {_COMMENTS!r}; switch feedback comments on in the assignment's "
                "settings and download it again, or fill in grades alone."
            )
        lower = [name.casefold() for name in header]

        def place(*names: str) -> int | None:
            return next((lower.index(name) for name in names if name in lower), None)

        names = ("id number", "username", "email address", "full name")
        return cls(
            header.index("Identifier"),
            header.index("Grade"),
            tuple(place(name) for name in names),
            place("maximum grade"),
            place("grade can be changed"),
            header.index(_COMMENTS) if comments else None,
            tuple(row for row in range(1, len(sheet.lines)) if any(sheet.row(row))),
        )

    def known(self, sheet: Sheet, row: int) -> Known:
        """Say whom a row names."""
        identifier = sheet.value(row, self.identifier)
        number, user, email, name = (sheet.value(row, column) for column in self.names)
        digits = re.sub(r"^\D+", "", identifier)
        return Known(row, identifier, (number, user, identifier, digits), email, name)

    def is_locked(self, sheet: Sheet, row: int) -> bool:
        """Whether Moodle takes no grade for a row."""
        return sheet.value(row, self.can_change).strip().casefold() == "no"

    def maximum(self, sheet: Sheet, row: int) -> float | None:
        """Give the highest grade that Moodle takes for a row."""
        return number_in(sheet.value(row, self.most))


def _grades(gradebook: Gradebook, item: str, written: Write | None) -> dict[str, _Grade]:
    """Walk over the gradebook once."""
    found = {}
    for row in gradebook.rows():
        cells = [cell for cell in row.cells if item in (TOTAL, cell.item)]
        points = [cell.points for cell in cells if cell.points is not None]
        whole = len(points) == len(cells)
        comment = _comment(row, item, written) if written and whole else ""
        found[row.learner.id] = _Grade(row.learner, sum(points) if whole else None, comment)
    return found


def _refused(sheet: Sheet, layout: _Layout, row: int, grade: _Grade) -> str:
    """Say why Moodle would skip a row; empty when it wouldn't."""
    if grade.points is None:
        return "their grade waits for staff's review; the row is left as it is."
    text = points_text(grade.points)
    if number_in(sheet.value(row, layout.grade)) == float(text):
        return _SAME
    if layout.is_locked(sheet, row):
        return f"their grade can't be changed in Moodle (it is locked there); {text} is left out."
    most = layout.maximum(sheet, row)
    if most is not None and grade.points > most:
        return (
            f"{text} is above the maximum of {points_text(most)}, and Moodle would skip it; it is left out."
        )
    return ""


def _about_the_whole(
    layout: _Layout, sheet: Sheet, gradebook: Gradebook, item: str, same: int
) -> Iterator[str]:
    full = next(
        (column.max_points for column in gradebook.columns if column.item == item), gradebook.max_points
    )
    most = layout.maximum(sheet, layout.students[0]) if layout.students else None
    if most is not None and most != full:
        yield (
            f"{item}: can earn {full} points here and {points_text(most)} in Moodle; grades are filled in as "
            "they are, not scaled."
        )
    if same:
        yield f"{same} {'row has' if same == 1 else 'rows have'} this grade already; Moodle skips such rows."


def _comment(row: Row, item: str, written: Write) -> str:
    """Write what the checks say as HTML on one line."""
    lines = []
    for cell in row.cells:
        if item not in (TOTAL, cell.item):
            continue
        points = points_of(cell.points or 0.0, cell.max_points)
        lines.append(" ".join([f"{cell.item}: {points}.", *about_grade(cell)]))
        for check in row.reports[cell.item].checks if cell.item in row.reports else ():
            if check.outcome is not Outcome.PASSED:
                told = about_check(check, written).splitlines()
                gained = f"{points_text(check.points)} of {check.max_points}"
                lines.append(" ".join([f"{written(check.title)} ({gained}).", *told]))
    return "<br>".join(escape(one_line(line, 2000), quote=False) for line in lines)
