"""A CSV file that a platform gave us, edited in place: what isn't changed stays byte for byte.

The csv module reads cells but forgets how they were written, so the cells are kept here as they stand.
"""

import re
from dataclasses import dataclass
from typing import Self

from grader.errors import UsageFault

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True)
class Filled:
    """A platform's file with our grades in it.

    Attributes:
        content: The file's bytes.
        remarks: What the platform would skip or refuse, what was left alone, and whom it didn't
            fit, one sentence each.
    """

    content: bytes
    remarks: tuple[str, ...]


@dataclass
class Line:
    """One record: its cells as they are written, quotes included, and its line end."""

    cells: list[str]
    end: str


class Sheet:
    """The cells of a CSV file by row and column, counted from 0; row 0 is the header.

    Attributes:
        lines: The records.
    """

    def __init__(self, lines: list[Line], delimiter: str, encoding: str, bom: bytes) -> None:
        self.lines = lines
        self._delimiter = delimiter
        self._encoding = encoding
        self._bom = bom
        self._needs_quotes = re.compile(f'[{delimiter}"\r\n]|^\\s|\\s$')

    @classmethod
    def read(cls, content: bytes, where: str) -> Self:
        """Take a file apart; its encoding, byte order mark, delimiter and line ends are found out.

        Args:
            content: The file's bytes.
            where: What the file is called in messages.

        Raises:
            UsageFault: A quotation mark is opened and never closed.
        """
        bom, encoding = next(((mark, name) for mark, name in _BOMS if content.startswith(mark)), (b"", ""))
        text, encoding = _decoded(content[len(bom) :], encoding)
        delimiter = max(",;\t", key=lambda candidate: len(_lines(text, candidate, where, most=1)[0].cells))
        return cls(_lines(text, delimiter, where), delimiter, encoding, bom)

    @property
    def header(self) -> list[str]:
        """The first row."""
        return self.row(0)

    def row(self, row: int) -> list[str]:
        """Give the cells of a row without their quotes."""
        return [_unquoted(cell) for cell in self.lines[row].cells]

    def value(self, row: int, column: int | None) -> str:
        """Give one cell without its quotes; empty where the row or the file has no such column."""
        cells = self.lines[row].cells
        return _unquoted(cells[column]) if column is not None and column < len(cells) else ""

    def put(self, row: int, column: int, text: str) -> None:
        """Write one cell, quoted where it must be or was before."""
        cells = self.lines[row].cells
        cells += [""] * (column + 1 - len(cells))
        quoted = cells[column].startswith('"') or self._needs_quotes.search(text)
        cells[column] = '"{}"'.format(text.replace('"', '""')) if quoted else text

    def column(self, name: str) -> int | None:
        """Find a column by its exact name."""
        return self.header.index(name) if name in self.header else None

    @property
    def content(self) -> bytes:
        """The file as it now is; what the encoding has no way to write becomes a question mark."""
        text = "".join(self._delimiter.join(line.cells) + line.end for line in self.lines)
        return self._bom + text.encode(self._encoding, "replace")


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    for name in (encoding, "utf-8", "cp1252"):
        try:
            if name:
                return content.decode(name), name
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"


def _lines(text: str, delimiter: str, where: str, most: int | None = None) -> list[Line]:
    d = re.escape(delimiter)
    # A quoted cell, else whatever stands before the next delimiter or line end; then that.
    cell = re.compile(rf'("[^"]*(?:""[^"]*)*"[^{d}\r\n]*|[^{d}\r\n]*)({d}|\r\n|\r|\n|\Z)')
    lines: list[Line] = []
    cells: list[str] = []
    at = 0
    while at < len(text) or cells or not lines:
        match = cell.match(text, at)
        assert match is not None  # the second half fits anything
        raw, end = match.groups()
        if raw.startswith('"') and (len(raw) == 1 or '"' not in raw[1:]):
            number = text.count("\n", 0, at) + 1
            raise UsageFault(
                f"{where}: line {number}: a quotation mark is opened and never closed; download the file again."
            )
        cells.append(raw)
        at = match.end()
        if end != delimiter:
            lines.append(Line(cells, end))
            cells = []
            if len(lines) == most:
                break
    return lines


def _unquoted(cell: str) -> str:
    if not cell.startswith('"'):
        return cell
    inner, _, after = cell[1:].rpartition('"')
    return inner.replace('""', '"') + after
