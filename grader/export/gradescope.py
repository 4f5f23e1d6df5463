"""Gradescope's `results.json`: a file a submission, its checks as the tests.

Source: gradescope/autograder_samples, docs/specs.md.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from grader.batch.gradebook import Basis, Cell, Gradebook, Row
from grader.export.format import FolderFormat
from grader.export.told import Write, about_check, about_grade, points_of, reading
from grader.outcome import Outcome, Report

NAME = "gradescope"
MARKER = b'{\n "extra_data": {\n  "written_by": "nabla-grader"'


def gradescope(_: Gradebook, names: Mapping[str, str]) -> FolderFormat:
    """Lay out `<learner>/<item>/results.json` for everything that was handed in or graded by hand.

    What waits for staff gets no file: the format has no way to say "no grade yet".
    """
    written = reading()

    def files(row: Row) -> Iterable[tuple[str, bytes]]:
        return [
            (
                f"{names[row.learner.id]}/{cell.item}/results.json",
                (json.dumps(_results(cell, row.reports.get(cell.item), written), indent=1) + "\n").encode(),
            )
            for cell in row.cells
            if cell.basis not in (Basis.MISSING, Basis.REVIEW)
        ]

    return FolderFormat(NAME, files, MARKER)


def _results(cell: Cell, report: Report | None, written: Write) -> dict[str, Any]:
    assert cell.points is not None
    made_with = {} if report is None else {"grader_version": report.grader_version, "seed": report.seed}
    return {
        "extra_data": {"written_by": "nabla-grader", "learner": cell.learner, "item": cell.item, **made_with},
        # Overrides the sum of the tests' scores, which an override or a kept grade differs from.
        "score": cell.points,
        "output": " ".join([f"{points_of(cell.points, cell.max_points)}.", *about_grade(cell)]),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "tests": [
            {
                "number": str(place),
                "name": written(check.title),
                "score": check.points,
                "max_score": check.max_points,
                "status": "passed" if check.outcome is Outcome.PASSED else "failed",
                "output": about_check(check, written),
            }
            for place, check in enumerate(report.checks if report else (), 1)
        ],
    }
