"""Read a page as a strict parser would, and say what is wrong with it."""

from html.parser import HTMLParser

_VOID = {"meta", "br", "link", "img", "input", "hr"}
# Elements of a drawing may close themselves.
_SELF_CLOSING = {"rect", "path", "circle"}


class PageReader(HTMLParser):
    """Keeps what a test wants to know of a page.

    Attributes:
        tags: Every start tag, in order.
        faults: What isn't well-formed, one sentence each.
        text: The text outside of style.
        headings: Level and text of each heading.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, dict[str, str]]] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.headings: list[tuple[int, str]] = []
        self._open: list[str] = []
        self._heading: str | None = None
        self.feed(page)
        self.close()
        self.faults += [f"<{tag}> is never closed." for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        given = {name: value or "" for name, value in attrs}
        if len(given) < len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice.")
        self.tags.append(tag)
        self.attributes.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        if tag not in _VOID:
            self._open.append(tag)
        if tag in {"h1", "h2", "h3", "h4"}:
            self._heading = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of a drawing."""
        self.handle_starttag(tag, attrs)
        if tag not in _SELF_CLOSING:
            self.faults.append(f"<{tag}/> isn't HTML.")
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Hold an end to its beginning."""
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1:]}.")
            return
        self._open.pop()
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append((int(tag[1]), (self._heading or "").strip()))
            self._heading = None

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if self._open[-1:] == ["style"]:
            return
        self.text += data
        if self._heading is not None:
            self._heading += data

    def of(self, tag: str) -> list[dict[str, str]]:
        """Give the attributes of each element of a kind."""
        return [given for name, given in self.attributes if name == tag]
