"""The page as a whole: it is given the rows of a gradebook one by one, and gives one HTML file."""

from typing import TYPE_CHECKING

from grader.batch.gradebook import Gradebook, Row
from grader.export.format import FileFormat
from grader.export.page.checks import Checks
from grader.export.page.distribution import Distribution
from grader.export.page.document import document
from grader.export.page.effort import Effort
from grader.export.page.heat_map import HeatMap
from grader.export.page.listing import OddEntries, kept, needs_review, overrides
from grader.export.page.markup import Html, bullets, joined, paragraph, text
from grader.export.page.misconceptions import Misconceptions
from grader.export.page.number import counted
from grader.export.page.overview import Overview
from grader.export.page.questions import Questions

if TYPE_CHECKING:
    from grader.export.page.section import Section, Watchful

NAME = "report.html"


def report_page(gradebook: Gradebook) -> FileFormat:
    """Give the page as an output: it is written when the last row has been taken."""
    page = ReportPage(gradebook)

    def take(row: Row) -> bytes:
        page.take(row)
        return b""

    return FileFormat(NAME, take, tail=lambda: page.finish().encode())


class ReportPage:
    """Gathers what the page shows; memory grows by some bytes a grade."""

    def __init__(self, gradebook: Gradebook) -> None:
        self._gradebook = gradebook
        self._overview = Overview(gradebook)
        # In the order of the page.
        checks, review, keeping, odd = Checks(gradebook), needs_review(), kept(), OddEntries(gradebook)
        self._sections: tuple[Section, ...] = (
            Distribution(gradebook),
            HeatMap(gradebook),
            checks,
            Questions(gradebook),
            Misconceptions(gradebook),
            review,
            overrides(),
            keeping,
            Effort(),
            odd,
        )
        # What has no grade yet comes before what could be better.
        self._by_urgency: tuple[Watchful, ...] = (review, keeping, odd, checks)

    def take(self, row: Row) -> None:
        """Take the next learner's row; each once, in the gradebook's order."""
        self._overview.take(row)
        for section in self._sections:
            section.take(row)

    def finish(self) -> str:
        """Write the page; the same rows always give the same text."""
        about = dict(self._gradebook.about)
        course = about.get("course", "")
        title = f"Gradebook of {course}" if course else "Gradebook"
        parts = [(self._overview.anchor, self._overview.title, self._at_a_glance())]
        for section in self._sections:
            body = section.body()
            if body:
                parts.append((section.anchor, section.title, body))
        return document(title, self._header(about), parts, self._gradebook.about)

    def _header(self, about: dict[str, str]) -> Html:
        columns = self._gradebook.columns
        facts = [
            text(columns[0].item) if len(columns) == 1 else Html(counted(len(columns), "item")),
            Html(counted(self._gradebook.max_points, "point")),
            *(text(about[word]) for word in ("submissions", "finished at") if about.get(word)),
        ]
        return paragraph(" · ".join(facts), "lead")

    def _at_a_glance(self) -> Html:
        alerts = [line for section in self._by_urgency for line in section.alerts()]
        notes = [text(note) for note in self._gradebook.notes]
        pieces = [self._overview.body()]
        if alerts:
            pieces += [Html("<h3>Look at these first</h3>\n"), bullets(alerts, "alerts")]
        if notes:
            pieces += [Html("<h3>Notes on the run</h3>\n"), bullets(notes)]
        return joined(pieces)
