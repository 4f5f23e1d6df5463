"""For every check: what became of it, and whether it tells learners apart."""

from grader.batch.gradebook import Column, Gradebook, Row
from grader.batch.statistics import FEWEST
from grader.export.page.bar import stacked_bar, strip
from grader.export.page.check_flag import flag
from grader.export.page.check_tally import CheckTally, ItemTally
from grader.export.page.markup import Html, bullets, joined, paragraph, prose, table, text
from grader.export.page.number import correlation, counted, percent, whole
from grader.export.page.submissions import Submissions
from grader.outcome import Outcome, points_text

_WORDS = {
    Outcome.PASSED: "passed",
    Outcome.PARTIAL: "in part",
    Outcome.FAILED: "failed",
    Outcome.ERROR: "error",
    Outcome.TIMEOUT: "timeout",
    Outcome.MISSING: "missing",
    Outcome.SKIPPED: "not run",
    Outcome.INTERNAL: "our fault",
}
# They always have a column; the others only where they occur.
_ALWAYS = (Outcome.PASSED, Outcome.FAILED)
_MANY_LINES = 8


class Checks:
    """Counts outcomes by item and check."""

    anchor = "checks"
    title = "Checks"

    def __init__(self, gradebook: Gradebook) -> None:
        self._columns = gradebook.columns
        self._tallies = {column.item: ItemTally() for column in gradebook.columns}
        self._submissions = Submissions()

    def take(self, row: Row) -> None:
        """Count the outcomes of a learner's submissions."""
        for cell, report in self._submissions.of(row):
            self._tallies[cell.item].take(report)

    def alerts(self) -> list[Html]:
        """Name the checks to look at, a line an item."""
        lines = []
        for place, column in enumerate(self._columns):
            found = [(check, flag(check)) for check in self._tallies[column.item].checks.values()]
            said = [f"“{prose(check.title)}” ({why.reason})" for check, why in found if why and why.urgent]
            if said:
                lines.append(Html(f'<a href="#{_anchor(place)}">{text(column.item)}</a>: {"; ".join(said)}.'))
        left = len(lines) - _MANY_LINES
        if left <= 0:
            return lines
        more = f'{counted(left, "more item")} with checks to look at, marked ▲ under <a href="#checks">Checks</a>.'
        return [*lines[:_MANY_LINES], Html(more)]

    def body(self) -> Html:
        """Write a table of checks an item."""
        shown = [
            self._of_item(place, column, self._tallies[column.item])
            for place, column in enumerate(self._columns)
            if self._tallies[column.item].submissions
        ]
        return joined([self._how_to_read(), *shown]) if shown else Html("")

    def _how_to_read(self) -> Html:
        return bullets(
            [
                Html(
                    "Discrimination is the correlation (Pearson) between a check's points and the rest of the same "
                    "item's points: near 1, those who do well elsewhere pass it; near 0, it tells nothing; below 0, "
                    "look at the check. "
                    f"S is over how many submissions it was taken; below {FEWEST} it is left out."
                ),
                Html(
                    "A group's submission counts once. Stubs handed in untouched, and submissions that met a fault of "
                    "ours, count in the bars only. ▲ marks what to look at."
                ),
            ],
            "note",
        )

    def _of_item(self, place: int, column: Column, tally: ItemTally) -> Html:
        checks = list(tally.checks.values())
        seen = [
            outcome
            for outcome in _WORDS
            if outcome in _ALWAYS or any(check.outcomes[outcome] for check in checks)
        ]
        telling = any(len(check.marks) >= FEWEST for check in checks)
        swatches = [
            f'<span class="swatch o-{outcome.lower()}" aria-hidden="true"></span>{_WORDS[outcome]}'
            for outcome in seen
        ]
        head = ["Check", "Points", "Share of submissions", *swatches]
        kinds = "wng" + "n" * len(seen)
        if telling:
            head, kinds = [*head, "Discrimination", "r", "S"], kinds + "gnn"
        rows = [[*_outcomes(check, seen), *(_discrimination(check) if telling else [])] for check in checks]
        return Html(
            f'<section class="item" aria-labelledby="{_anchor(place)}">\n'
            f'<h3 id="{_anchor(place)}">{text(column.item)} <span class="remark">{prose(column.title)}</span></h3>\n'
            + paragraph(_about(tally, telling=telling), "note")
            + table(f"Checks of {text(column.item)}", head, rows, css="checks quiet", kinds=kinds)
            + "</section>\n"
        )


def _anchor(place: int) -> str:
    return f"checks-{place}"


def _about(tally: ItemTally, *, telling: bool) -> str:
    said = f"{counted(tally.submissions, 'submission')}."
    if not telling:
        return f"{said} Discrimination is left out: it would be over fewer than {FEWEST}."
    alpha = tally.alpha
    if alpha.value is None:
        return said
    return f"{said} Cronbach's α of its checks {correlation(alpha.value)} (S = {whole(alpha.count)})."


def _outcomes(check: CheckTally, seen: list[Outcome]) -> list[Html]:
    why = flag(check)
    mark = f'<br><span class="flag">▲ {why.reason}</span>' if why else ""
    label = f"{percent(check.outcomes[Outcome.PASSED] / check.count)} passed"
    bar = stacked_bar([(check.outcomes[outcome], f"o-{outcome.lower()}") for outcome in seen], label)
    counts = (_count(check.outcomes[outcome]) for outcome in seen)
    example = ' <span class="remark">example</span>' if check.visible else ""
    return [Html(prose(check.title) + example + mark), Html(points_text(check.max_points)), bar, *counts]


def _discrimination(check: CheckTally) -> list[Html]:
    found = check.discrimination
    count = Html(whole(found.count))
    if found.value is None:
        return [Html(f'<span class="silence">{found.silence}</span>'), Html("–"), count]
    number = correlation(found.value)
    return [strip(found.value, f"Discrimination {number}"), Html(number), count]


def _count(number: int) -> Html:
    return Html(whole(number) if number else '<span class="zero">0</span>')
