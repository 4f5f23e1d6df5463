"""Mark a number, a vector or a matrix: first the shape, then the entries."""

import math
from dataclasses import dataclass

from grader.errors import CourseFault
from grader.quiz import keyspec
from grader.quiz.author import Author
from grader.quiz.expression import (
    Condition,
    Node,
    Value,
    evaluate,
    holds,
    number,
    number_text,
    numbers,
    shape_of,
)
from grader.quiz.expression.arrays import entries_of
from grader.quiz.marking.judged import Judged, Situation, Unreadable, judged
from grader.quiz.marking.plain import Plain, as_typed, letters_of, one_text, typed
from grader.quiz.marking.symptom import symptom
from grader.quiz.marking.tolerance import tolerance_for
from grader.quiz.plan import Plan
from grader.quiz.text import Template

# What no expression gives, but a known wrong answer may be: an overflow taken for the result.
_LIMITS = {"inf": math.inf, "+inf": math.inf, "infinity": math.inf, "∞": math.inf, "-inf": -math.inf,
           "-infinity": -math.inf, "-∞": -math.inf, "−∞": -math.inf, "−inf": -math.inf}  # fmt: skip

_RANKS = {"numeric": 0, "vector": 1, "matrix": 2}
_WANTED = ("a number", "a vector, such as [1, 2]", "a matrix, such as [[1, 2], [3, 4]]")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known wrong answer.

    Attributes:
        answer: An expression, or an infinity.
        when: Under which condition it is looked for; None for always.
    """

    id: str
    answer: Node | float
    credit: float
    feedback: Template
    when: Condition | None
    tolerance: keyspec.Tolerance | None

    def value(self, situation: Situation) -> Value:
        """Give its value in this draw; nan where it has none or isn't looked for."""
        if isinstance(self.answer, float):
            return self.answer
        if self.when is not None and not holds(self.when, situation.numbers):
            return math.nan
        return evaluate(self.answer, situation.numbers)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The key of a number, a vector or a matrix.

    Attributes:
        rank: 0 for a number, 1 for a vector, 2 for a matrix.
    """

    rank: int
    answer: Node
    tolerance: keyspec.Tolerance | None
    exact: bool
    mistakes: tuple[Mistake, ...]
    feedback: Template
    wrong: Template

    def value(self, situation: Situation) -> Value:
        """Compute the key.

        Raises:
            CourseFault: It has no value, or another shape than the question's type.
        """
        value = evaluate(self.answer, situation.numbers)
        if not all(map(math.isfinite, entries_of(value))):
            raise CourseFault("the key has no value for these numbers")
        if len(shape_of(value)) != self.rank:
            raise CourseFault(f"the key is no {situation.plan.question.type} for these numbers")
        return value

    def mark(self, answer: Plain, situation: Situation) -> Judged:
        """Mark what was typed."""
        right = self.value(situation)
        given = self._read(answer, right)
        read_as = text_of(given)
        if tolerance_for(right, self.tolerance, exact=self.exact).same(given, right):
            return judged(1.0, self.feedback.filled(situation.values), read_as=read_as)
        for mistake in self.mistakes:
            known = mistake.value(situation)
            stated = mistake.tolerance or self.tolerance
            if tolerance_for(known, stated, exact=False).same(given, known):
                told = mistake.feedback.filled(situation.values)
                return judged(mistake.credit, told, misconception=mistake.id, read_as=read_as)
        if given in (math.inf, -math.inf):
            raise Unreadable("Infinity is not a number here.")
        return self._wrong(given, right, situation, read_as)

    def _read(self, answer: Plain, right: Value) -> Value:
        if self.rank == 0:
            text = one_text(answer, _WANTED[0])
            limit = _LIMITS.get(letters_of(text))
            return typed(number, text) if limit is None else limit
        if isinstance(answer, dict):
            raise Unreadable(f"Your answer is a mapping; {_WANTED[self.rank]} is asked for.")
        value = typed(numbers, as_typed(answer))
        shape = shape_of(value)
        if self.rank == 1 and len(shape) == 2 and 1 in shape:
            # A single row or column is a vector too.
            return tuple(entries_of(value))
        if self.rank == 2 and len(shape) == 1 and isinstance(value, tuple) and shape_of(right)[0] == 1:
            return (value,)
        if len(shape) != self.rank:
            found = ("a single number", "a vector", "a matrix", "a list of matrices")[len(shape)]
            raise Unreadable(f"Your answer is {found}; {_WANTED[self.rank]} is asked for.")
        return value

    def _wrong(self, given: Value, right: Value, situation: Situation, read_as: str) -> Judged:
        told = self.wrong.filled(situation.values)
        if shape_of(given) != shape_of(right):
            size = [evaluate(node, situation.numbers) for node in situation.plan.size]
            if size and tuple(size) != shape_of(given):
                # The prompt tells the shape, so this is a slip of form.
                wanted = " by ".join(number_text(float(each)) for each in size if not isinstance(each, tuple))
                raise Unreadable(f"Your answer has {_sized(given)}; {wanted} are asked for.")
            said = f"Your answer has {_sized(given)}, and the right one has another shape."
            return judged(0.0, " ".join(filter(None, (said, told))), read_as=read_as)
        seen = symptom(given, right, tolerance_for(right, self.tolerance, exact=self.exact))
        return judged(0.0, " ".join(filter(None, (seen, told))), read_as=read_as)

    def key(self, situation: Situation) -> Plain:
        """Give the right answer as it would be written."""
        return _listed(self.value(situation))


def text_of(value: Value) -> str:
    """Write a value as it can be typed."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(text_of, value))}]"
    return number_text(float(value))


def _listed(value: Value) -> Plain:
    return [_listed(entry) for entry in value] if isinstance(value, tuple) else text_of(value)


def _sized(value: Value) -> str:
    shape = shape_of(value)
    if len(shape) == 2:
        return f"{shape[0]} by {shape[1]} entries"
    return f"{shape[0]} {'entry' if shape[0] == 1 else 'entries'}"


def read_numbers(
    author: Author, plan: Plan, key: keyspec.NumericKey | keyspec.ArrayKey, path: str, names: list[str]
) -> Numbers:
    """Read the key of a number, a vector or a matrix; faults are noted with the author."""
    return Numbers(
        _RANKS[plan.question.type],
        author.expression(f"{path}.answer", key.answer, names),
        key.tolerance,
        key.exact,
        tuple(
            _mistake(author, plan, each, f"{path}.misconceptions[{k}]", names)
            for k, each in enumerate(key.misconceptions)
        ),
        author.template(f"{path}.feedback", key.feedback, names, plan.texts),
        author.template(f"{path}.wrong", key.wrong, names, plan.texts),
    )


def _mistake(
    author: Author, plan: Plan, given: keyspec.Misconception, path: str, names: list[str]
) -> Mistake:
    if isinstance(given.answer, float) and not math.isfinite(given.answer):
        limit: float | None = given.answer
    else:
        limit = _LIMITS.get(given.answer) if isinstance(given.answer, str) else None
    return Mistake(
        given.id,
        author.expression(f"{path}.answer", given.answer, names) if limit is None else limit,
        given.credit,
        author.template(f"{path}.feedback", given.feedback, names, plan.texts),
        None if given.when is None else author.condition(f"{path}.when", given.when, names),
        given.tolerance,
    )
