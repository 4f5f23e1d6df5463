"""What a class handed in, as the intake reads it: learners, their files, and what was odd. Plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Learner:
    """One learner as the gradebook knows them.

    Attributes:
        id: Unique in the gradebook: the roster's id, or without a roster what the submissions say.
        name: As the roster or the platform gives it; may be empty.
        email: May be empty.
        platform_ids: Names of the same person elsewhere, by platform ("canvas", "moodle",
            "gradescope"), for filling the platforms' own files.
    """

    id: str
    name: str = ""
    email: str = ""
    platform_ids: tuple[tuple[str, str], ...] = ()

    def platform_id(self, platform: str) -> str:
        """Give the id on a platform, or an empty text."""
        return dict(self.platform_ids).get(platform, "")


@dataclass(frozen=True, slots=True)
class HandIn:
    """One file that counts: the latest that these learners handed in for an item.

    Attributes:
        learners: The ids of those whose work it is: one, or the members of a group.
        item: The item's id.
        data: The file's bytes, read once; cut just past the cap where it is too long.
        origin: Its path inside SUBMISSIONS, fit to be shown.
        late: Whether the platform marked it late; no penalty follows.
        handed_in_at: ISO 8601 where the platform tells, else empty.
    """

    learners: tuple[str, ...]
    item: str
    data: bytes
    origin: str
    late: bool = False
    handed_in_at: str = ""


@dataclass(frozen=True, slots=True)
class Odd:
    """An entry that wasn't graded, or a thing that staff should know.

    Attributes:
        origin: The entry's path inside SUBMISSIONS (or the roster and its line), fit to be shown.
        reason: One sentence.
        kind: A short word to count by: "no-item", "not-on-roster", "superseded", "link", "device",
            "too-large", "outside", "unreadable", "roster", "twin", …
    """

    origin: str
    reason: str
    kind: str


class HandIns(Protocol):
    """An intake: what was handed in, read one file at a time so that memory stays flat."""

    @property
    def layout(self) -> str:
        """How SUBMISSIONS was recognised: "plain", "canvas", "moodle" or "gradescope"."""

    @property
    def learners(self) -> tuple[Learner, ...]:
        """Everybody of the roster, in its order, then others who handed something in."""

    @property
    def odd(self) -> tuple[Odd, ...]:
        """What wasn't graded and why; complete once `read` is through."""

    @property
    def unread(self) -> Mapping[tuple[str, str], str]:
        """Why a file that counts couldn't be read, by learner and item; complete once `read` is through."""

    def read(self) -> Iterator[HandIn]:
        """Read each file that counts, once, in an order that is always the same."""
