"""Read the letters by which options, steps and pairs are named: b, [a, c], cab, {1: b}."""

import re
from collections.abc import Sequence

from grader.quiz.marking.judged import Unreadable
from grader.quiz.marking.plain import Plain, letters_of

ALPHABET = "abcdefghijklmnopqrstuvwxyz"

_DIVIDERS = re.compile(r"[\s,;/>→]+")
_NONE = frozenset(("none", "-", "–", "—"))
_PAIR = re.compile(r"([0-9]{1,3})[\s:=.)\-–—>→]*\(?([a-z])\)?")


def letter(place: int) -> str:
    """Name the option that is shown at a place, counted from 0."""
    return ALPHABET[place]


def letters(answer: Plain, count: int) -> list[int]:
    """Read letters as places, counted from 0.

    Args:
        answer: What was answered.
        count: How many options are shown.

    Raises:
        Unreadable: Something in it is no letter of an option.
    """
    if isinstance(answer, dict):
        raise Unreadable(f"Your answer is a mapping; letters are asked for, such as {_example(count)}.")
    if isinstance(answer, list):
        return [place for each in answer for place in _words(each, count)]
    return _words(answer, count)


def pairs(answer: Plain, left: int, right: int) -> dict[int, int]:
    """Read pairs as places, counted from 0: left to right; one that is left out isn't in it.

    Raises:
        Unreadable: Something in it is no pair.
    """
    if isinstance(answer, dict):
        given = [(key, each) for key, each in answer.items() if each not in ("", [])]
    elif isinstance(answer, str) and any(char.isdigit() for char in answer):
        given = _written_pairs(letters_of(answer))
    else:
        return _in_order(answer, left, right)
    found: dict[int, int] = {}
    for key, each in given:
        number = letters_of(key).strip("()[].:")
        if not (number.isascii() and number.isdigit() and len(number) <= 3 and 1 <= int(number) <= left):
            raise Unreadable(f"{_cut(key)} is no number from 1 to {left}.")
        if int(number) - 1 in found:
            raise Unreadable(f"{int(number)} stands twice.")
        places = letters(each, right)
        if len(places) != 1:
            raise Unreadable(f"{int(number)} needs one letter.")
        found[int(number) - 1] = places[0]
    return found


def _in_order(answer: Plain, left: int, right: int) -> dict[int, int]:
    """Read one letter for each on the left, in order."""
    places = letters(answer, right)
    if len(places) != left:
        raise Unreadable(
            f"Your answer has {len(places)} letter{'' if len(places) == 1 else 's'}, {left} are asked for: one for each number, in order."
        )
    return dict(enumerate(places))


def _written_pairs(text: str) -> list[tuple[str, Plain]]:
    found: list[tuple[str, Plain]] = [(match[1], match[2]) for match in _PAIR.finditer(text)]
    if not found or _rest(text):
        raise Unreadable("Write pairs as in 1: b, 2: a, or only the letters in order, as in b a.")
    return found


def _rest(text: str) -> bool:
    """Tell whether something other than dividers is left beside the pairs."""
    return bool(re.sub(r"[\s,;\[\]{}().|]+", "", _PAIR.sub("", text)))


def _words(answer: Plain, count: int) -> list[int]:
    if not isinstance(answer, str):
        raise Unreadable(f"Lists in lists can't be read here; write letters, such as {_example(count)}.")
    text = letters_of(answer).strip("[](){}")
    if text in _NONE:
        return []
    words = [word.strip("().[]:'\"") for word in _DIVIDERS.split(text)]
    words = [word for word in words if word not in ("", "and")]
    if len(words) == 1 and len(words[0]) > 1 and set(words[0]) <= set(ALPHABET[:count]):
        # bca: letters without anything between them.
        words = list(words[0])
    return [_place(word, count) for word in words]


def _place(word: str, count: int) -> int:
    place = ALPHABET.find(word) if len(word) == 1 else -1
    if not 0 <= place < count:
        raise Unreadable(f"{_cut(word)} is no letter from a to {letter(count - 1)}.")
    return place


def written(places: Sequence[int]) -> str:
    """Write places as letters."""
    return ", ".join(map(letter, places))


def _example(count: int) -> str:
    return f"[a, {letter(count - 1)}]"


def _cut(word: str) -> str:
    return repr(word if len(word) <= 32 else word[:30] + "…")
