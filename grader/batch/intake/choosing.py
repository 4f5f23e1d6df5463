"""Of all that a learner handed in for an item, choose what counts: the latest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.batch.handin import Odd
from grader.batch.intake.filing import Filing
from grader.batch.intake.naming import Named
from grader.printable import one_line


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that was handed in for an item.

    Attributes:
        learners: The ids of those whose work it is.
    """

    filing: Filing
    named: Named
    learners: tuple[str, ...]

    @property
    def rank(self) -> tuple[object, ...]:
        """Greater for what counts rather.

        First the platform's time and count; where it tells none, the name as it was asked for comes
        before copies, then the shallower path, then the later name.
        """
        return (
            self.filing.handed_in_at,
            self.filing.attempt,
            not self.is_stub,
            self.named.copy == 0,
            -len(self.filing.inner),
            self.named.copy,
            self.filing.entry.parts,
        )

    @property
    def is_stub(self) -> bool:
        """Whether it lies where each exercise holds its stub as it was handed out."""
        return "stub" in self.filing.inner[:-1]


def choose(
    candidates: Iterable[Candidate], learners: Mapping[str, int], items: Mapping[str, int]
) -> tuple[list[Candidate], list[tuple[str, Odd]]]:
    """Choose the latest for each learner and item.

    A group's work counts for those members who handed in nothing later with others or alone.

    Args:
        candidates: What was handed in.
        learners: Each learner's place in the gradebook.
        items: Each item's place in the course.

    Returns:
        What counts, by learner and then item, its `learners` cut down to those it counts for; and
        what is superseded, each with the id of somebody whose it was.
    """
    given = list(candidates)
    latest: dict[tuple[str, str], Candidate] = {}
    for candidate in given:
        for learner in candidate.learners:
            key = (learner, candidate.named.item)
            if key not in latest or latest[key].rank < candidate.rank:
                latest[key] = candidate
    chosen: list[Candidate] = []
    odd: list[tuple[str, Odd]] = []
    for candidate in given:
        item = candidate.named.item
        kept = tuple(learner for learner in candidate.learners if latest[learner, item] is candidate)
        if kept:
            chosen.append(Candidate(candidate.filing, candidate.named, kept))
        odd += _superseded(candidate, latest)
    chosen.sort(
        key=lambda one: (min(learners[learner] for learner in one.learners), items[one.named.item], one.rank)
    )
    return chosen, odd


def _superseded(
    candidate: Candidate, latest: Mapping[tuple[str, str], Candidate]
) -> Iterator[tuple[str, Odd]]:
    item = candidate.named.item
    for learner in candidate.learners:
        later = latest[learner, item]
        if later is not candidate and not candidate.is_stub:
            yield (
                learner,
                Odd(
                    candidate.filing.entry.origin,
                    f"For {one_line(learner, 80)} and {item} {later.filing.entry.origin} counts instead.",
                    "superseded",
                ),
            )
