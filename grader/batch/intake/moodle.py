"""Moodle's bulk download: a folder for each participant or team, or flat names that say the same.

In a full name Moodle turns `_` to a space, so the first `_` ends the name.
"""

import re
from collections.abc import Iterable, Iterator

from grader.batch.handin import Odd
from grader.batch.intake.entry import Entry
from grader.batch.intake.filing import Filing, Person
from grader.batch.intake.naming import ItemNames

# The team of those who are in none has no number.
_NAME = re.compile(r"([^_]*)(?:_([0-9]{1,20}))?_assignsubmission_([a-z]+)(?:_(.+))?", re.DOTALL)
_BLIND = "Participant"


def matches(name: str) -> bool:
    """Whether a folder's or file's name looks like one of Moodle's."""
    return _NAME.fullmatch(name) is not None


def filings(files: Iterable[Entry], depth: int, names: ItemNames) -> Iterator[Filing | Odd]:
    """Tell whose each file is; participants' folders or flat files lie `depth` folders down."""
    listed = list(files)
    blind = _blind_words(entry.parts[depth] for entry in listed if len(entry.parts) > depth)
    for entry in listed:
        found = _NAME.fullmatch(entry.parts[depth]) if len(entry.parts) > depth else None
        flat = len(entry.parts) == depth + 1
        if found is None or flat != bool(found[4]):
            reason = "It isn't named as Moodle names files (name_number_assignsubmission_…), so nobody knows whose it is."
            yield Odd(entry.origin, reason, "no-learner")
            continue
        name, number, plugin, rest = found.groups()
        if plugin != "file":
            yield Odd(entry.origin, "It was typed into Moodle; only files are graded.", "online-text")
            continue
        person = Person(number or name, "" if name in blind else name, platform_id=number or "")
        yield Filing(entry, (person,), _unflattened(rest, names) if flat else entry.parts[depth + 1 :])


def _blind_words(tops: Iterable[str]) -> frozenset[str]:
    """Find the word that stands for every name under blind marking; it depends on Moodle's language."""
    numbers: dict[str, set[str]] = {}
    for top in tops:
        found = _NAME.fullmatch(top)
        if found:
            numbers.setdefault(found[1], set()).add(found[2] or "")
    alone = {name for name, held in numbers.items() if len(numbers) == 1 and len(held) > 1}
    return frozenset({_BLIND, *alone})


def _unflattened(rest: str, names: ItemNames) -> tuple[str, ...]:
    """Split off an item's folder: the flat form writes `_` for `/`, and which `_` were `/` isn't told."""
    for item in names.order:
        if rest.casefold().startswith(f"{item.casefold()}_"):
            return rest[: len(item)], rest[len(item) + 1 :]
    return (rest,)
