"""What a law finds: one sentence, with the file that it is about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """A law that doesn't hold.

    Attributes:
        item: The item's id; empty for a law over the whole course.
        law: The law's short name.
        place: The file that it is about, relative to the course.
        sentence: What is wrong.
    """

    item: str
    law: str
    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence} ({self.law})"
