"""Small drawings that stand in a table's row: a stacked bar, a plain bar, a point between −1 and 1."""

from collections.abc import Sequence

from grader.export.page.markup import Html
from grader.export.page.number import coordinate

WIDTH = 200
HEIGHT = 18
_STRIP_WIDTH = 96


def stacked_bar(parts: Sequence[tuple[int, str]], label: str) -> Html:
    """Draw counts side by side, each as wide as its share.

    Args:
        parts: Counts with the class of their colour, at least one of them above 0.
        label: What a screen reader says.
    """
    total = sum(count for count, _ in parts)
    pieces, x = [], 0.0
    for count, css in parts:
        width = WIDTH * count / total
        if count:
            # A gap between the parts shows where one ends, also where two shades look alike.
            shown = max(width - 1, 0.75)
            pieces.append(
                f'<rect class="{css}" x="{coordinate(x)}" width="{coordinate(shown)}" height="{HEIGHT}"/>'
            )
        x += width
    return _drawing(WIDTH, label, "".join(pieces))


def plain_bar(share: float, label: str) -> Html:
    """Draw a share as a bar on its track."""
    width = coordinate(WIDTH * min(max(share, 0.0), 1.0))
    return _drawing(
        WIDTH,
        label,
        f'<rect class="track" width="{WIDTH}" height="{HEIGHT}"/>'
        f'<rect class="fill" width="{width}" height="{HEIGHT}"/>',
    )


def strip(value: float, label: str) -> Html:
    """Draw a correlation as a point on a line from −1 to 1, with a mark at 0."""
    middle, y = _STRIP_WIDTH / 2, HEIGHT / 2
    x = coordinate(middle + value * (middle - 6))
    css = "point bad" if value < 0 else "point"
    return _drawing(
        _STRIP_WIDTH,
        label,
        f'<path class="axis" d="M6 {y}H{_STRIP_WIDTH - 6}M{middle} 3V{HEIGHT - 3}"/>'
        f'<path class="reach" d="M{middle} {y}H{x}"/><circle class="{css}" cx="{x}" cy="{y}" r="4.5"/>',
    )


def _drawing(width: int, label: str, body: str) -> Html:
    return Html(
        f'<svg class="bar" role="img" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}">'
        f"<title>{label}</title>{body}</svg>"
    )
