"""Grades set by hand: `overrides.csv` with learner, item, points and the reason."""

import csv
import io
import math
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageFault, did_you_mean
from grader.printable import one_line

NAME = "overrides.csv"
_COLUMNS = ("learner", "item", "points", "reason")


@dataclass(frozen=True, slots=True)
class Override:
    """A grade set by hand."""

    points: float
    reason: str


def read_overrides(
    path: Path, items: Collection[str], *, may_lack: bool = False, id_of: Callable[[str], str] = str
) -> dict[tuple[str, str], Override]:
    """Read grades set by hand, by learner and item.

    Args:
        path: The file, as a person or a spreadsheet program wrote it.
        items: Ids of the course's items.
        may_lack: Whether no such file means no such grades.
        id_of: Gives the learner's id of a cell that may have been copied from gradebook.csv.

    Raises:
        UsageFault: One sentence for each line that can't be used, so that none is passed over.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        if may_lack and isinstance(error, FileNotFoundError | NotADirectoryError):
            return {}
        raise UsageFault(f"{path}: cannot be read ({(error.strerror or '').lower()}).") from None
    except UnicodeDecodeError:
        raise UsageFault(f"{path}: is not UTF-8 text; save it as CSV in UTF-8.") from None
    found: dict[tuple[str, str], Override] = {}
    faults = []
    try:
        for number, given in _lines(text, path):
            place = (id_of(given["learner"]), given["item"])
            fault = _fault(given, items) or ("stands here a second time" if place in found else "")
            if fault:
                who = one_line(f"{given['learner']!r}, {given['item']!r}")
                faults.append(f"{path}: line {number} ({who}): {fault}.")
                continue
            found[place] = Override(_points(given["points"]), given["reason"])
    except csv.Error as error:
        raise UsageFault(f"{path}: is not a CSV file ({error}).") from None
    if faults:
        raise UsageFault("\n".join(faults))
    return found


def _lines(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the number and the cells of each line that isn't blank; what stands past the last column under ""."""
    first = text.partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(text, newline=""), restkey="", restval="", delimiter=max(",;\t", key=first.count)
    )
    lacking = [name for name in _COLUMNS if name not in (reader.fieldnames or [])]
    if lacking:
        raise UsageFault(
            f"{path}: line 1 must name the columns {', '.join(_COLUMNS)}; {lacking[0]!r} is missing."
        )
    for row in reader:
        given = {name: row[name].strip() for name in _COLUMNS}
        given[""] = "".join(row.get("", ())).strip()
        if any(given.values()):
            yield reader.line_num, given


def _points(text: str) -> float:
    """Read a number, also one with a decimal comma; NaN when it is none."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan


def _fault(given: dict[str, str], items: Collection[str]) -> str:
    """Say what is wrong with a line, or nothing."""
    if given[""]:
        return "holds more cells than line 1; a comma inside a cell needs quotes around the cell"
    if not given["learner"]:
        return "the learner is missing"
    if given["item"] not in items:
        return f"there is no such item in the course.{did_you_mean(given['item'], items)}".rstrip(".?")
    if not 0 <= _points(given["points"]) < math.inf:
        return f"{one_line(repr(given['points']))} is not a number of points"
    return "" if given["reason"] else "the reason is missing; a grade set by hand says why"
