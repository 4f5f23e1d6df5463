"""The submissions behind a row of the gradebook, a group's work once."""

from collections.abc import Iterator

from grader.batch.gradebook import Cell, Row
from grader.outcome import Report


class Submissions:
    """Walks over graded submissions; what a group handed in together comes with its first member only."""

    def __init__(self) -> None:
        self._shared: set[tuple[str, str]] = set()

    def of(self, row: Row) -> Iterator[tuple[Cell, Report]]:
        """Give a row's submissions that were graded and haven't come before."""
        for cell in row.cells:
            report = row.reports.get(cell.item)
            if report is None:
                continue
            if cell.group:
                key = (cell.item, cell.origin)
                if key in self._shared:
                    continue
                self._shared.add(key)
            yield cell, report
