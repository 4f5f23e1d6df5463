"""Open what a class handed in: a folder or an archive in any of the layouts, joined to the roster."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.batch.handin import HandIn, Learner, Odd
from grader.batch.intake import canvas, gradescope, moodle, plain
from grader.batch.intake.archive import Archive
from grader.batch.intake.choosing import Candidate, choose
from grader.batch.intake.entry import Entries, Entry, UnreadableEntry
from grader.batch.intake.filing import Filing
from grader.batch.intake.folder import Folder
from grader.batch.intake.layout import Layout, recognise
from grader.batch.intake.matching import match
from grader.batch.intake.naming import HEAD_BYTES, ItemNames
from grader.batch.intake.roster import Roster
from grader.batch.intake.sameness import loose, name_keys, squeezed
from grader.errors import UsageFault
from grader.printable import one_line
from grader.source import MAX_BYTES

# Of one learner's odd files so many are listed and the others counted, lest one hides all the rest.
_LISTED = 20
_LISTED_OF_NOBODY = 1000


class Intake:
    """What a class handed in; a `HandIns`. Close it, or use it with `with`: an archive stays open."""

    def __init__(
        self,
        entries: Entries,
        layout: str,
        learners: tuple[Learner, ...],
        chosen: Iterable[Candidate],
        odd: Iterable[Odd],
    ) -> None:
        """Take what `open_hand_ins` found."""
        self.layout = layout
        self.learners = learners
        self._entries = entries
        self._chosen = tuple(chosen)
        self._odd = tuple(odd)
        self._read_odd: dict[Entry, Odd] = {}
        self._unread: dict[tuple[str, str], str] = {}

    @property
    def odd(self) -> tuple[Odd, ...]:
        """What wasn't graded and why; complete once `read` is through."""
        return (*self._odd, *self._read_odd.values())

    @property
    def unread(self) -> dict[tuple[str, str], str]:
        """What was handed in and can't be read: why, by learner and item; complete once `read` is through.

        It isn't missing, so it is for staff to look at rather than worth 0 points.
        """
        return dict(self._unread)

    def __len__(self) -> int:
        """How many files count."""
        return len(self._chosen)

    def read(self) -> Iterator[HandIn]:
        """Read each file that counts: learners in the gradebook's order, items in the course's.

        Of each learner and item one file is read, to just past the largest that is graded, and let go.
        """
        for candidate in self._chosen:
            filing = candidate.filing
            try:
                data = self._entries.read(filing.entry, MAX_BYTES + 1)
            except UnreadableEntry as error:
                whose = ", ".join(one_line(learner, 80) for learner in candidate.learners)
                reason = f"It can't be read: {error}. {candidate.named.item} of {whose} wasn't graded."
                self._read_odd[filing.entry] = Odd(filing.entry.origin, reason, "unreadable")
                self._unread |= {(learner, candidate.named.item): reason for learner in candidate.learners}
                continue
            if len(data) > MAX_BYTES:
                reason = f"It has more than {MAX_BYTES} bytes, the most that are graded."
                self._read_odd[filing.entry] = Odd(filing.entry.origin, reason, "too-large")
            yield HandIn(
                candidate.learners,
                candidate.named.item,
                data,
                filing.entry.origin,
                filing.late,
                filing.handed_in_at,
            )

    def close(self) -> None:
        """Let go of the archive."""
        self._entries.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_hand_ins(
    path: Path,
    items: Mapping[str, str],
    quizzes: Collection[str] = (),
    roster: Roster | None = None,
    only: Collection[str] | None = None,
) -> Intake:
    """Open a folder or zip archive of what a class handed in, and recognise how it is laid out.

    Nothing is unpacked, no link followed, no device opened; what is odd is reported, not fatal.

    Args:
        path: The folder or archive.
        items: The exercises' ids by the names of their files, in the course's order.
        quizzes: The quizzes' ids, in the course's order. Their files are all called answers.yaml and
            say inside which quiz they answer.
        roster: The class list; without one the learners are those who handed something in.
        only: The items that are wanted; None for all. Files for others are passed over silently.

    Raises:
        UsageFault: There is no such folder or archive, or it is damaged or too large.
    """
    entries = _entries(path)
    try:
        return _intake(entries, ItemNames(items, quizzes), roster, only)
    except BaseException:
        entries.close()
        raise


def _entries(path: Path) -> Entries:
    if path.is_dir():
        return Folder(path)
    if not path.exists():
        raise UsageFault(f"{path}: there is no such folder or archive.")
    return Archive(path)


