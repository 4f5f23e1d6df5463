"""The heat map: learners down, items across, a shade and a number in each cell."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import fsum, nan

from grader.batch.gradebook import Basis, Cell, Gradebook, Row
from grader.export.page.heat_column import HeatColumn
from grader.export.page.markup import Html, joined, paragraph, person, prose, text
from grader.export.page.number import counted, whole
from grader.outcome import CheckResult, Outcome

# More rows than this nobody reads; they become bands.
SINGLE_ROWS = 200
BANDS = 20
_MANY_COLUMNS = 20
_SHADES = 10
_MARKS = {Basis.OVERRIDE: "†", Basis.KEPT: "‡", Basis.REVIEW: "?"}


class HeatMap:
    """Keeps a number and a letter a cell, and the names only of a class that is shown one by one.

    Where there is but one item, its checks are the further columns: one column is no map.
    """

    anchor = "heat-map"

    def __init__(self, gradebook: Gradebook) -> None:
        self._max_points = gradebook.max_points
        self._single = gradebook.size <= SINGLE_ROWS
        self._names: list[Html] = []
        self._totals: list[float] = []
        self._items = [
            HeatColumn(text(column.item), f": {prose(column.title)}") for column in gradebook.columns
        ]
        self._checks: dict[str, HeatColumn] = {}

    @property
    def title(self) -> str:
        """Its heading."""
        return "Learners and checks" if self._checks else "Learners and items"

    def take(self, row: Row) -> None:
        """Keep a learner's grades."""
        if self._single:
            self._names.append(person(row.learner))
        for column, cell in zip(self._items, row.cells, strict=True):
            column.put(len(self._totals), _share(cell), cell.basis)
        if len(self._items) == 1 and (report := row.reports.get(row.cells[0].item)):
            for check in report.checks:
                if check.id not in self._checks:
                    self._checks[check.id] = HeatColumn(prose(check.title))
                self._checks[check.id].put(len(self._totals), *_earned(check))
        self._totals.append(row.points / self._max_points if self._max_points else 0.0)

    def body(self) -> Html:
        """Draw every learner, or bands of a large class."""
        if not self._totals or not self._items:
            return Html("")
        order = sorted(range(len(self._totals)), key=lambda place: (-self._totals[place], place))
        if self._single:
            rows: Iterable[str] = (self._learner(place) for place in order)
            table = self._table("Learner", rows)
        else:
            edges = [number * len(order) // BANDS for number in range(BANDS + 1)]
            rows = (self._band(order[start:end], start + 1) for start, end in pairwise(edges))
            table = self._table("Learners by rank", rows)
        return joined([paragraph(self._how_to_read(len(order)), "note"), _scale(), table])

    def _how_to_read(self, learners: int) -> str:
        of_what = (
            "of the points of the item and of each of its checks" if self._checks else "of each item's points"
        )
        if self._single:
            return (
                f"Percent {of_what}; the learners with the most points first. "
                "† set by hand, ‡ kept from an earlier run, ? needs review, – nothing handed in."
            )
        sizes = {learners // BANDS, -(-learners // BANDS)}
        return (
            f"{counted(learners, 'learner')} are too many for a row each: sorted by their total, they stand here in "
            f"{BANDS} bands of {' or '.join(whole(size) for size in sorted(sizes))}. A cell is the mean of its band in "
            f"percent {of_what}; nothing handed in counts 0, and what waits for a review isn't counted. "
            "Each learner's own grades are in gradebook.csv."
        )

    @property
    def _columns(self) -> list[HeatColumn]:
        return [*self._items, *self._checks.values()]

    def _table(self, head: str, rows: Iterable[str]) -> Html:
        columns = "".join(
            f'<th scope="col"><span class="item">{column.title}</span>'
            + (f'<span class="unseen">{column.more}</span>' if column.more else "")
            + "</th>"
            for column in self._columns
        )
        total = "" if self._checks else '<th scope="col"><span class="item">Total</span></th>'
        wide = " wide" if len(self._columns) > _MANY_COLUMNS else ""
        bands = "" if self._single else " bands"
        caption = "Grades of learners, in percent"
        return Html(
            f'<div class="frame" role="region" aria-label="{caption}" tabindex="0">\n<table class="heat{wide}{bands}">\n'
            f'<caption class="unseen">{caption}</caption>\n<thead><tr><th scope="col">{head}</th>{columns}{total}'
            "</tr></thead>\n<tbody>\n" + "".join(rows) + "</tbody>\n</table>\n</div>\n"
        )

    def _learner(self, place: int) -> str:
        cells = "".join(_cell(*column.at(place)) for column in self._columns)
        return self._row(self._names[place], cells, self._totals[place])

    def _band(self, band: Sequence[int], first: int) -> str:
        cells = "".join(_cell(*column.mean(band)) for column in self._columns)
        total = fsum(self._totals[place] for place in band) / len(band)
        return self._row(Html(f"{whole(first)}–{whole(first + len(band) - 1)}"), cells, total)

    def _row(self, heading: Html, cells: str, total: float) -> str:
        last = "" if self._checks else f'<td class="total">{round(100 * total)}</td>'
        return f'<tr><th scope="row">{heading}</th>{cells}{last}</tr>\n'


def _share(cell: Cell) -> float:
    if cell.points is None:
        return nan
    return cell.points / cell.max_points if cell.max_points else 0.0


def _earned(check: CheckResult) -> tuple[float, Basis]:
    if check.outcome in {Outcome.INTERNAL, Outcome.SKIPPED}:
        return nan, Basis.REVIEW
    return (check.points / check.max_points if check.max_points else 0.0), Basis.GRADED


def _cell(share: float, basis: Basis) -> str:
    if basis is Basis.MISSING:
        return '<td class="none">–</td>'
    if basis is Basis.REVIEW:
        return f'<td class="review">{_MARKS[Basis.REVIEW]}</td>'
    mark = _MARKS.get(basis, "")
    sign = f"<sup>{mark}</sup>" if mark else ""
    return f'<td class="s{_shade(share)}">{round(100 * share)}{sign}</td>'


def _shade(share: float) -> int:
    return min(max(round(share * (_SHADES - 1)), 0), _SHADES - 1)


def _scale() -> Html:
    steps = "".join(
        f'<li class="s{shade}">{round(100 * shade / (_SHADES - 1))}</li>' for shade in range(_SHADES)
    )
    return Html(f'<ol class="scale" aria-hidden="true">{steps}</ol>\n')
