"""Bring what was typed to plain ASCII, and remember for each character where it came from.

Formulas arrive from keyboards, web pages and input methods: `x²`, `−`, `·`, `σ`, `x₁`, `½`, `（ｘ＋１）`.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from grader.quiz.expression.error import ExpressionError

MAX_CHARACTERS = 512

# Greek letters and their names.
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "omicron",
            "pi",
            "rho",
            "sigma",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
            "Alpha",
            "Beta",
            "Gamma",
            "Delta",
            "Epsilon",
            "Zeta",
            "Eta",
            "Theta",
            "Iota",
            "Kappa",
            "Lambda",
            "Mu",
            "Nu",
            "Xi",
            "Omicron",
            "Pi",
            "Rho",
            "Sigma",
            "Tau",
            "Upsilon",
            "Phi",
            "Chi",
            "Psi",
            "Omega",
        ],
        strict=True,
    )
)

_SIGNS = {
    **dict.fromkeys("−–—‐‑‒﹣", "-"),
    **dict.fromkeys("×·⋅∙•∗⁎⨯\N{INVISIBLE TIMES}", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("\N{ZERO WIDTH SPACE}\N{WORD JOINER}\ufeff\N{FUNCTION APPLICATION}\ufe0e\ufe0f", ""),
    "、": ",",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    # The space ends the name: √x is not sqrtx.
    "√": "sqrt ",
    "∑": "sum ",
}

_HINTS = {
    "∞": "Infinity is not a number here.",
    "∂": "Write the derivative itself.",
    "∇": "Write the gradient itself.",
    "∫": "Write the integral's value.",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A text in ASCII, and where each of its characters stands in what was typed.

    Attributes:
        typed: What was typed.
        text: The same in ASCII.
        origin: For each character of `text` its index in `typed`.
    """

    typed: str
    text: str
    origin: Sequence[int]

    def error(self, message: str, start: int, end: int) -> ExpressionError:
        """Make an error about the characters from `start` up to `end` of `text`."""
        if start >= len(self.text):
            return ExpressionError(message, self.typed, len(self.typed), len(self.typed))
        return ExpressionError(message, self.typed, *self.span(start, end))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from `start` up to `end` of `text` stand in what was typed."""
        return self.origin[start], self.origin[max(start, end - 1)] + 1

    def cut(self, start: int, end: int) -> str:
        """What was typed for the characters from `start` up to `end` of `text`."""
        first, last = self.span(start, end)
        return self.typed[first:last]


def written(typed: str) -> Written:
    """Bring a text to ASCII.

    Raises:
        ExpressionError: The text is longer than 512 characters, or a character means nothing here.
    """
    if len(typed) > MAX_CHARACTERS:
        message = f"The answer has {len(typed)} characters; at most {MAX_CHARACTERS} are read."
        raise ExpressionError(message, typed, MAX_CHARACTERS, MAX_CHARACTERS + 1)
    if typed.isascii():
        return Written(typed, typed, range(len(typed)))
    writer = _Writer(typed)
    for index, char in enumerate(typed):
        writer.add(index, char)
    writer.script("", len(typed) - 1)
    return Written(typed, "".join(writer.pieces), writer.origin)


class _Writer:
    """Collects the characters of the ASCII text; a run of superscripts becomes ^(…), of subscripts _…."""

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.pieces: list[str] = []
        self.origin: list[int] = []
        self.open_script = ""
        # What would begin a new name or number here: letters after a Greek one, digits too after a subscript.
        self.after_greek = False
        self.after_subscript = False

    def add(self, index: int, char: str) -> None:
        script = "" if char.isascii() else unicodedata.decomposition(char).partition(" ")[0]
        self.script(script if script in ("<super>", "<sub>") else "", index)
        if script == "<fraction>":
            self._fraction(index, char)
        elif char.isascii() or char in GREEK or char in _SIGNS:
            self._known(index, char)
        else:
            for plain in unicodedata.normalize("NFKC", char):
                if not (plain.isascii() or plain in GREEK or plain in _SIGNS):
                    raise self._unreadable(index, char)
                self._known(index, plain)

    def script(self, kind: str, index: int) -> None:
        """Enter or leave a run of superscripts or subscripts."""
        if kind == self.open_script:
            return
        if self.open_script == "<super>":
            self._put(index - 1, ")")
        self.after_subscript = self.open_script == "<sub>"
        self.open_script = kind
        if kind:
            self._put(index, "^(" if kind == "<super>" else "_")

    def _known(self, index: int, char: str) -> None:
        greek = GREEK.get(char)
        plain = greek or _SIGNS.get(char, char)
        is_word = not char.isascii() and plain[:1].isalpha()
        after_letter = is_word and bool(self.pieces) and self.pieces[-1][-1:].isalnum()
        after_name = (char.isalpha() and self.after_greek) or (char.isalnum() and self.after_subscript)
        if after_letter or after_name:
            self._put(index, " ")
        self._put(index, plain)
        self.after_greek = greek is not None

    def _fraction(self, index: int, char: str) -> None:
        """Put ½ in brackets, so that what surrounds it can't take it apart; 2½ is no product."""
        if self.pieces and self.pieces[-1][-1:].isdigit():
            message = f"'{self.typed[index - 1]}{char}' can be read in two ways: write a sum or a product."
            raise ExpressionError(message, self.typed, index - 1, index + 1)
        above, _, below = unicodedata.normalize("NFKC", char).partition("⁄")
        self._put(index, f"({above}/{below or 1})")

    def _put(self, index: int, piece: str) -> None:
        if piece:
            self.pieces.append(piece)
            self.origin += [index] * len(piece)
            self.after_greek = self.after_subscript = False

    def _unreadable(self, index: int, char: str) -> ExpressionError:
        # A mark belongs to the letter before it.
        start = index - 1 if index > 0 and unicodedata.combining(char) else index
        hint = _HINTS.get(char, "Use letters, digits and + - * / ^ ( ).")
        message = f"The character {self.typed[start : index + 1]!r} can't be read here. {hint}"
        return ExpressionError(message, self.typed, start, index + 1)
