"""One batch from hand-ins to results: enter what was handed in, grade what lacks a result, keep each as it comes."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.batch.handin import HandIn, HandIns, Learner
from grader.batch.pool import Pool, Settings
from grader.batch.record import Entry, Run
from grader.batch.snapshot import Snapshot
from grader.batch.store import Store
from grader.batch.task import Graded, Task, Variant, key_of, versions
from grader.errors import CourseFault
from grader.outcome import is_quiz


@dataclass(frozen=True, slots=True)
class Conditions:
    """What grades follow from beside submissions and checks.

    Attributes:
        seed: What random inputs follow from.
        weak: Whether to do without the operating system's confinement.
    """

    seed: int = 0
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """What a batch has to do.

    Attributes:
        handed_in: How many files count, by item.
        to_grade: How many different submissions lack a result, by item.
    """

    handed_in: Counter[str]
    to_grade: Counter[str]


def plan(hand_ins: HandIns, snapshot: Snapshot, conditions: Conditions, store: Store | None) -> Planned:
    """Tell what a batch would do, and do nothing."""
    handed_in: Counter[str] = Counter()
    lacking: dict[str, str] = {}
    names = names_of(hand_ins.learners)
    following = store.runs()[-1].id + 1 if store is not None and store.runs() else 0
    for hand_in in hand_ins.read():
        handed_in[hand_in.item] += 1
        variant = variant_of(hand_in, names, store, following)
        entry = entries_of(hand_in, snapshot, conditions, variant)[0]
        if store is None or not store.is_graded(entry.key):
            lacking[entry.key] = entry.item
    return Planned(handed_in, Counter(lacking.values()))


def enter(
    store: Store,
    hand_ins: HandIns,
    snapshot: Snapshot,
    conditions: Conditions,
    *,
    items: Sequence[str] = (),
    about: dict[str, str],
) -> Run:
    """Enter a run: who is in it and what they handed in. The latest run, where it says just the same.

    `items` are those that it covers; without any, it covers what somebody handed in.
    """
    # A run that is cut off before all is entered covers nothing.
    number = store.begin_run(now(), (), about)
    covered: set[str] = set(items)

    names = names_of(hand_ins.learners)

    def entries() -> Iterator[tuple[Entry, bytes]]:
        for hand_in in hand_ins.read():
            covered.add(hand_in.item)
            variant = variant_of(hand_in, names, store, number)
            for entry in entries_of(hand_in, snapshot, conditions, variant):
                yield entry, hand_in.data
        for (learner, item), fault in hand_ins.unread.items():
            covered.add(item)
            yield Entry(learner, item, "", "", "", False, "", (learner,), fault), b""

    store.enter(number, hand_ins.learners, entries())
    in_order = [item for item in snapshot.files if item in covered]
    return store.settle_run(number, in_order)


def names_of(learners: Iterable[Learner]) -> dict[str, tuple[str, ...]]:
    """Give for each learner what they may have told a quiz that they are called, the id first."""
    return {
        one.id: tuple(
            dict.fromkeys(
                filter(None, (one.id, one.email, one.name, *(name for _, name in one.platform_ids)))
            )
        )
        for one in learners
    }


def variant_of(
    hand_in: HandIn, names: Mapping[str, tuple[str, ...]], store: Store | None = None, run: int = 0
) -> Variant | None:
    """Tell whose numbers a quiz is to be marked against, with the attempts that a store knows from before a run."""
    if not is_quiz(hand_in.item):
        return None
    called = tuple(name for learner in hand_in.learners for name in names.get(learner, (learner,)))
    if store is None:
        return Variant(called)
    sha256 = hashlib.sha256(hand_in.data).hexdigest()
    return Variant(called, store.earlier(run, hand_in.learners[0], hand_in.item, sha256))


def entries_of(
    hand_in: HandIn, snapshot: Snapshot, conditions: Conditions, variant: Variant | None
) -> list[Entry]:
    """Give what the store keeps of a hand-in: an entry for each learner of a group, all with the same key."""
    sha256 = hashlib.sha256(hand_in.data).hexdigest()
    key = key_of(
        item=hand_in.item,
        submission=sha256,
        checks=snapshot.fingerprints[hand_in.item],
        seed=conditions.seed,
        weak=conditions.weak,
        variant=variant,
    )
    return [
        Entry(
            learner, hand_in.item, key, sha256, hand_in.origin, hand_in.late, hand_in.handed_in_at,
            hand_in.learners, "", variant,
        )
        for learner in hand_in.learners
    ]  # fmt: skip


def grade_entered(
    store: Store, run: Run, snapshot: Snapshot, conditions: Conditions, *, jobs: int, within: Path
) -> Iterator[Graded]:
    """Grade what a run lacks results for; each result is in the store before it is given.

    Raises:
        CourseFault: A file of the course is faulty.
        Fault: Checkers can't be started, or the store can't be written.
    """
    lacking = store.ungraded(run.id)
    if not lacking:
        return
    hashes = {key: sha256 for key, _, sha256, _ in lacking}
    tasks = (
        Task(
            key,
            item,
            store.submission(sha256),
            variant.names if variant else (),
            tuple(map(store.submission, variant.earlier)) if variant else (),
        )
        for key, item, sha256, variant in lacking
    )
    for graded in grade_tasks(
        tasks,
        {item for _, item, _, _ in lacking},
        snapshot,
        conditions,
        jobs=min(jobs, len(lacking)),
        within=within,
    ):
        made_with = {
            "checks": snapshot.fingerprints[graded.item],
            "seed": conditions.seed,
            "weak": conditions.weak,
            **asdict(versions()),
        }
        store.keep(graded, hashes[graded.key], made_with, now())
        yield graded


def grade_tasks(
    tasks: Iterable[Task],
    items: Iterable[str],
    snapshot: Snapshot,
    conditions: Conditions,
    *,
    jobs: int,
    within: Path | None = None,
) -> Iterator[Graded]:
    """Grade tasks with as many checkers as asked for, on a copy of the course."""
    with (
        snapshot.laid_out(sorted(items), within) as course,
        Pool(Settings(course, conditions.seed, conditions.weak), jobs) as pool,
    ):
        try:
            yield from pool.grade(tasks)
        except CourseFault as fault:
            # The author looks for the file where it was written, not in our copy.
            raise CourseFault(str(fault).replace(str(course.resolve()), str(snapshot.root))) from None


def now() -> str:
    """Tell the time, UTC, as ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
