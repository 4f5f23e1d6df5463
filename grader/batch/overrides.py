"""Grades set by hand: `overrides.csv` with learner, item, points and the reason."""

import csv
import io
import math
from collections.abc import Collection
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


def read_overrides(path: Path, items: Collection[str]) -> dict[tuple[str, str], Override]:
    """Read grades set by hand, by learner and item; none where there is no such file.

    Raises:
        UsageFault: One sentence for each line that can't be used, so that none is passed over.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UsageFault(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise UsageFault(f"{path}: is not UTF-8 text; save it as CSV in UTF-8.") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    lacking = [name for name in _COLUMNS if name not in (reader.fieldnames or [])]
    if lacking:
        raise UsageFault(
            f"{path}: line 1 must name the columns {', '.join(_COLUMNS)}; {lacking[0]!r} is missing."
        )
    found: dict[tuple[str, str], Override] = {}
    faults = []
    for row in reader:
        if not any(row.values()):
            continue
        given = {name: (row[name] or "").strip() for name in _COLUMNS}
        place = (given["learner"], given["item"])
        fault = _fault(given, items) or ("stands here a second time" if place in found else "")
        if fault:
            who = one_line(f"{given['learner']!r}, {given['item']!r}")
            faults.append(f"{path}: line {reader.line_num} ({who}): {fault}.")
            continue
        found[place] = Override(float(given["points"]), given["reason"])
    if faults:
        raise UsageFault("\n".join(faults))
    return found


def _fault(given: dict[str, str], items: Collection[str]) -> str:
    """Say what is wrong with a line, or nothing."""
    if not given["learner"]:
        return "the learner is missing"
    if given["item"] not in items:
        return f"there is no such item in the course.{did_you_mean(given['item'], items)}".rstrip(".?")
    try:
        points = float(given["points"])
    except ValueError:
        points = math.nan
    if not 0 <= points < math.inf:
        return f"{one_line(repr(given['points']))} is not a number of points"
    return "" if given["reason"] else "the reason is missing; a grade set by hand says why"
