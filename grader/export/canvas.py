"""Fill the gradebook that Canvas exported, so that its importer takes every grade as it is meant.

Source: canvas-lms, lib/gradebook_exporter.rb and lib/gradebook_importer.rb.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.batch.gradebook import Column, Gradebook
from grader.errors import UsageFault, did_you_mean
from grader.export.cells import number_in
from grader.export.grades import Grades, read_grades
from grader.export.match import Known, match
from grader.export.sheet import Filled, Sheet
from grader.outcome import points_text
from grader.printable import one_line

_WHERE = "the Canvas gradebook"
_ASSIGNMENT = re.compile(r"^(.*)\s\((\d+)\)$", re.DOTALL)

# The importer drops a column whose header holds one of these anywhere.
_NOT_IMPORTED = re.compile(
    "Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade"
    "|Override Score|Override Grade|Override Status"
)
_NO_STUDENT = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)
# The importer takes each comma for a decimal one: 1,234 becomes 1.234.
_THOUSANDS = re.compile(r"-?[0-9]{1,3}([,.' \u00a0\u202f][0-9]{3})+([.,][0-9]+)?")
_TEST_STUDENT = ("student, test", "test student")


def fill_canvas(given: bytes, gradebook: Gradebook, columns: Mapping[str, str] | None = None) -> Filled:
    """Fill our grades into the cells of an exported gradebook.

    Cells of excused (EX) or unassigned (N/A) students, of learners whose grade waits for staff, and
    everything else stay as they are. A learner who handed nothing in gets 0.

    Args:
        given: The file as Canvas exported it.
        gradebook: Our grades.
        columns: The assignment's column by item id, as its header or its title; the other items'
            are guessed: an assignment with the item's id or title.

    Raises:
        UsageFault: The file isn't such an export, or a column that was named, or any column at all,
            can't be found.
    """
    sheet = Sheet.read(given, _WHERE)
    layout = _Layout.of(sheet)
    grades = read_grades(gradebook)
    remarks: list[str] = []
    places = _places(sheet, layout, gradebook, columns or {}, remarks)
    matches = match(grades.learners, "canvas", [layout.known(sheet, row) for row in layout.students])
    remarks += matches.remarks
    for row, learner in matches.learners.items():
        remarks += _fill_row(sheet, layout, row, learner, grades, places)
    for known in matches.strangers:
        if known.name.strip().casefold() not in _TEST_STUDENT:
            remarks.append(
                f"{known.shown} (row {known.row + 1}): is nobody in our gradebook; the row is left as it is."
            )
    remarks += [
        f"{one_line(learner.id, 80)}: has no row in the file; Canvas gets no grades of theirs."
        for learner in matches.absent
    ]
    remarks += _thousands(sheet, layout)
    return Filled(sheet.content, tuple(remarks))


@dataclass(frozen=True)
class _Layout:
    """Where things stand in the file.

    Attributes:
        id_column: The column of Canvas's own ids; the name or names stand before it.
        sis_user, sis_login: Columns of the school's ids; None where the file has none.
        possible: The row with the points possible; None where the file has none.
        students: The rows of students.
    """

    id_column: int
    sis_user: int | None
    sis_login: int | None
    possible: int | None
    students: tuple[int, ...]

    @classmethod
    def of(cls, sheet: Sheet) -> "_Layout":
        header = sheet.header
        if len(header) > 3 and "Student" in header[0] and "ID" in header[1]:
            id_column = 1
        elif len(header) > 4 and header[:2] == ["LastName", "FirstName"] and "ID" in header[2]:
            id_column = 2
        else:
            id_column = 0
        if not id_column or "Section" not in header:
            found = ", ".join(one_line(name, 40) for name in header[:5])
            raise UsageFault(
                f"{_WHERE}: its first line must start with Student,ID,… (or LastName,FirstName,ID,…) and name "
                f"a Section, but starts with {found}; give the file that Canvas exports."
            )
        possible, students = None, []
        for row in range(1, len(sheet.lines)):
            cells = sheet.row(row)
            if "Points Possible" in cells[0]:
                possible = row
            elif not all(_NO_STUDENT.fullmatch(cell) for cell in cells):
                students.append(row)
        return cls(
            id_column, sheet.column("SIS User ID"), sheet.column("SIS Login ID"), possible, tuple(students)
        )

    def known(self, sheet: Sheet, row: int) -> Known:
        """Say whom a row names."""
        own, user, login = (
            sheet.value(row, column) for column in (self.id_column, self.sis_user, self.sis_login)
        )
        parts = [sheet.value(row, column) for column in reversed(range(self.id_column))]
        # Canvas itself writes a name that starts with = as ="…".
        name = re.sub(r'^="(.*)"$', r"\1", " ".join(parts).strip())
        return Known(row, own, (user, login, own), login if "@" in login else "", name)

    def points_possible(self, sheet: Sheet, column: int) -> str:
        """Give what stands under a column as its points possible."""
        return "" if self.possible is None else sheet.value(self.possible, column)


def _places(
    sheet: Sheet, layout: _Layout, gradebook: Gradebook, named: Mapping[str, str], remarks: list[str]
) -> dict[str, int]:
    """Find the column of each item."""
    unknown = [item for item in named if item not in {column.item for column in gradebook.columns}]
    if unknown:
        raise UsageFault(f"{_WHERE}: {unknown[0]} isn't an item of this gradebook, so no column can be its.")
    places = {}
    for column in gradebook.columns:
        place = (
            _named(sheet, layout, column.item, named[column.item])
            if column.item in named
            else _guessed(sheet, layout, column, remarks)
        )
        if place is not None and _is_taken(sheet, layout, column, place, remarks):
            places[column.item] = place
    if not places:
        raise UsageFault(
            f"{_WHERE}: no column takes the grades of any item; name it: ITEM=the title of the assignment."
        )
    return places


def _assignments(sheet: Sheet, layout: _Layout) -> Iterator[tuple[int, str, str]]:
    """Give the columns behind the section: number, header, and title without its id."""
    section = sheet.header.index("Section")
    for place, header in enumerate(sheet.header):
        if place > max(section, layout.id_column):
            found = _ASSIGNMENT.match(header)
            yield place, header, found[1] if found else header


def _named(sheet: Sheet, layout: _Layout, item: str, given: str) -> int:
    known = list(_assignments(sheet, layout))
    exact = [place for place, header, _ in known if header == given]
    fitting = exact or [place for place, _, title in known if title == given]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageFault(
            f"{_WHERE}: {len(fitting)} columns are called {given!r}; name {item}'s with its number."
        )
    near = did_you_mean(given, [title for _, _, title in known])
    raise UsageFault(f"{_WHERE}: there is no column {given!r} for {item}.{near}")


def _guessed(sheet: Sheet, layout: _Layout, column: Column, remarks: list[str]) -> int | None:
    item, title = _plain(column.item), _plain(column.title)
    fitting = [
        place
        for place, header, name in _assignments(sheet, layout)
        if _ASSIGNMENT.match(header)
        and (_plain(name) in (item, title) or re.match(rf"{re.escape(item)}(?!\w|-\w)", _plain(name)))
    ]
    if len(fitting) == 1:
        return fitting[0]
    found = f"{len(fitting)} columns might be its" if fitting else "no column has its id or its title"
    remarks.append(f"{column.item}: {found}; its grades are left out. Name the column to fill it.")
    return None


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _is_taken(sheet: Sheet, layout: _Layout, column: Column, place: int, remarks: list[str]) -> bool:
    """Say whether Canvas would take grades from a column, and what is odd about it."""
    header = sheet.header[place]
    shown = one_line(header, 80)
    possible = layout.points_possible(sheet, place)
    if re.search(r"read\s+only", possible):
        remarks.append(
            f"{column.item}: Canvas marks the column {shown!r} as read only; its grades are left out."
        )
        return False
    if dropped := _NOT_IMPORTED.search(header):
        remarks.append(
            f"{column.item}: Canvas doesn't import a column with {dropped[0]!r} in its header ({shown!r}); "
            "its grades are left out. Rename the assignment."
        )
        return False
    if not _ASSIGNMENT.match(header):
        remarks.append(
            f"{column.item}: the header {shown!r} has no assignment's number; Canvas goes by the exact title, "
            "and makes a new assignment where none has it."
        )
    most = number_in(possible)
    if most is not None and most != column.max_points:
        remarks.append(
            f"{column.item}: can earn {column.max_points} points here and {possible.strip()} in Canvas; "
            "grades are filled in as they are, not scaled."
        )
    return True


def _fill_row(
    sheet: Sheet, layout: _Layout, row: int, learner: str, grades: Grades, places: Mapping[str, int]
) -> Iterator[str]:
    who = f"{layout.known(sheet, row).shown} (row {row + 1})"
    for item, place in places.items():
        there = sheet.value(row, place).strip()
        points = grades.points.get((learner, item))
        if there.casefold() == "ex":
            yield f"{who}: is excused from {item} (EX), and stays so."
        elif there == "N/A":
            yield f"{who}: {item} isn't assigned to them in Canvas, which would drop a grade; N/A stays."
        elif points is None:
            yield f"{who}: their {item} waits for staff's review; the cell is left as it is."
        else:
            yield from _fill_cell(sheet, layout, row, place, points, f"{who}: their {item}")


def _fill_cell(
    sheet: Sheet, layout: _Layout, row: int, place: int, points: float, what: str
) -> Iterator[str]:
    before = number_in(sheet.value(row, place))
    text = points_text(points)
    if before == float(text):
        return  # however it is written: 8.00 stays
    if before is not None and before > points:
        yield f"{what} falls from {points_text(before)} in the file to {text}."
    most = number_in(layout.points_possible(sheet, place))
    if most is not None and points > most:
        yield f"{what}, {text}, is above the {points_text(most)} points possible; Canvas counts that as extra credit."
    sheet.put(row, place, text)


def _thousands(sheet: Sheet, layout: _Layout) -> Iterator[str]:
    """List cells that somebody's spreadsheet program has put separators in."""
    columns = [
        (place, header) for place, header, _ in _assignments(sheet, layout) if _ASSIGNMENT.match(header)
    ]
    for row in (*(() if layout.possible is None else (layout.possible,)), *layout.students):
        for place, header in columns:
            cell = sheet.value(row, place).strip()
            if _THOUSANDS.fullmatch(cell) and not _is_short(cell):
                yield (
                    f"row {row + 1}, {one_line(header, 80)!r}: {cell!r} looks like thousands; Canvas reads the last "
                    "separator as a decimal point. Write it without."
                )


def _is_short(cell: str) -> bool:
    """Whether a cell is a plain decimal with three places, such as 7.125."""
    return re.fullmatch(r"-?[0-9]{1,3}\.[0-9]{3}", cell) is not None
