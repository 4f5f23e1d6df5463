"""Cut an ASCII text into numbers, names and signs."""

import re
from typing import NamedTuple

from grader.quiz.expression.error import quoted
from grader.quiz.expression.text import Written

MAX_TOKENS = 256
MAX_DIGITS = 24

_TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]*(?:_(?:[A-Za-z0-9]+|\{[A-Za-z0-9]+\}))*)"
    r"|(?P<sign>\*\*|[<>=!]=|[-+*/^(){}\[\],;<>=])"
    r"|(?P<bad>\S)"
    r"|(?P<end>\Z))"
)

_HINTS = {
    "!": "A factorial is not known here; write the product out.",
    "%": "Write a share as a number: 5 % is 0.05.",
    "|": "Write abs(x) for the absolute value.",
    "\\": "Write formulas without backslashes: sqrt(x), a/b, alpha.",
    "$": "Write the formula without dollar signs.",
    "_": "A subscript stands after a name: x_1 or x_{12}.",
    ".": "A decimal point needs a digit beside it.",
    "'": "Write the derivative itself.",
}


class Token(NamedTuple):
    """A piece of the text; `kind` is 'number', 'name', 'end', or the sign itself."""

    kind: str
    text: str
    start: int
    end: int


def tokens(written: Written) -> list[Token]:
    """Cut a text into tokens, the last of which is the end.

    Raises:
        ExpressionError: A character means nothing here, or there are more than 256 tokens.
    """
    found = []
    # The bound method and the tuple's own constructor: this loop sees every character of every answer.
    match, make = _TOKEN.match, tuple.__new__
    place = 0
    for _ in range(MAX_TOKENS + 1):
        piece = match(written.text, place)
        assert piece is not None, "some alternative matches any text"
        kind = piece.lastgroup
        assert kind is not None
        start, place = piece.span(kind)
        text = piece[kind]
        if kind == "sign":
            kind = text = "^" if text == "**" else text
        elif kind == "bad":
            message = f"{quoted(text)} can't be read here. {_HINTS.get(text, '')}".rstrip()
            raise written.error(message, start, place)
        found.append(make(Token, (kind, text, start, place)))
        if kind == "end":
            return found
    raise written.error(
        f"The answer is too long: at most {MAX_TOKENS} numbers, names and signs are read.", start, place
    )


def number(written: Written, token: Token) -> float:
    """Read a number's digits.

    Raises:
        ExpressionError: It has more than 24 digits, or no float is as large or as small.
    """
    mantissa = token.text.lower().partition("e")[0]
    if sum(map(str.isdigit, token.text)) > MAX_DIGITS:
        message = f"The number {quoted(token.text)} has more than {MAX_DIGITS} digits; write fewer."
        raise written.error(message, token.start, token.end)
    value = float(token.text)
    if value == float("inf"):
        message = f"The number {token.text} is too large; at most about 1.8e308 can be computed with."
        raise written.error(message, token.start, token.end)
    if value == 0 and mantissa.strip("0."):
        message = f"The number {token.text} is too close to 0 to be told from it."
        raise written.error(message, token.start, token.end)
    return value
