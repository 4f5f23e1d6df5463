"""PrairieLearn's `results.json`: a file a learner and item, since an item here is a question there.

Source: PrairieLearn, docs/externalGrading.md.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from grader.batch.gradebook import Basis, Cell, Gradebook, Row
from grader.export.format import FolderFormat
from grader.export.told import Write, about_check, about_grade, points_of, reading
from grader.outcome import Report

NAME = "prairielearn"
MARKER = b'{\n "written_by": "nabla-grader"'

# A longer file is thrown away, the grade with it.
_MOST = 1_048_576


def prairielearn(_: Gradebook, names: Mapping[str, str]) -> FolderFormat:
    """Lay out `<learner>/<item>/results.json` for everything that was handed in or graded by hand.

    What waits for staff is marked as not gradable, which costs the learner neither points nor an attempt.
    """
    written = reading()

    def files(row: Row) -> Iterable[tuple[str, bytes]]:
        return [
            (
                f"{names[row.learner.id]}/{cell.item}/results.json",
                _encoded(_results(cell, row.reports.get(cell.item), written)),
            )
            for cell in row.cells
            if cell.basis is not Basis.MISSING
        ]

    return FolderFormat(NAME, files, MARKER)


def _results(cell: Cell, report: Report | None, written: Write) -> dict[str, Any]:
    results: dict[str, Any] = {"written_by": "nabla-grader", "gradable": cell.points is not None}
    sentences = about_grade(cell)
    if cell.points is None:
        return {**results, "format_errors": sentences}
    tests = [
        {
            "name": written(check.title),
            "points": check.points,
            "max_points": check.max_points,
            "message": about_check(check, written),
        }
        for check in (report.checks if report else ())
    ]
    # An override may give more than there is to earn; the format may not.
    score = min(1.0, max(0.0, cell.points / cell.max_points)) if cell.max_points else 0.0
    message = " ".join([f"{points_of(cell.points, cell.max_points)}.", *sentences])
    return {**results, "score": round(score, 6), "message": message, "tests": tests}


def _encoded(results: dict[str, Any]) -> bytes:
    content = (json.dumps(results, indent=1) + "\n").encode()
    if len(content) <= _MOST:
        return content
    short = [{**test, "message": test["message"][:500]} for test in results["tests"]]
    return (json.dumps({**results, "tests": short}, indent=1) + "\n").encode()
