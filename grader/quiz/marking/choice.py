"""Mark what was chosen among options, and what is true or false."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.quiz.author import Author
from grader.quiz.expression import Condition, holds
from grader.quiz.keyspec import BooleanKey, MultipleKey, SingleKey
from grader.quiz.marking.judged import Judged, Situation, Unreadable, judged
from grader.quiz.marking.letters import letter, letters, written
from grader.quiz.marking.plain import Plain, letters_of, one_text
from grader.quiz.plan import Plan
from grader.quiz.text import EMPTY, Template

_TRUE = frozenset(("true", "t", "yes", "y", "right"))
_FALSE = frozenset(("false", "f", "no", "n", "wrong"))
_LEFT_OUT = "Something that is right is left out."


@dataclass(frozen=True, slots=True)
class Choice:
    """The key of a choice.

    Attributes:
        single: Whether one option is asked for.
        right: For each option whether, or under which condition, it is right.
        told: What is said of an option that was chosen.
        missed: What is said of a right option that was left out.
        feedback: What is said of a right answer.
    """

    single: bool
    right: Mapping[str, Condition | bool]
    told: Mapping[str, Template]
    missed: Mapping[str, Template]
    feedback: Template

    def rights(self, situation: Situation) -> frozenset[str]:
        """Give the ids of the options that are right in this draw."""
        return frozenset(
            name
            for name, condition in self.right.items()
            if (condition if isinstance(condition, bool) else holds(condition, situation.numbers))
        )

    def mark(self, answer: Plain, situation: Situation) -> Judged:
        """Mark letters."""
        order = situation.drawn.order
        places = sorted(set(letters(answer, len(order))))
        if self.single and len(places) != 1:
            raise Unreadable(f"One letter is asked for, from a to {letter(len(order) - 1)}.")
        chosen = [order[place] for place in places]
        right = self.rights(situation)
        credit = float(chosen[0] in right) if self.single else credit_of(set(chosen), right, len(order))
        feedback = " ".join(self._said(chosen, right, credit, situation))
        return judged(credit, feedback, read_as=written(places) or "none")

    def _said(
        self, chosen: list[str], right: frozenset[str], credit: float, situation: Situation
    ) -> Iterator[str]:
        if credit == 1:
            if self.feedback:
                yield self.feedback.filled(situation.values)
            elif self.single:
                yield self.told.get(chosen[0], EMPTY).filled(situation.values)
            return
        for name in chosen:
            if name not in right and self.told.get(name):
                yield self.told[name].filled(situation.values)
        missed = [name for name in situation.drawn.order if name in right and name not in chosen]
        if missed and not self.single:
            said = [self.missed[name].filled(situation.values) for name in missed if self.missed.get(name)]
            yield from said or [_LEFT_OUT]

    def key(self, situation: Situation) -> Plain:
        """Give the right answer as it would be written."""
        right = self.rights(situation)
        named = [letter(place) for place, name in enumerate(situation.drawn.order) if name in right]
        return named[0] if self.single and named else [*named]


def credit_of(chosen: set[str], right: frozenset[str], count: int) -> float:
    """Give the credit of a set of chosen options: t/c - f/w, and nothing below 0.

    With c right and w wrong options, t of the right and f of the wrong ones chosen: choosing all
    or none earns nothing. Without right options choosing none is right.
    """
    wrong = count - len(right)
    if not right:
        return float(not chosen)
    found = len(chosen & right) / len(right)
    return max(0.0, found - (len(chosen - right) / wrong if wrong else 0.0))


@dataclass(frozen=True, slots=True)
class Truth:
    """The key of a true-or-false question."""

    answer: Condition | bool
    feedback: Template
    wrong: Template

    def mark(self, answer: Plain, situation: Situation) -> Judged:
        """Mark true or false."""
        word = letters_of(one_text(answer, "true or false")).strip(".!")
        if word not in _TRUE | _FALSE:
            raise Unreadable("Write true or false.")
        said = word in _TRUE
        right = said == self._is_true(situation)
        told = self.feedback if right else self.wrong
        return judged(float(right), told.filled(situation.values), read_as="true" if said else "false")

    def _is_true(self, situation: Situation) -> bool:
        return self.answer if isinstance(self.answer, bool) else holds(self.answer, situation.numbers)

    def key(self, situation: Situation) -> Plain:
        """Give the right answer as it would be written."""
        return "true" if self._is_true(situation) else "false"


def choice(author: Author, plan: Plan, key: SingleKey | MultipleKey, path: str, names: list[str]) -> Choice:
    """Read the key of a choice; faults are noted with the author."""
    given = key.right if isinstance(key.right, dict) else dict.fromkeys(key.right, True)
    missed = key.missed if isinstance(key, MultipleKey) else {}
    single = isinstance(key, SingleKey)
    for where, ids in (("right", given), ("options", key.options), ("missed", missed)):
        author.known(f"{path}.{where}", ids, plan.options, "an option of the question")
    if isinstance(key.right, list) and single and len(set(key.right)) != 1:
        author.fault(f"{path}.right", f"names {len(set(key.right))} options; one is asked for.")
    for name in plan.options:
        if name not in key.options and (single or given.get(name) is not True):
            author.fault(f"{path}.options.{name}", "is missing: each option needs its feedback.")
    return Choice(
        single,
        {
            name: _condition(author, f"{path}.right.{name}", given.get(name, False), names)
            for name in plan.options
        },
        {
            name: author.template(f"{path}.options.{name}", text, names, plan.texts)
            for name, text in key.options.items()
        },
        {
            name: author.template(f"{path}.missed.{name}", text, names, plan.texts)
            for name, text in missed.items()
        },
        author.template(f"{path}.feedback", key.feedback, names, plan.texts),
    )


def truth(author: Author, plan: Plan, key: BooleanKey, path: str, names: list[str]) -> Truth:
    """Read the key of a true-or-false question; faults are noted with the author."""
    return Truth(
        _condition(author, f"{path}.answer", key.answer, names),
        author.template(f"{path}.feedback", key.feedback, names, plan.texts),
        author.template(f"{path}.wrong", key.wrong, names, plan.texts),
    )


def _condition(author: Author, path: str, given: bool | str, names: list[str]) -> Condition | bool:
    return given if isinstance(given, bool) else author.condition(path, given, names)
