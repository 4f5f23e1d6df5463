"""Gradescope's export: a folder for each submission, and one YAML file that says whose it is and when it came."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.batch.handin import Odd
from grader.batch.intake.entry import Entry
from grader.batch.intake.filing import Filing, Person

METADATA = "submission_metadata.yml"
_FOLDER = re.compile(r"submission_[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class Submission:
    """What the metadata say of one submission.

    Attributes:
        people: Who handed it in; several in a group.
        handed_in_at: ISO 8601 in UTC; empty where it isn't told.
    """

    people: tuple[Person, ...]
    handed_in_at: str = ""


def matches(name: str) -> bool:
    """Whether a folder's name looks like one of Gradescope's."""
    return _FOLDER.fullmatch(name) is not None


def filings(
    files: Iterable[Entry], depth: int, submissions: Mapping[str, Submission]
) -> Iterator[Filing | Odd]:
    """Tell whose each file is; the submissions' folders lie `depth` folders down."""
    unknown: set[str] = set()
    for entry in files:
        top = entry.parts[depth] if len(entry.parts) > depth else ""
        if len(entry.parts) < depth + 2 or not matches(top):
            if entry.parts[depth:] != (METADATA,):
                yield Odd(
                    entry.origin,
                    "It lies outside any submission's folder, so nobody knows whose it is.",
                    "no-learner",
                )
            continue
        submission = submissions.get(top)
        if submission is None or not submission.people:
            submission = Submission((Person(top),))
            if top not in unknown:
                unknown.add(top)
                reason = f"{METADATA} doesn't say who handed it in; it stands under the folder's name."
                yield Odd(top, reason, "no-learner")
        yield Filing(entry, submission.people, entry.parts[depth + 1 :], handed_in_at=submission.handed_in_at)
