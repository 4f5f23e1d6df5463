"""What a law finds in one draw, and how the same find in many draws becomes one sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grader.verify.violation import Violation


@dataclass(frozen=True, slots=True)
class Finding:
    """A law that doesn't hold for a question.

    Attributes:
        law: The law's short name.
        public: Whether it is about `quiz.yaml`; else about `key.yaml`.
        sentence: Where and what is wrong, the same in each draw.
        example: What differs from draw to draw, such as the values.
    """

    law: str
    public: bool
    sentence: str
    example: str = ""


@dataclass(slots=True)
class Findings:
    """Gathers findings; of equal ones in several draws the first is told, and how many there are.

    Attributes:
        item: The quiz's id.
        places: The names of `quiz.yaml` (True) and `key.yaml` (False) in the course.
    """

    item: str
    places: Mapping[bool, str]
    _found: dict[tuple[str, bool, str], list[str]] = field(default_factory=dict)
    _draws: dict[tuple[str, bool, str], int] = field(default_factory=dict)

    def add(self, findings: Iterable[Finding], seed: str = "", draws: int = 0) -> None:
        """Note findings; those of a draw with its seed, and of how many draws it is one."""
        for each in findings:
            kind = (each.law, each.public, each.sentence)
            example = ", ".join(filter(None, (each.example, seed)))
            self._found.setdefault(kind, []).append(example)
            self._draws[kind] = draws

    def violations(self) -> list[Violation]:
        """Give a sentence for each kind of finding."""
        return [
            Violation(self.item, law, self.places[public], sentence + _told(examples, self._draws[kind]))
            for kind, examples in self._found.items()
            for law, public, sentence in [kind]
        ]


def _told(examples: list[str], draws: int) -> str:
    if not examples[0]:
        return ""
    others = f"; and in {len(examples) - 1} more of {draws} draws" if len(examples) > 1 else ""
    return f" Example: {examples[0]}{others}."
