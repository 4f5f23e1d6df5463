"""The one exception of the expression language: a sentence, and the place in the text that it is about."""

import unicodedata

# How much of a long text is shown on each side of the place.
_CONTEXT = 30


class ExpressionError(Exception):
    """A text can't be read as an expression, or what was read can't be computed.

    Attributes:
        message: One or two sentences for the person who typed the text.
        text: The text as it was typed.
        start: Where the place begins, in characters of `text`.
        end: Where it ends; at least `start`.
    """

    def __init__(self, message: str, text: str = "", start: int = 0, end: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.text = text
        self.start = start
        self.end = end

    def shown(self) -> str:
        """Show the text, or the part around the place, with carets below the place and the message under it."""
        first = max(0, self.start - _CONTEXT)
        last = min(len(self.text), self.end + _CONTEXT, self.start + 2 * _CONTEXT)
        before = "…" if first > 0 else ""
        after = "…" if last < len(self.text) else ""
        cells = [_cell(char) for char in self.text[first:last]]
        line = before + "".join(cells) + after
        indent = len(before) + sum(map(_width, cells[: self.start - first]))
        marked = sum(map(_width, cells[self.start - first : self.end - first]))
        return f"{line}\n{' ' * indent}{'^' * max(1, marked)}\n{self.message}"


def quoted(text: str) -> str:
    """Quote a piece of what was typed, cut to a readable length, with invisible characters spelled out."""
    return repr(text if len(text) <= 32 else text[:30] + "…")


def _cell(char: str) -> str:
    """What stands on the screen for a character: nothing that moves the cursor or can't be printed."""
    if char.isspace():
        return " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(char)[0] == "C" else char


def _width(cell: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.category(cell) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(cell) in "WF" else 1