def _intake(
    entries: Entries, names: ItemNames, roster: Roster | None, only: Collection[str] | None
) -> Intake:
    layout = recognise(entries.files, names, _roster_knows(roster))
    odd = [*(roster.odd if roster else ()), *entries.odd]
    filings: list[Filing] = []
    nobodys: list[tuple[str, Odd]] = []
    for filed in _filings(entries, layout, names, odd):
        if isinstance(filed, Filing):
            filings.append(filed)
        else:
            nobodys.append(("", filed))
    matched = match((person for filing in filings for person in filing.people), layout.name, roster)
    candidates: list[Candidate] = []
    remarks: list[tuple[str, Odd]] = []
    for filing in filings:
        learners = tuple(dict.fromkeys(one for person in filing.people for one in matched.ids[person.id]))
        named = names.find(filing.inner, partial(_head, entries, filing.entry))
        if named.item and only is not None and named.item not in only:
            continue
        if named.item:
            candidates.append(Candidate(filing, named, learners))
        if named.remark:
            kind = "name" if named.item else "no-item"
            remarks.append((learners[0], Odd(filing.entry.origin, named.remark, kind)))
    learners_there = _with_work(matched.learners, roster, candidates)
    places = {learner.id: place for place, learner in enumerate(learners_there)}
    chosen, superseded = choose(candidates, places, names.order)
    odd += [*matched.odd, *_listed(nobodys, _LISTED_OF_NOBODY), *_listed([*remarks, *superseded], _LISTED)]
    return Intake(entries, layout.name, learners_there, chosen, odd)


def _with_work(
    learners: Iterable[Learner], roster: Roster | None, candidates: Iterable[Candidate]
) -> tuple[Learner, ...]:
    """Leave out strangers to the roster without anything to grade: most likely no learners at all."""
    if roster is None:
        return tuple(learners)
    kept = {learner.id for learner in roster.learners}
    kept.update(learner for candidate in candidates for learner in candidate.learners)
    return tuple(learner for learner in learners if learner.id in kept)


def _filings(entries: Entries, layout: Layout, names: ItemNames, odd: list[Odd]) -> Iterator[Filing | Odd]:
    match layout.name:
        case "canvas":
            return canvas.filings(entries.files, layout.depth)
        case "moodle":
            return moodle.filings(entries.files, layout.depth, names)
        case "gradescope":
            return gradescope.filings(entries.files, layout.depth, _submissions(entries, layout, odd))
    return plain.filings(entries.files, layout.depth, names)


def _submissions(entries: Entries, layout: Layout, odd: list[Odd]) -> Mapping[str, gradescope.Submission]:
    from grader.batch.intake import metadata  # it loads a YAML parser

    entry = next((one for one in entries.files if one.parts[layout.depth :] == (gradescope.METADATA,)), None)
    if entry is None:
        reason = f"There is no {gradescope.METADATA}, so the submissions stand under their folders' names."
        odd.append(Odd(one_line(entries.path.name), reason, "metadata"))
        return {}
    try:
        return metadata.parse_metadata(entries.read(entry, metadata.MAX_BYTES + 1), entry.origin)
    except UnreadableEntry as error:
        reason = f"It can't be read: {error}. The submissions stand under their folders' names."
    except UsageFault as fault:
        reason = f"{fault} The submissions stand under their folders' names."
    odd.append(Odd(entry.origin, reason, "metadata"))
    return {}


def _head(entries: Entries, entry: Entry) -> bytes:
    try:
        return entries.read(entry, HEAD_BYTES)
    except UnreadableEntry:
        return b""


def _roster_knows(roster: Roster | None) -> Callable[[str], bool]:
    known: set[str] = set()
    for one in roster.enrolled if roster else ():
        ids = (
            one.learner.id,
            *one.other_ids,
            one.learner.email,
            *(number for _, number in one.learner.platform_ids),
        )
        known |= {loose(name) for name in ids} | {squeezed(one.group)} | name_keys(one.learner.name)
    known.discard("")
    return lambda name: loose(name) in known or squeezed(name) in known


def _listed(told: Iterable[tuple[str, Odd]], most: int) -> Iterator[Odd]:
    """List so many odd files of each learner, and count the rest."""
    seen: Counter[str] = Counter()
    for learner, odd in told:
        seen[learner] += 1
        if seen[learner] <= most:
            yield odd
    for learner, count in seen.items():
        if count > most:
            yield Odd(
                one_line(learner) or "SUBMISSIONS", f"{count - most} more odd files aren't listed.", "more"
            )
