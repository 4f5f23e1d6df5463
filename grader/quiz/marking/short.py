"""Mark a word or two."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from grader.quiz.author import Author
from grader.quiz.keyspec import ShortKey
from grader.quiz.marking.judged import Judged, Situation, Status, Unreadable, judged
from grader.quiz.marking.plain import Plain, letters_of, one_text
from grader.quiz.plan import Plan
from grader.quiz.text import Template

LONGEST = 100
# A slip in a shorter word may make another word of it.
_SHORTEST_SLIP = 6


@dataclass(frozen=True, slots=True)
class Wrong:
    """A known wrong word."""

    id: str
    credit: float
    feedback: Template


@dataclass(frozen=True, slots=True)
class Words:
    """The key of a word or two; all words are plain, as `plainest` makes them."""

    accept: frozenset[str]
    shown: str
    known: Mapping[str, Wrong]
    feedback: Template
    wrong: Template

    def mark(self, answer: Plain, situation: Situation) -> Judged:
        """Mark a word; one that is a slip away from the key isn't decided, and costs nothing."""
        text = one_text(answer, "a word or two")
        if len(text) > LONGEST:
            raise Unreadable("A word or two is asked for, not a text.")
        word = plainest(text)
        if not word:
            raise Unreadable("A word or two is asked for.")
        if word in self.accept:
            return judged(1.0, self.feedback.filled(situation.values), read_as=word)
        if known := self.known.get(word):
            told = known.feedback.filled(situation.values)
            return judged(known.credit, told, misconception=known.id, read_as=word)
        if len(word) >= _SHORTEST_SLIP and any(is_slip(word, each) for each in (*self.accept, *self.known)):
            told = "This is one letter away from a word that is known here: look at its spelling."
            return Judged(Status.UNDECIDED, feedback=told, read_as=word)
        return judged(0.0, self.wrong.filled(situation.values), read_as=word)

    def key(self, situation: Situation) -> Plain:  # noqa: ARG002  # the same in every draw
        """Give a right answer as it would be written."""
        return self.shown


def plainest(text: str) -> str:
    """Bring a word to the form in which it is compared: no case, no hyphens, no article, no full stop."""
    word = re.sub(r"[\s_\-‐‑‒–—−]+", " ", letters_of(text))
    word = re.sub(r"[‘’ʼ`´]", "'", word).strip(" .,;:!?\"'“”„()")
    return re.sub(r"^(?:the|an?) (?=.)", "", word)


def is_slip(one: str, other: str) -> bool:
    """Tell whether one letter is missing, too many or another, or two neighbours are exchanged."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def words(author: Author, plan: Plan, key: ShortKey, path: str, names: list[str]) -> Words:
    """Read the key of a word or two; faults are noted with the author."""
    known: dict[str, Wrong] = {}
    accept = frozenset(map(plainest, key.accept))
    for k, each in enumerate(key.misconceptions):
        at = f"{path}.misconceptions[{k}]"
        told = author.template(f"{at}.feedback", each.feedback, names, plan.texts)
        for text in [each.answer] if isinstance(each.answer, str) else each.answer:
            if plainest(text) in accept | set(known):
                author.fault(f"{at}.answer", f"{text!r} is right, or stands under another mistake.")
            known[plainest(text)] = Wrong(each.id, each.credit, told)
    return Words(
        accept,
        key.accept[0],
        known,
        author.template(f"{path}.feedback", key.feedback, names, plan.texts),
        author.template(f"{path}.wrong", key.wrong, names, plan.texts),
    )
