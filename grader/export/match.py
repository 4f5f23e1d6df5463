"""Find whose row a row of a platform's file is; a row that might be another's is nobody's."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from grader.batch.handin import Learner
from grader.printable import one_line


@dataclass(frozen=True, slots=True)
class Known:
    """What a row of a platform's file says of a person.

    Attributes:
        row: The row's number.
        platform_id: The id that the platform itself gave them.
        ids: Other ids, always of the same columns in the same order; empty where unknown.
        email: Their mail address.
        name: Their name, in any order of its parts.
    """

    row: int
    platform_id: str
    ids: tuple[str, ...] = ()
    email: str = ""
    name: str = ""

    @property
    def shown(self) -> str:
        """The person as a sentence names them."""
        return one_line(self.name or self.email or self.platform_id, 80)


@dataclass(frozen=True, slots=True)
class Matches:
    """Who is who.

    Attributes:
        learners: The learner's id by row.
        strangers: Rows that fit nobody.
        absent: Learners whom no row fits.
        remarks: Rows that fit more than one learner, or one that another row fits as well.
    """

    learners: dict[int, str]
    strangers: tuple[Known, ...]
    absent: tuple[Learner, ...]
    remarks: tuple[str, ...]


def match(learners: Sequence[Learner], platform: str, rows: Sequence[Known]) -> Matches:
    """Match rows to learners: by the platform's id, by an id of ours, by mail address, by name.

    Ids of ours are looked for in one column only, the one that most of them stand in: numbers of
    two systems overlap by chance. What such an id says must not contradict the names.
    """
    finder = _Finder(learners, platform, rows)
    found: dict[int, str] = {}
    taken: dict[str, Known] = {}
    strangers, remarks = [], []
    for known in rows:
        learner, doubt = finder.find(known)
        if doubt:
            remarks.append(f"{known.shown} (row {known.row + 1}): {doubt}; the row is left as it is.")
        elif learner is None:
            strangers.append(known)
        elif learner.id in taken:
            other = taken[learner.id].row + 1
            remarks.append(
                f"{known.shown} (row {known.row + 1}): row {other} is the same learner's; this one is left as it is."
            )
        else:
            found[known.row] = learner.id
            taken[learner.id] = known
    absent = tuple(learner for learner in learners if learner.id not in taken)
    return Matches(found, tuple(strangers), absent, tuple(remarks))


class _Finder:
    """The learners by everything that may name them."""

    def __init__(self, learners: Sequence[Learner], platform: str, rows: Sequence[Known]) -> None:
        by_id = _index(learners, lambda learner: learner.id)
        self._column = _best_column(rows, by_id)
        self._ways: tuple[tuple[_Index, Callable[[Known], str], bool], ...] = (
            (_index(learners, lambda learner: _number(learner.platform_id(platform))), _own_id, False),
            (by_id, lambda known: known.ids[self._column] if self._column is not None else "", True),
            (_index(learners, lambda learner: learner.email), lambda known: known.email, False),
            (by_id, lambda known: known.email, False),
        )
        self._names = _index(learners, lambda learner: _name(learner.name))
        self._rows_named = Counter(_name(known.name) for known in rows)

    def find(self, known: Known) -> tuple[Learner | None, str]:
        """Give the learner, or None, and what is doubtful about them."""
        for index, key_of, is_weak in self._ways:
            fitting = index.get(_folded(key_of(known)), ())
            if len(fitting) > 1:
                return None, f"{_ids(fitting)} all go by {one_line(key_of(known), 80)!r}"
            if fitting:
                contradicts = is_weak and _disagree(fitting[0].name, known.name)
                doubt = f"the id is that of {one_line(fitting[0].name, 80)}" if contradicts else ""
                return (None if doubt else fitting[0]), doubt
        fitting = self._names.get(_folded(_name(known.name)), ())
        if len(fitting) > 1 or (fitting and self._rows_named[_name(known.name)] > 1):
            return None, f"several go by this name ({_ids(fitting)}), and no id tells them apart"
        return (fitting[0] if fitting else None), ""


_Index = dict[str, list[Learner]]


def _index(learners: Iterable[Learner], key_of: Callable[[Learner], str]) -> _Index:
    index: _Index = defaultdict(list)
    for learner in learners:
        key = _folded(key_of(learner))
        if key:
            index[key].append(learner)
    return dict(index)


def _best_column(rows: Sequence[Known], by_id: _Index) -> int | None:
    hits = Counter(
        column for known in rows for column, value in enumerate(known.ids) if _folded(value) in by_id
    )
    return min(hits, key=lambda column: (-hits[column], column)) if hits else None


def _own_id(known: Known) -> str:
    return _number(known.platform_id)


def _number(text: str) -> str:
    """Take the number out of an id such as `Participant 5001`; another id stays as it is."""
    found = re.fullmatch(r"\D*\s([0-9]+)", text.strip())
    return found[1] if found else text


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _name(name: str) -> str:
    """Bring a name into one form: `Lovelace, Ada` is `Ada Lovelace`."""
    return " ".join(sorted(re.findall(r"\w+", _folded(name))))


def _disagree(ours: str, theirs: str) -> bool:
    """Whether two names have no part in common; a name that is missing agrees with any."""
    mine, other = set(_name(ours).split()), set(_name(theirs).split())
    return bool(mine and other) and not mine & other


def _ids(learners: Iterable[Learner]) -> str:
    return ", ".join(one_line(learner.id, 80) for learner in learners)
