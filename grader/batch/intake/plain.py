"""The plain layout: a folder for each learner, named by their id, with files anywhere in it."""

from collections.abc import Iterable, Iterator

from grader.batch.handin import Odd
from grader.batch.intake.entry import Entry
from grader.batch.intake.filing import Filing, Person
from grader.batch.intake.naming import ItemNames


def filings(files: Iterable[Entry], depth: int, names: ItemNames) -> Iterator[Filing | Odd]:
    """Tell whose each file is; learners' folders lie `depth` folders down."""
    for entry in files:
        if len(entry.parts) < depth + 2:
            reason = (
                "It lies outside any learner's folder; put it into one that is named by the learner's id."
            )
            yield Odd(entry.origin, reason, "no-learner")
        elif names.is_item(entry.parts[depth]):
            reason = f"It lies in {entry.parts[depth]}, which is an item and no learner; give each learner a folder."
            yield Odd(entry.origin, reason, "no-learner")
        else:
            folder = entry.parts[depth]
            yield Filing(entry, (Person(folder, folder),), entry.parts[depth + 1 :])
