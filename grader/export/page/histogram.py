"""Draw how shares of the full points are spread: bars with their counts, and the quartiles below."""

from collections.abc import Sequence

from grader.batch.statistics import Spread
from grader.export.page.markup import Html
from grader.export.page.number import coordinate, percent, whole

_LEFT, _WIDTH = 36, 588
_BASE, _TALLEST = 190, 160
# With more bars than this their counts stand close.
_ROOMY = 10


def histogram_chart(name: str, counts: Sequence[int], about: Spread, words: str) -> Html:
    """Draw the large histogram; a line below it marks the quartiles.

    Args:
        name: An id that is no other's in the page.
        counts: How many lie in each of the bins from 0 to 100 percent.
        about: The same sample's spread.
        words: What the drawing shows, for who can't see it.
    """
    parts = [_bars(counts, _LEFT, _WIDTH, _BASE, _TALLEST, labels=True)]
    parts.append(f'<path class="axis" d="M{_LEFT} {_BASE}.5H{_LEFT + _WIDTH}"/>')
    for tick in (0, 25, 50, 75, 100):
        x = coordinate(_LEFT + _WIDTH * tick / 100)
        parts.append(f'<text class="tick" x="{x}" y="{_BASE + 18}">{tick}%</text>')
    parts.append(_quartiles(about, _BASE + 40))
    return Html(
        f'<svg class="histogram{" dense" if len(counts) > _ROOMY else ""}" role="img" aria-labelledby="{name}-title {name}-desc" viewBox="0 0 660 264">'
        f'<title id="{name}-title">Distribution of totals</title><desc id="{name}-desc">{words}</desc>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def small_histogram(name: str, title: str, counts: Sequence[int], about: Spread, words: str) -> Html:
    """Draw a histogram no larger than a stamp, with the median as a mark below its line."""
    median = coordinate(4 + 192 * _inside(about.median))
    return Html(
        f'<svg class="small" role="img" aria-labelledby="{name}-title {name}-desc" viewBox="0 0 200 84">'
        f'<title id="{name}-title">{title}</title><desc id="{name}-desc">{words}</desc>\n'
        + _bars(counts, 4, 192, 64, 46, labels=False)
        + f'<path class="axis" d="M4 64.5H196"/><path class="median" d="M{median} 66l4.5 8h-9z"/>'
        '<text class="tick start" x="4" y="82">0</text><text class="tick end" x="196" y="82">100%</text></svg>\n'
    )


def _bars(
    counts: Sequence[int], left: float, width: float, base: float, tallest: float, *, labels: bool
) -> str:
    step, peak = width / len(counts), max(counts)
    drawn = []
    for place, count in enumerate(counts):
        if not count:
            continue
        height = max(tallest * count / peak, 1)
        x, y = left + step * place, base - height
        drawn.append(
            f'<rect class="fill" x="{coordinate(x + 1)}" y="{coordinate(y)}" '
            f'width="{coordinate(step - 2)}" height="{coordinate(height)}"/>'
        )
        if labels or count == peak:
            drawn.append(
                f'<text class="count" x="{coordinate(x + step / 2)}" y="{coordinate(y - 5)}">{whole(count)}</text>'
            )
    return "".join(drawn)


def _quartiles(about: Spread, y: float) -> str:
    places = [
        _LEFT + _WIDTH * _inside(share)
        for share in (about.lowest, about.first_quartile, about.median, about.third_quartile, about.highest)
    ]
    low, first, median, third, high = (coordinate(place) for place in places)
    # A label at the very edge would be cut: it moves in. The quartiles' own stand clear of the median's.
    at = min(max(places[2], 60.0), 600.0)
    left, right = min(places[1], at - 54), max(places[3], at + 54)
    return (
        f'<path class="whisker" d="M{low} {y}H{high}"/><path class="box" d="M{first} {y}H{third}"/>'
        f'<circle class="point" cx="{median}" cy="{y}" r="6"/>'
        + (_label("tick end", left, y, percent(about.first_quartile)) if left > 36 else "")
        + _label("quartile", at, y, f"median {percent(about.median)}")
        + (_label("tick start", right, y, percent(about.third_quartile)) if right < 624 else "")
    )


def _label(css: str, x: float, y: float, words: str) -> str:
    return f'<text class="{css}" x="{coordinate(x)}" y="{y + 26}">{words}</text>'


def _inside(share: float) -> float:
    return min(max(share, 0.0), 1.0)
