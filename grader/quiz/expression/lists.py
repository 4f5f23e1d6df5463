"""Read an answer that is a number, a vector or a matrix, each entry an expression in constants."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import isinf, isnan
from typing import TypeAlias

from grader.quiz.expression.arrays import Value, shape_of
from grader.quiz.expression.error import ExpressionError
from grader.quiz.expression.evaluate import evaluate
from grader.quiz.expression.language import Language
from grader.quiz.expression.parser import Parser
from grader.quiz.expression.text import Written, written
from grader.quiz.expression.token import Token, tokens
from grader.quiz.expression.token import number as digits

# Lists of lists of lists: no question asks for more.
MAX_RANK = 3

_CONSTANTS = Language()
_PARTNERS = {"(": ")", "[": "]", "{": "}"}

_Row: TypeAlias = Sequence[Token]


def number(typed: str) -> float:
    """Read a number: 0.5, 1e-3, 3/8, 2^-7, sqrt(2), ln(3).

    Raises:
        ExpressionError: It can't be read, or has no value.
    """
    text = written(typed)
    return _number(text, tokens(text))


def numbers(typed: str) -> Value:
    """Read a number, a vector or a matrix.

    A vector is 1, 2, 3 with or without square or round brackets; a matrix is [[1, 2], [3, 4]], or
    rows divided by semicolons or new lines. Where a row has no comma, spaces divide it; there 1 -2
    is two entries, and 1 - 2 is one.

    Returns:
        A float, or nested tuples of floats; `shape_of` tells the shape.

    Raises:
        ExpressionError: It can't be read, an entry has no value, or the rows differ in length.
    """
    text = written(typed)
    row = tokens(text)[:-1]
    _check_brackets(text, row)
    _check_entries(text, row)
    if _is_list(row):
        value = _rows(text, row[1:-1], 1)
    elif any(row[at].kind in (",", ";") or _is_gap(text, row, at) for at in _outside(row)):
        value = _rows(text, row, 0)
    else:
        value = _entry(text, row, 0)
    try:
        shape_of(value)
    except ExpressionError as error:
        raise ExpressionError(error.message, typed, 0, len(typed)) from None
    return value


def _rows(text: Written, row: _Row, rank: int) -> Value:
    """Read what stands inside a list's brackets, or at the top, where a new line begins a row."""
    rows = _cut(row, lambda at: row[at].kind == ";", lambda at: rank == 0 and _is_new_line(text, row, at))
    ends = rows.pop() if len(rows) > 1 and not rows[-1] else None
    if len(rows) == 1 and ends is None:
        return _line(text, rows[0], rank)
    return tuple(_line(text, each, rank) for each in rows)


def _line(text: Written, row: _Row, rank: int) -> Value:
    """Read the entries of one row, divided by commas or, where there are none, by spaces."""
    # [1, 2] on a line of its own is that row, not a row of one row.
    if rank == 0 and _is_list(row):
        return _entry(text, row, rank)
    entries = _cut(row, lambda at: row[at].kind == ",", lambda _: False)
    if len(entries) == 1:
        entries = _cut(row, lambda _: False, lambda at: _is_gap(text, row, at))
    elif not entries[-1]:
        entries.pop()
    return tuple(_entry(text, each, rank) for each in entries)


def _entry(text: Written, row: _Row, rank: int) -> Value:
    if not _is_list(row):
        return _number(text, [*row, _end(text, row)])
    if rank == MAX_RANK:
        raise text.error(f"Lists are nested more than {MAX_RANK} deep.", row[0].start, row[-1].end)
    return _rows(text, row[1:-1], rank + 1)


def _number(text: Written, row: _Row) -> float:
    """Read one entry, whose last token is an end."""
    if len(row) == 2 and row[0].kind == "number":
        return digits(text, row[0])
    parser = Parser(text, row, _CONSTANTS)
    value = evaluate(parser.expression())
    parser.expect_end()
    assert not isinstance(value, tuple), "this language has no lists"
    if isinf(value):
        raise text.error("This is too large to be computed with.", row[0].start, row[-2].end)
    if isnan(value):
        raise text.error("This has no value.", row[0].start, row[-2].end)
    return value


