"""Make HTML: foreign text is escaped on the way in, and the type says what is HTML already."""

import html
from collections.abc import Iterable, Sequence
from typing import NewType

from grader.batch.handin import Learner
from grader.printable import one_line
from grader.render.mathtext import readable

# Text that may stand in the page as it is. Only this package's own words are called so directly.
Html = NewType("Html", str)

_NAME_CAP = 80
_PROSE_CAP = 600


def text(foreign: str, cap: int = _PROSE_CAP) -> Html:
    """Escape what somebody else wrote: names, paths, reasons."""
    return Html(html.escape(one_line(foreign, cap)))


def prose(authored: str) -> Html:
    """Escape a title or a message of the course, its `$…$` in Unicode and its line breaks as blanks."""
    return text(" ".join(readable(authored).split()))


def isolated(foreign: str) -> Html:
    """Show foreign text so that right-to-left letters in it turn nothing else around."""
    return Html(f"<bdi>{text(foreign, _NAME_CAP)}</bdi>")


def path(origin: str) -> Html:
    """Show where a file lay; it may break anywhere."""
    return Html(f'<bdi class="path">{text(origin)}</bdi>') if origin else Html("")


def person(learner: Learner) -> Html:
    """Name a learner, with the id beside it, for two may share a name."""
    if not learner.name or learner.name == learner.id:
        return isolated(learner.id)
    return Html(f'{isolated(learner.name)} <span class="id">{isolated(learner.id)}</span>')


def joined(parts: Iterable[Html], between: str = "") -> Html:
    """Put pieces one after the other."""
    return Html(between.join(parts))


def paragraph(body: str, css: str = "") -> Html:
    """Make a paragraph."""
    return Html(f"<p{css_class(css)}>{body}</p>\n")


def css_class(names: str) -> str:
    """Write the class attribute, or nothing."""
    return f' class="{names}"' if names else ""


def bullets(lines: Iterable[Html], css: str = "") -> Html:
    """Make a list."""
    items = "".join(f"<li>{line}</li>\n" for line in lines)
    return Html(f"<ul{css_class(css)}>\n{items}</ul>\n")


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[Html]], *, css: str = "", kinds: str = ""
) -> Html:
    """Make a table in a frame that scrolls by itself, so that the page never has to.

    Args:
        caption: What the table tells.
        head: The columns' headings, HTML.
        rows: The cells; the first of a row is its heading.
        css: Classes of the table.
        kinds: A letter a column: "n" numbers, "t" text, "g" a graphic, "w" wide text that wraps.
    """
    kinds = kinds or "t" * len(head)
    heading = "".join(
        f'<th scope="col"{_kind(kind)}>{cell}</th>' for cell, kind in zip(head, kinds, strict=True)
    )
    body = "".join(_row(row, kinds) for row in rows)
    return Html(
        f'<div class="frame" role="region" aria-label="{caption}" tabindex="0">\n<table{css_class(css)}>\n'
        f"<caption>{caption}</caption>\n<thead><tr>{heading}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )


def aside(summary: str, body: Html) -> Html:
    """Fold something away that few want to read: the numbers behind a chart."""
    return Html(f"<details>\n<summary>{summary}</summary>\n{body}</details>\n")


def _row(cells: Sequence[Html], kinds: str) -> str:
    first = f'<th scope="row"{_kind(kinds[0])}>{cells[0]}</th>'
    rest = "".join(f"<td{_kind(kind)}>{cell}</td>" for cell, kind in zip(cells[1:], kinds[1:], strict=True))
    return f"<tr>{first}{rest}</tr>\n"


def _kind(kind: str) -> str:
    return "" if kind == "t" else f' class="{kind}"'
