"""Bring an answer, whatever it is, to texts, lists and mappings of texts."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from grader.quiz.expression import ExpressionError
from grader.quiz.marking.judged import Unreadable

_P = ParamSpec("_P")
_T = TypeVar("_T")

MAX_CHARACTERS = 512
MAX_ENTRIES = 256
_MAX_DEPTH = 4
# Python writes no longer whole numbers as text.
_MAX_BITS = 4096

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def plain(answer: Any) -> Plain:
    """Bring an answer to texts.

    Raises:
        Unreadable: It is too long, too deep, or of a type that no file can hold.
    """
    return _Counted().plain(answer, 0)


def is_empty(answer: Any) -> bool:
    """Tell whether nothing was answered; an empty list is an answer."""
    return answer is None or (isinstance(answer, str) and not answer.strip()) or answer == {}


def letters_of(text: str) -> str:
    """Bring a text to the plainest form of its letters, for comparing names and letters."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def one_text(answer: Plain, wanted: str) -> str:
    """Give an answer that is one text.

    Raises:
        Unreadable: It is a list or a mapping.
    """
    if isinstance(answer, list) and len(answer) == 1:
        answer = answer[0]
    if not isinstance(answer, str):
        kind = "a list" if isinstance(answer, list) else "a mapping"
        raise Unreadable(f"Your answer is {kind}; {wanted} is asked for.")
    return answer.strip()


def as_typed(answer: Plain) -> str:
    """Write a list as it would be typed on one line: [1, 2]."""
    if isinstance(answer, list):
        return f"[{', '.join(map(as_typed, answer))}]"
    if isinstance(answer, dict):
        return f"{{{', '.join(f'{key}: {as_typed(value)}' for key, value in answer.items())}}}"
    return re.sub(r"\s+", " ", answer.strip()) if "\n" not in answer.strip() else answer.strip()


def typed(read: Callable[Concatenate[str, _P], _T], text: str, *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Read a text that a learner typed.

    Raises:
        Unreadable: It can't be read; the message shows the place.
    """
    try:
        return read(text, *args, **kwargs)
    except ExpressionError as error:
        raise Unreadable(error.shown()) from None


class _Counted:
    """Counts what was read, so that no answer takes long."""

    def __init__(self) -> None:
        self._entries = 0
        self._characters = 0

    def plain(self, answer: Any, depth: int) -> Plain:
        self._entries += 1
        if self._entries > MAX_ENTRIES:
            raise Unreadable(f"Your answer has more than {MAX_ENTRIES} parts.")
        if depth > _MAX_DEPTH:
            raise Unreadable("Your answer is nested too deep.")
        match answer:
            case str():
                return self._text(answer)
            case None:
                return ""
            case bool():
                return "true" if answer else "false"
            case int() if answer.bit_length() > _MAX_BITS:
                raise Unreadable("This number is too large to be computed with.")
            case int():
                return self._text(str(int(answer)))
            case float():
                return self._text(_digits(float(answer)))
            case list() | tuple():
                return [self.plain(each, depth + 1) for each in answer]
            case Mapping():
                return {self._key(key, depth): self.plain(each, depth + 1) for key, each in answer.items()}
        raise Unreadable(f"Your answer is of a kind ({type(answer).__name__}) that can't be read.")

    def _key(self, key: Any, depth: int) -> str:
        text = self.plain(key, depth + 1)
        if not isinstance(text, str):
            raise Unreadable("The names in your answer must be numbers or words.")
        return text.strip()

    def _text(self, text: str) -> str:
        self._characters += len(text)
        if self._characters > MAX_CHARACTERS:
            raise Unreadable(
                f"Your answer has more than {MAX_CHARACTERS} characters, which are the most that are read."
            )
        return text


def _digits(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")
