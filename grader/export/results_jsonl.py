"""`results.jsonl`: every report, a line each, the learner in front."""

from json import JSONEncoder

from grader.batch.gradebook import Row
from grader.export.format import FileFormat

NAME = "results.jsonl"


def results_jsonl() -> FileFormat:
    """Lay out the reports as `grade --json` prints them, in the gradebook's order."""
    encode = JSONEncoder().encode  # ASCII, so that no character of a submission's ends a line

    def lines(row: Row) -> bytes:
        reports = (row.reports[cell.item] for cell in row.cells if cell.item in row.reports)
        return "".join(
            f"{encode({'learner': row.learner.id, **report.as_json()})}\n" for report in reports
        ).encode()

    return FileFormat(NAME, lines)