def _check_brackets(text: Written, row: _Row) -> None:
    """Raise an ExpressionError where a bracket has no partner."""
    opened: list[Token] = []
    for token in row:
        if token.kind in _PARTNERS:
            opened.append(token)
        elif token.kind in _PARTNERS.values():
            if not opened:
                message = f"This '{token.text}' closes nothing: remove it, or open it before."
                raise text.error(message, token.start, token.end)
            wanted = _PARTNERS[opened.pop().kind]
            if token.kind != wanted:
                raise text.error(
                    f"'{token.text}' closes the wrong bracket: write '{wanted}'.", token.start, token.end
                )
    if opened:
        wanted = _PARTNERS[opened[-1].kind]
        message = f"This '{opened[-1].text}' is never closed: add '{wanted}'."
        raise text.error(message, opened[-1].start, opened[-1].end)


def _check_entries(text: Written, row: _Row) -> None:
    """Raise an ExpressionError where an entry is missing; one comma or semicolon may end a list."""
    for before, token in pairwise(row):
        begun = before.kind in _PARTNERS or before.kind in (",", ";")
        ended = token.kind in _PARTNERS.values() and before.kind not in (",", ";")
        if begun and (ended or token.kind in (",", ";")):
            message = f"Between '{before.text}' and '{token.text}' an entry is missing."
            raise text.error(message, before.start, token.end)
    if row and row[0].kind in (",", ";"):
        raise text.error(f"Before '{row[0].text}' an entry is missing.", row[0].start, row[0].end)


def _outside(row: _Row) -> Iterator[int]:
    """Give the places of the tokens that stand in no brackets, opening brackets included."""
    level = 0
    for at, token in enumerate(row):
        if level == 0:
            yield at
        level += (token.kind in _PARTNERS) - (token.kind in _PARTNERS.values())


def _is_list(row: _Row) -> bool:
    """Tell whether one pair of brackets holds everything, and makes a list of it."""
    if len(row) < 2 or row[0].kind not in ("[", "(") or any(at > 0 for at in _outside(row)):
        return False
    inside = row[1:-1]
    return row[0].kind == "[" or any(inside[at].kind in (",", ";") for at in _outside(inside))


def _is_gap(text: Written, row: _Row, at: int) -> bool:
    """Tell whether the space before a token divides two entries."""
    if (
        at == 0
        or row[at - 1].end == row[at].start
        or not (row[at - 1].kind in ("number", "name") or row[at - 1].kind in _PARTNERS.values())
    ):
        return False
    if row[at].kind in ("+", "-"):
        return at + 1 < len(row) and not _gap(text, row, at + 1)
    # sin (x) is a call.
    is_call = row[at].kind == "(" and row[at - 1].kind == "name"
    return not is_call and (row[at].kind in ("number", "name") or row[at].kind in _PARTNERS)


def _is_new_line(text: Written, row: _Row, at: int) -> bool:
    return "\n" in _gap(text, row, at) and row[at - 1].kind != ","


def _gap(text: Written, row: _Row, at: int) -> str:
    """Give the space between a token and the one before it."""
    return text.text[row[at - 1].end : row[at].start] if at else ""


def _cut(row: _Row, divides: Callable[[int], bool], begins: Callable[[int], bool]) -> list[_Row]:
    """Cut a row at the tokens outside brackets that divide it, and before those that begin a piece."""
    pieces, start = [], 0
    for at in _outside(row):
        if divides(at):
            pieces.append(row[start:at])
            start = at + 1
        elif at > start and begins(at):
            pieces.append(row[start:at])
            start = at
    return [*pieces, row[start:]]


def _end(text: Written, row: _Row) -> Token:
    end = row[-1].end if row else len(text.text)
    return Token("end", "", end, end)
