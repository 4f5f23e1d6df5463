"""What a layout says of an entry: who handed it in, under which name, when. Plain data."""

from dataclasses import dataclass

from grader.batch.intake.entry import Entry


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody (or a group) as SUBMISSIONS names them.

    Attributes:
        id: Tells them from all others in SUBMISSIONS; never empty.
        name: Empty where it isn't told.
        email: Empty where it isn't told.
        platform_id: Who they are to the platform; empty where it doesn't tell or has no say.
    """

    id: str
    name: str = ""
    email: str = ""
    platform_id: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """An entry that somebody handed in.

    Attributes:
        people: Whose work it is: one, or the members of a group.
        inner: Its path as the learner sent it: folders, then the file's name.
        late: Whether the platform marked it late.
        attempt: Grows with each time that the platform took a file in; 0 where it isn't told.
        handed_in_at: ISO 8601 in UTC where the platform tells, else empty.
    """

    entry: Entry
    people: tuple[Person, ...]
    inner: tuple[str, ...]
    late: bool = False
    attempt: int = 0
    handed_in_at: str = ""
