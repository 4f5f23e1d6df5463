"""Which known mistakes the class made, and how often."""

from collections import Counter

from grader.batch.gradebook import Gradebook, Row
from grader.export.page.bar import plain_bar
from grader.export.page.markup import Html, joined, paragraph, prose, table, text
from grader.export.page.number import counted, percent, whole
from grader.export.page.submissions import Submissions


class Misconceptions:
    """Counts, by item, the submissions that agree with a known wrong solution."""

    anchor = "misconceptions"
    title = "Misconceptions"

    def __init__(self, gradebook: Gradebook) -> None:
        self._columns = gradebook.columns
        self._counts: dict[str, Counter[str]] = {column.item: Counter() for column in gradebook.columns}
        self._graded: Counter[str] = Counter()
        self._submissions = Submissions()

    def take(self, row: Row) -> None:
        """Count each message once a submission, however many of its checks it came up in."""
        for cell, report in self._submissions.of(row):
            self._graded[cell.item] += 1
            self._counts[cell.item].update(
                {check.misconception for check in report.checks if check.misconception}
            )

    def body(self) -> Html:
        """Write a table an item, the most frequent mistake first."""
        tables = []
        for column in self._columns:
            graded, found = self._graded[column.item], self._counts[column.item]
            if not found:
                continue
            rows = [
                _row(message, count, graded)
                for message, count in sorted(found.items(), key=lambda known: (-known[1], known[0]))
            ]
            heading = f"{text(column.item)}: {counted(graded, 'submission')}"
            tables.append(
                table(
                    heading, ["What they were told", "", "Count", "Share"], rows, css="ranked", kinds="wgnn"
                )
            )
        if not tables:
            return Html("")
        said = (
            "Submissions that fail as a known wrong solution does, with what their authors are told; "
            "each counts once a mistake."
        )
        return joined([paragraph(said, "note"), *tables])


def _row(message: str, count: int, graded: int) -> list[Html]:
    share = percent(count / graded)
    return [
        prose(message),
        plain_bar(count / graded, f"{share} of submissions"),
        Html(whole(count)),
        Html(share),
    ]
