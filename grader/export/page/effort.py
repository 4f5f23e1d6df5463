"""The submissions that took the most time and the most memory."""

import heapq
from dataclasses import dataclass, field

from grader.batch.gradebook import Row
from grader.export.page.bar import plain_bar
from grader.export.page.markup import Html, joined, path, person, table, text
from grader.export.page.number import seconds, whole
from grader.export.page.submissions import Submissions

TOP = 10


@dataclass(order=True)
class _Entry:
    """A submission among the largest; of two that are equal the one that came first ranks higher."""

    value: float
    minus_place: int
    who: Html = field(compare=False)
    item: str = field(compare=False)
    origin: str = field(compare=False)


class Effort:
    """Keeps the ten slowest and the ten hungriest submissions."""

    anchor = "effort"
    title = "Slowest and most memory-hungry"

    def __init__(self) -> None:
        self._slow: list[_Entry] = []
        self._hungry: list[_Entry] = []
        self._place = 0
        self._submissions = Submissions()

    def take(self, row: Row) -> None:
        """Keep what is among the largest so far."""
        for cell, _ in self._submissions.of(row):
            self._place += 1
            for top, value in ((self._slow, cell.cpu_s), (self._hungry, cell.peak_mb)):
                if value > 0 and (len(top) < TOP or value > top[0].value):
                    entry = _Entry(value, -self._place, person(row.learner), cell.item, cell.origin)
                    (heapq.heappush if len(top) < TOP else heapq.heapreplace)(top, entry)

    def body(self) -> Html:
        """Write the two tables."""
        tables = []
        if self._slow:
            shown = [(entry, seconds(entry.value)) for entry in sorted(self._slow, reverse=True)]
            tables.append(_table("Processor time", "Time", shown))
        if self._hungry:
            shown = [
                (entry, f"{whole(round(entry.value))} MiB") for entry in sorted(self._hungry, reverse=True)
            ]
            tables.append(_table("Memory, the most that one worker held", "Memory", shown))
        return joined(tables)


def _table(caption: str, word: str, shown: list[tuple[_Entry, str]]) -> Html:
    largest = shown[0][0].value
    rows = [
        [
            entry.who,
            text(entry.item),
            plain_bar(entry.value / largest, number),
            Html(number),
            path(entry.origin),
        ]
        for entry, number in shown
    ]
    return table(caption, ["Learner", "Item", "", word, "File"], rows, css="ranked", kinds="ttgnw")
