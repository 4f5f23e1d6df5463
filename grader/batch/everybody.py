"""Grade what a class handed in from Python, with nothing kept: reports as they come."""

import json
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.batch.handin import HandIn
from grader.batch.intake import Roster, open_hand_ins
from grader.batch.marking import all_our_fault
from grader.batch.run import Conditions, entries_of, grade_tasks, names_of, variant_of
from grader.batch.snapshot import take_snapshot
from grader.batch.task import Task
from grader.course import Course
from grader.errors import UsageFault
from grader.outcome import Report, report_from_json
from grader.source import MAX_BYTES


@dataclass(frozen=True, slots=True)
class LearnerReport:
    """A report, and whose it is."""

    learner: str
    report: Report

    def as_json(self, *, reveal: bool = False) -> dict[str, Any]:
        """Give it as plain data for `json.dumps`: a line of results.jsonl."""
        return {"learner": self.learner, **self.report.as_json(reveal=reveal)}


def grade_all(
    course: Course,
    submissions: Path | Iterable[tuple[str, str, Path | bytes]],
    *,
    items: Collection[str] = (),
    roster: Roster | None = None,
    seed: int = 0,
    jobs: int | None = None,
    weak: bool = False,
) -> Iterator[LearnerReport]:
    """Grade many submissions side by side.

    Args:
        course: The course, with its solutions.
        submissions: A folder or zip archive as `grader batch` takes it, or triples of a learner's
            id, an item's id, and the file or its bytes.
        items: Ids of the items that are wanted; by default all.
        roster: The class list, for a folder or archive.
        seed: What the random inputs of the hidden checks follow from.
        jobs: How many checkers work side by side; by default one a core.
        weak: Whether to grade without the operating system's confinement.

    Returns:
        Reports as they are done, in no particular order; one for each learner of a group. Equal
        submissions are graded once.

    Raises:
        UsageFault: What was given can't be read, or submissions can't be confined here.
        CourseFault: A file of the course is faulty.
    """
    snapshot = take_snapshot(course, [*course.items, *course.quizzes])
    conditions = Conditions(seed, weak)
    tasks: dict[str, Task] = {}
    whose: dict[str, list[str]] = {}
    unread: dict[tuple[str, str], str] = {}
    handed_in = (
        _opened(course, submissions, items, roster, unread)
        if isinstance(submissions, Path)
        else _given(course, submissions, items)
    )
    for hand_in, names in handed_in:
        variant = variant_of(hand_in, names)
        key = entries_of(hand_in, snapshot, conditions, variant)[0].key
        tasks.setdefault(key, Task(key, hand_in.item, hand_in.data, variant.names if variant else ()))
        whose.setdefault(key, []).extend(hand_in.learners)
    for (learner, item), reason in unread.items():
        yield LearnerReport(learner, all_our_fault(course, item, seed, reason))
    wanted = {task.item for task in tasks.values()}
    for graded in grade_tasks(tasks.values(), wanted, snapshot, conditions, jobs=jobs or _cores()):
        report = report_from_json(json.loads(graded.report))
        for learner in whose[graded.key]:
            yield LearnerReport(learner, report)


_Handed = Iterator[tuple[HandIn, Mapping[str, tuple[str, ...]]]]


def _opened(
    course: Course,
    path: Path,
    items: Collection[str],
    roster: Roster | None,
    unread: dict[tuple[str, str], str],
) -> _Handed:
    files = {item.spec.file: item.id for item in course.items.values()}
    with open_hand_ins(path, files, list(course.quizzes), roster, items or None) as hand_ins:
        names = names_of(hand_ins.learners)
        for hand_in in hand_ins.read():
            yield hand_in, names
        unread.update(hand_ins.unread)


def _given(
    course: Course, triples: Iterable[tuple[str, str, Path | bytes]], items: Collection[str]
) -> _Handed:
    for learner, name, given in triples:
        item = course.item(name).id
        if not items or item in items:
            data = given if isinstance(given, bytes) else _read(given)
            yield HandIn((learner,), item, data, ""), {}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageFault(f"{path}: cannot be read ({(error.strerror or '').lower()}).") from None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
