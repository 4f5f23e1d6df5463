"""The key figures: how many learners and grades there are, and what the grades rest on."""

from collections import Counter

from grader.batch.gradebook import Basis, Gradebook, Row
from grader.export.page.markup import Html
from grader.export.page.number import counted, percent, whole


class Overview:
    """Counts learners and cells."""

    anchor = "overview"
    title = "At a glance"

    def __init__(self, gradebook: Gradebook) -> None:
        self._items = len(gradebook.columns)
        self._learners = 0
        self._bases: Counter[Basis] = Counter()
        self._late = 0

    def take(self, row: Row) -> None:
        """Count a learner and their cells."""
        self._learners += 1
        for cell in row.cells:
            self._bases[cell.basis] += 1
            self._late += cell.late

    def body(self) -> Html:
        """Write the figures as pairs of a word and a number."""
        cells = self._bases.total()
        by_hand = self._bases[Basis.OVERRIDE]
        handed_in = cells - self._bases[Basis.MISSING]
        share = f"{percent(handed_in / cells)} handed in" if cells else ""
        graded = self._bases[Basis.GRADED] + self._bases[Basis.KEPT] + by_hand
        kept = self._bases[Basis.KEPT]
        remarks = [f"{whole(by_hand)} by hand" if by_hand else "", f"{whole(kept)} kept" if kept else ""]
        figures = [
            ("Learners", whole(self._learners), ""),
            ("Items", whole(self._items), f"{counted(cells, 'grade')} in all"),
            ("Graded", whole(graded), ", ".join(filter(None, remarks)) or "by the checks alone"),
            ("Missing", whole(self._bases[Basis.MISSING]), share),
            ("Needs review", whole(self._bases[Basis.REVIEW]), "no grade until staff have looked"),
            ("Late", whole(self._late), "no points are taken off"),
        ]
        return Html(
            '<dl class="figures">\n'
            + "".join(
                f'<div><dt>{word}</dt><dd><span class="figure">{number}</span>'
                f'<span class="remark">{remark}</span></dd></div>\n'
                for word, number, remark in figures
            )
            + "</dl>\n"
        )
