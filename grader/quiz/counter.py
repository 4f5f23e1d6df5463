"""Draws from counters: each is the hash of what it is for, so it is the same on every version of everything."""

import unicodedata
from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

_T = TypeVar("_T")

# Divides what is hashed; no identifier holds it.
_BETWEEN = "\x1f"


class Counter:
    """A row of draws for one purpose; each draw moves it on by one."""

    def __init__(self, *purpose: str | int) -> None:
        self._purpose = _BETWEEN.join(map(str, purpose))
        self._index = 0

    def below(self, count: int) -> int:
        """Draw a whole number from 0 up to, but not including, `count`.

        The remainder of a 128-bit number: uneven by less than count/2^128.
        """
        key = f"{self._index}{_BETWEEN}{self._purpose}".encode("utf-8", "surrogatepass")
        self._index += 1
        return int.from_bytes(blake2b(key, digest_size=16).digest(), "big") % count

    def distinct(self, count: int, most: int) -> list[int]:
        """Draw `count` different whole numbers below `most`, which must be as many."""
        taken: list[int] = []
        drawn = []
        for index in range(count):
            place = self.below(most - index)
            # The place among those that are left.
            for each in sorted(taken):
                place += place >= each
            taken.append(place)
            drawn.append(place)
        return drawn

    def shuffled(self, values: Sequence[_T]) -> list[_T]:
        """Put values in a drawn order (Fisher and Yates)."""
        row = list(values)
        for last in range(len(row) - 1, 0, -1):
            other = self.below(last + 1)
            row[last], row[other] = row[other], row[last]
        return row


def learner_seed(salt: str, quiz: str, learner: str) -> str:
    """Give the seed of a learner's numbers; staff find the same from the roster.

    Args:
        salt: The course's public salt.
        quiz: The quiz's id.
        learner: The learner's id; its case, the spaces around it and the way its letters are
            composed don't matter.
    """
    name = unicodedata.normalize("NFC", unicodedata.normalize("NFC", learner).strip().casefold())
    text = _BETWEEN.join((salt, quiz, name))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def practice_seed(number: int) -> str:
    """Give the seed of a round of practice."""
    return f"practice-{number}"
