"""`gradebook.csv`: a line a learner, a column an item; and which grades such a file already shows."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.batch.gradebook import Basis, Cell, Gradebook, Row
from grader.errors import UsageFault
from grader.export.cells import id_cell, id_of, neutral, number_in
from grader.export.format import FileFormat
from grader.outcome import points_text
from grader.printable import one_line

NAME = "gradebook.csv"
_BEFORE = ("learner", "name", "email")
_AFTER = ("total", "max_points", "late", "overridden", "kept", "needs_review")


def gradebook_csv(gradebook: Gradebook) -> FileFormat:
    """Lay out the gradebook: points an item (blank while staff must look), their sum, and what to know."""
    items = [column.item for column in gradebook.columns]
    full = str(gradebook.max_points)

    def line(row: Row) -> bytes:
        cells = {cell.item: cell for cell in row.cells}
        return _line(
            [
                id_cell(row.learner.id),
                neutral(one_line(row.learner.name)),
                neutral(one_line(row.learner.email)),
                *(_points(cells.get(item)) for item in items),
                points_text(row.points),
                full,
                _items(cell for cell in row.cells if cell.late),
                *(
                    _items(cell for cell in row.cells if cell.basis is basis)
                    for basis in (Basis.OVERRIDE, Basis.KEPT, Basis.REVIEW)
                ),
            ]
        )

    return FileFormat(NAME, line, head=_line([*_BEFORE, *items, *_AFTER]))


def read_shown(path: Path) -> dict[tuple[str, str], float]:
    """Read the grades that a gradebook.csv already shows, by learner and item.

    The file may have been sorted, given other columns, or saved by a spreadsheet program (with
    semicolons or tabs, a byte order mark, decimal commas, a Windows encoding). A cell without a
    number shows no grade; where a learner stands twice, the higher grade counts. No file: no grades.

    Raises:
        UsageFault: The file can't be read, or isn't such a file any more.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageFault(f"{path}: cannot be read ({(error.strerror or str(error)).lower()}).") from None
    header, *lines = _table(raw, path)
    at = header.index("learner")
    items = [
        (column, name)
        for column, name in enumerate(header)
        if name and name not in _BEFORE and name not in _AFTER
    ]
    shown: dict[tuple[str, str], float] = {}
    for line in lines:
        if at >= len(line) or not any(line):
            continue
        learner = id_of(line[at])
        for column, item in items:
            points = number_in(line[column]) if column < len(line) else None
            if points is not None:
                shown[learner, item] = max(points, shown.get((learner, item), points))
    return shown


def _line(cells: Sequence[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue().encode()


def _points(cell: Cell | None) -> str:
    return "" if cell is None or cell.points is None else points_text(cell.points)


def _items(cells: Iterable[Cell]) -> str:
    return " ".join(cell.item for cell in cells)


def _table(raw: bytes, path: Path) -> list[list[str]]:
    """Read the cells, in whatever way makes the first line name a column `learner`."""
    text = _decoded(raw)
    for delimiter in ",;\t":
        try:
            table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        header = [name.strip() for name in table[0]] if table else []
        if "learner" in header:
            return [header, *table[1:]]
    raise UsageFault(
        f"{path}: isn't the gradebook of an earlier run any more (no column 'learner' in its first line), so it "
        "can't be told which grades were shown; put a good copy back, or move the file away and check the "
        "new grades yourself."
    )


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
