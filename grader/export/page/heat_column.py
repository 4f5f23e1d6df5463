"""A column of the heat map, kept in nine bytes a learner."""

from array import array
from collections.abc import Sequence
from math import fsum, nan

from grader.batch.gradebook import Basis
from grader.export.page.markup import Html

_BASES = tuple(Basis)
_NOTHING = _BASES.index(Basis.MISSING)


class HeatColumn:
    """Shares of the full points, and what they rest on, by the learner's place; nothing handed in where none is put."""

    def __init__(self, title: Html, more: str = "") -> None:
        self.title = title
        self.more = more
        self._shares = array("d")
        self._bases = bytearray()

    def put(self, place: int, share: float, basis: Basis) -> None:
        """Keep a learner's share; places come in ascending order, and may be left out."""
        gap = place - len(self._bases)
        self._shares.extend([0.0] * gap)
        self._bases.extend([_NOTHING] * gap)
        self._shares.append(share)
        self._bases.append(_BASES.index(basis))

    def at(self, place: int) -> tuple[float, Basis]:
        """Give a learner's share and what it rests on."""
        if place >= len(self._bases):
            return 0.0, Basis.MISSING
        return self._shares[place], _BASES[self._bases[place]]

    def mean(self, places: Sequence[int]) -> tuple[float, Basis]:
        """Give the mean over learners, those under review left out; what nobody handed in is missing."""
        found = [self.at(place) for place in places]
        if all(basis is Basis.MISSING for _, basis in found):
            return 0.0, Basis.MISSING
        shares = [share for share, basis in found if basis is not Basis.REVIEW]
        return (fsum(shares) / len(shares), Basis.GRADED) if shares else (nan, Basis.REVIEW)
