"""Gradescope's `results.json`: a file a learner, the checks of all items as its tests.

An assignment there is what was graded here; one item a run gives one item an assignment.
Source: gradescope/autograder_samples, docs/specs.md.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from grader.batch.gradebook import Basis, Cell, Gradebook, Row
from grader.export.format import FolderFormat
from grader.export.told import Write, about_check, about_grade, points_of, reading
from grader.outcome import Outcome, Report

NAME = "gradescope"
MARKER = b'{\n "extra_data": {\n  "written_by": "nabla-grader"'


def gradescope(gradebook: Gradebook, names: Mapping[str, str]) -> FolderFormat:
    """Lay out `<learner>/results.json` for everybody whose grades stand.

    Who waits for staff gets no file: the format has no way to say "no grade yet", and a total
    without the item in question would be read as a grade.
    """
    titles = {column.item: column.title for column in gradebook.columns}
    written = reading()

    def files(row: Row) -> Iterable[tuple[str, bytes]]:
        if any(cell.basis is Basis.REVIEW for cell in row.cells):
            return []
        text = json.dumps(_results(row, titles, written), indent=1) + "\n"
        return [(f"{names[row.learner.id]}/results.json", text.encode())]

    return FolderFormat(NAME, files, MARKER)


def _results(row: Row, titles: Mapping[str, str], written: Write) -> dict[str, Any]:
    several = len(row.cells) > 1
    tests = [
        test
        for number, cell in enumerate(row.cells, 1)
        for test in _tests(cell, row.reports.get(cell.item), number, titles, written, several=several)
    ]
    about = [_about(cell, several=several) for cell in row.cells]
    reports = [row.reports[cell.item] for cell in row.cells if cell.item in row.reports]
    return {
        "extra_data": {
            "written_by": "nabla-grader",
            "learner": row.learner.id,
            "grader_version": sorted({report.grader_version for report in reports}),
            "seed": sorted({report.seed for report in reports}),
        },
        # Overrides the sum of the tests' scores, which an override or a kept grade differs from.
        "score": row.points,
        "output": "\n".join(filter(None, about)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "tests": tests,
    }


def _about(cell: Cell, *, several: bool) -> str:
    points = "" if cell.points is None else points_of(cell.points, cell.max_points)
    return " ".join(filter(None, (f"{cell.item}:" if several else "", f"{points}.", *about_grade(cell))))


def _tests(
    cell: Cell,
    report: Report | None,
    number: int,
    titles: Mapping[str, str],
    written: Write,
    *,
    several: bool,
) -> Iterator[dict[str, Any]]:
    title = written(titles[cell.item])
    if report is None:
        yield {
            "number": f"{number}" if several else "1",
            "name": title,
            "score": cell.points,
            "max_score": cell.max_points,
            "status": "failed" if cell.basis is Basis.MISSING else "passed",
            "output": " ".join(about_grade(cell)),
        }
        return
    for place, check in enumerate(report.checks, 1):
        yield {
            "number": f"{number}.{place}" if several else f"{place}",
            "name": f"{title}: {written(check.title)}" if several else written(check.title),
            "score": check.points,
            "max_score": check.max_points,
            "status": "passed" if check.outcome is Outcome.PASSED else "failed",
            "output": about_check(check, written),
        }
