"""How the grades are spread: totals in percent, and each item by itself."""

from array import array

from grader.batch.gradebook import Basis, Column, Gradebook, Row
from grader.batch.statistics import Spread, histogram, spread
from grader.export.page.histogram import histogram_chart, small_histogram
from grader.export.page.markup import Html, aside, joined, paragraph, prose, table, text
from grader.export.page.number import counted, percent, whole

# A class of this size fills bins of 5 percent; a smaller one gets bins of 10.
_MANY = 60
_FEW_BINS = 10


class Distribution:
    """Keeps a number a learner and a number a grade."""

    anchor = "distribution"
    title = "Score distribution"

    def __init__(self, gradebook: Gradebook) -> None:
        self._columns = gradebook.columns
        self._max_points = gradebook.max_points
        self._totals = array("d")
        self._shares = {column.item: array("d") for column in gradebook.columns}
        self._absent = self._waiting = 0

    def take(self, row: Row) -> None:
        """Keep a learner's total and grades, as shares of the points."""
        for cell in row.cells:
            if cell.points is not None and cell.basis is not Basis.MISSING and cell.max_points:
                self._shares[cell.item].append(cell.points / cell.max_points)
        bases = {cell.basis for cell in row.cells}
        if bases <= {Basis.MISSING}:
            self._absent += 1
        elif Basis.REVIEW in bases:
            self._waiting += 1
        elif self._max_points:
            self._totals.append(row.points / self._max_points)

    def body(self) -> Html:
        """Draw the totals and, where there are several items, each item small."""
        pieces = [self._of_totals()]
        if len(self._columns) > 1:
            pieces.append(self._of_items())
        return joined(pieces)

    def _of_totals(self) -> Html:
        about = spread(self._totals)
        left_out = _left_out(self._absent, self._waiting)
        if about is None:
            return paragraph("There is no total to show yet." + left_out)
        counts = histogram(self._totals, 20 if about.count >= _MANY else _FEW_BINS)
        words = _words(about)
        chart = histogram_chart("totals", counts, about, words)
        return joined(
            [
                paragraph(words + left_out, "lead"),
                Html(
                    f"<figure>\n{chart}<figcaption>Learners by their total in percent of "
                    f"{counted(self._max_points, 'point')}. Below: from the lowest to the highest, "
                    "the bar from the first to the third quartile.</figcaption>\n</figure>\n"
                ),
                aside("The numbers behind the chart", _bin_table("Learners by total", counts)),
            ]
        )

    def _of_items(self) -> Html:
        figures, lines = [], []
        for place, column in enumerate(self._columns):
            about = spread(self._shares[column.item])
            counts = histogram(self._shares[column.item], _FEW_BINS)
            lines.append([text(column.item), *(Html(whole(count) if count else "·") for count in counts)])
            figures.append(_of_item(f"item-{place}", column, about, counts))
        head = ["Item", *(_bin_name(place, _FEW_BINS) for place in range(_FEW_BINS))]
        numbers = table(
            "Grades of each item, by percent of its points", head, lines, kinds="t" + "n" * _FEW_BINS
        )
        return joined(
            [
                Html("<h3>Item by item</h3>\n"),
                paragraph(
                    "Grades of what was handed in, in steps of 10 percent; the triangle marks the median.",
                    "note",
                ),
                Html('<div class="stamps">\n' + "".join(figures) + "</div>\n"),
                aside("The numbers behind the charts", numbers),
            ]
        )


def _of_item(name: str, column: Column, about: Spread | None, counts: list[int]) -> Html:
    heading = f'<figcaption><b>{text(column.item)}</b> <span class="remark">{prose(column.title)}</span></figcaption>'
    if about is None:
        return Html(f'<figure class="stamp">{heading}<p class="note">No grades.</p></figure>\n')
    words = f"Median {percent(about.median)} of {counted(about.count, 'grade')}."
    chart = small_histogram(name, f"Grades of {text(column.item)}", counts, about, words)
    return Html(f'<figure class="stamp">{heading}\n{chart}<p class="note">{words}</p></figure>\n')


def _words(about: Spread) -> str:
    if about.count == 1:
        return f"One learner has a total: {percent(about.median)}."
    if about.lowest == about.highest:
        return f"All {counted(about.count, 'learner')} have the same total, {percent(about.median)}."
    return (
        f"The median of {counted(about.count, 'total')} is <b>{percent(about.median)}</b>; half of them lie "
        f"between <b>{percent(about.first_quartile)}</b> and <b>{percent(about.third_quartile)}</b>. "
        f"The lowest is {percent(about.lowest)}, the highest {percent(about.highest)}, the mean {percent(about.mean)}."
    )


def _left_out(absent: int, waiting: int) -> str:
    said = []
    if absent:
        said.append(f"{counted(absent, 'learner')} handed in nothing")
    if waiting:
        said.append(f"{counted(waiting, 'learner')} {'waits' if waiting == 1 else 'wait'} for a review")
    if not said:
        return ""
    one = absent + waiting == 1
    return f" {' and '.join(said)}; {'that one is' if one else 'they are'} not counted here."


def _bin_table(caption: str, counts: list[int]) -> Html:
    rows = [[Html(_bin_name(place, len(counts))), Html(whole(count))] for place, count in enumerate(counts)]
    return table(caption, ["Percent", "Learners"], rows, kinds="tn")


def _bin_name(place: int, bins: int) -> str:
    step = 100 // bins
    end = 100 if place == bins - 1 else step * (place + 1) - 1
    return f"{step * place}–{end}"
