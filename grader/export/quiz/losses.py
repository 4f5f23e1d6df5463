"""What is lost on the way to another platform: one sentence a kind, with the questions that it is about."""

from collections.abc import Iterable
from dataclasses import dataclass, field

# More questions than these are counted.
_NAMED = 6


@dataclass(slots=True)
class Losses:
    """Gathers sentences; what is lost in several questions is said once."""

    _questions: dict[str, list[str]] = field(default_factory=dict)

    def note(self, sentence: str, question: str = "") -> None:
        """Note a loss in a question, or in all."""
        names = self._questions.setdefault(sentence, [])
        if question and question not in names:
            names.append(question)

    def extended(self, more: Iterable[tuple[str, str]]) -> "Losses":
        """Give these losses and more of them, each a sentence and a question."""
        both = Losses({sentence: [*names] for sentence, names in self._questions.items()})
        for sentence, question in more:
            both.note(sentence, question)
        return both

    def told(self) -> tuple[str, ...]:
        """Give the sentences, each with its questions."""
        return tuple(
            f"{sentence} ({_listed(names)})" if names else sentence
            for sentence, names in self._questions.items()
        )


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED} more"
