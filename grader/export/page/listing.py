"""Lists of single cases: what needs a review, what was set by hand or kept, what was odd."""

from collections.abc import Callable, Sequence

from grader.batch.gradebook import Basis, Cell, Gradebook, Row
from grader.batch.handin import Odd
from grader.export.page.markup import Html, joined, paragraph, path, person, table, text
from grader.export.page.number import counted
from grader.outcome import points_text

# A page is no place for ten thousand cases; the files beside it hold all.
LONGEST = 200


class Cases:
    """Lists the cells with one basis."""

    def __init__(
        self,
        basis: Basis,
        anchor: str,
        title: str,
        said: str,
        columns: Sequence[tuple[str, str, Callable[[Cell], Html]]],
        alert: str = "",
    ) -> None:
        """Choose the cells and their columns.

        Args:
            basis: Which cells.
            anchor: The section's id.
            title: Its heading.
            said: What is listed, in a sentence.
            columns: Heading, kind and content of each column behind learner and item.
            alert: What to say at the top of the page where there are any, after their number.
        """
        self.anchor, self.title = anchor, title
        self._basis, self._said, self._columns, self._alert = basis, said, columns, alert
        self._rows: list[list[Html]] = []
        self._count = 0

    def take(self, row: Row) -> None:
        """Keep the cases of a row, as long as the list isn't too long."""
        for cell in row.cells:
            if cell.basis is not self._basis:
                continue
            self._count += 1
            if len(self._rows) < LONGEST:
                shown = (make(cell) for _, _, make in self._columns)
                self._rows.append([person(row.learner), text(cell.item), *shown])

    def alerts(self) -> list[Html]:
        """Say how many there are, where that calls for somebody."""
        if not self._alert or not self._count:
            return []
        return [Html(f'<a href="#{self.anchor}">{counted(self._count, "grade")}</a> {self._alert}')]

    def body(self) -> Html:
        """Write the list."""
        if not self._rows:
            return Html("")
        head = ["Learner", "Item", *(word for word, _, _ in self._columns)]
        kinds = "tt" + "".join(kind for _, kind, _ in self._columns)
        return joined(
            [
                paragraph(self._said, "note"),
                table(self.title, head, self._rows, css="quiet", kinds=kinds),
                _more(self._count - len(self._rows), "gradebook.csv"),
            ]
        )


def needs_review() -> Cases:
    """List the submissions that have no grade until staff have looked."""
    return Cases(
        Basis.REVIEW,
        "needs-review",
        "Needs review",
        "Something of ours went wrong while these were graded; they have no grade until staff have looked.",
        [("Why", "w", lambda cell: text(cell.reason)), ("File", "w", lambda cell: path(cell.origin))],
        alert="withheld until staff have looked at what went wrong.",
    )


def overrides() -> Cases:
    """List the grades that were set by hand."""
    return Cases(
        Basis.OVERRIDE,
        "overrides",
        "Set by hand",
        "These grades come from overrides.csv and stand whatever the checks say.",
        [*_GRADES, ("Reason", "w", lambda cell: text(cell.reason))],
    )


def kept() -> Cases:
    """List the grades that stand although the checks now give less."""
    return Cases(
        Basis.KEPT,
        "kept",
        "Kept grades",
        "These were shown before and would now be lower; they stay until the batch is run with --allow-lower.",
        [*_GRADES, ("Why", "w", lambda cell: text(cell.reason))],
        alert="kept that the checks would now lower.",
    )


class OddEntries:
    """Lists what wasn't graded."""

    anchor = "odd"
    title = "Odd entries"

    def __init__(self, gradebook: Gradebook) -> None:
        self._gradebook = gradebook

    def take(self, row: Row) -> None:
        """Need nothing of the rows."""

    def alerts(self) -> list[Html]:
        """Say how many there are."""
        odd = self._odd
        if not odd:
            return []
        what = counted(len(odd), "odd entry", "odd entries")
        return [Html(f'<a href="#odd">{what}</a> among what was handed in.')]

    def body(self) -> Html:
        """Write the list, with what kinds there are."""
        odd = self._odd
        if not odd:
            return Html("")
        rows = [[path(entry.origin), text(entry.kind), text(entry.reason)] for entry in odd[:LONGEST]]
        return joined(
            [
                paragraph("What lay among the submissions, or in the roster, and wasn't graded.", "note"),
                table("Odd entries", ["Entry", "Kind", "Why"], rows, css="quiet", kinds="wtw"),
                _more(len(odd) - len(rows), "the command's own output"),
            ]
        )

    @property
    def _odd(self) -> tuple[Odd, ...]:
        return self._gradebook.odd


def _points(points: float | None) -> Html:
    return Html("–" if points is None else points_text(points))


_GRADES: tuple[tuple[str, str, Callable[[Cell], Html]], ...] = (
    ("Grade", "n", lambda cell: _points(cell.points)),
    ("Of", "n", lambda cell: _points(cell.max_points)),
    ("Checks give", "n", lambda cell: _points(cell.earned)),
)


def _more(left: int, where: str) -> Html:
    return (
        paragraph(f"And {counted(left, 'more', 'more')}; {where} has them all.", "note")
        if left > 0
        else Html("")
    )
