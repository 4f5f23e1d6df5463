"""Mark a formula: by its values, never by its text."""

import math
from dataclasses import dataclass, replace

from grader.errors import CourseFault
from grader.quiz import keyspec
from grader.quiz.author import Author
from grader.quiz.expression import (
    Comparison,
    Condition,
    Node,
    Reason,
    Verdict,
    compare,
    evaluate,
    explain,
    holds,
    names_of,
    parse,
    to_text,
)
from grader.quiz.expression.node import Binary, Call, Entry, Items, Name, Negation, Number
from grader.quiz.marking.judged import Judged, Situation, Status, judged
from grader.quiz.marking.plain import Plain, one_text, typed
from grader.quiz.plan import Plan
from grader.quiz.spec import Formula as FormulaSpec
from grader.quiz.text import Template

# No rounding moves the value of a sensible formula by as large a share.
_FAR = 1e-3


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known wrong formula."""

    id: str
    answer: Node
    credit: float
    feedback: Template
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Formula:
    """The key of a formula.

    Attributes:
        counterexample: Whether a wrong answer is shown a point where it differs.
    """

    answer: Node
    mistakes: tuple[Mistake, ...]
    counterexample: bool
    feedback: Template
    wrong: Template

    def mark(self, answer: Plain, situation: Situation) -> Judged:
        """Mark what was typed."""
        plan = situation.plan
        assert plan.language is not None
        given = typed(parse, one_text(answer, "a formula"), plan.language)
        read_as = to_text(given)
        found = self._compared(given, self.answer, situation)
        if found.verdict is Verdict.EQUAL:
            return judged(1.0, self.feedback.filled(situation.values), read_as=read_as)
        if found.verdict is Verdict.UNDECIDED:
            if found.reason is Reason.FEW_POINTS:
                raise CourseFault("the key has too few values in the stated domain")
            return Judged(Status.UNDECIDED, feedback=explain(found), read_as=read_as)
        for mistake in self.mistakes:
            if mistake.when is not None and not holds(mistake.when, situation.numbers):
                continue
            if _is_far(mistake.answer, found, situation):
                continue
            if self._compared(given, mistake.answer, situation).verdict is Verdict.EQUAL:
                told = mistake.feedback.filled(situation.values)
                return judged(mistake.credit, told, misconception=mistake.id, read_as=read_as)
        said = explain(found) if self.counterexample else ""
        told = " ".join(filter(None, (self.wrong.filled(situation.values), said)))
        return judged(0.0, told, read_as=read_as)

    def _compared(self, given: Node, key: Node, situation: Situation) -> Comparison:
        question = situation.plan.question
        assert isinstance(question, FormulaSpec)
        constants = {name: value for name, value in situation.numbers.items() if not isinstance(value, tuple)}
        return compare(
            given,
            key,
            situation.plan.domains,
            seed=f"{situation.quiz}/{question.id}",
            pinned=question.pinned,
            constants=constants,
        )

    def key(self, situation: Situation) -> Plain:
        """Give the key as it would be typed, with this draw's numbers in it."""
        return to_text(_with_numbers(self.answer, situation))


def _is_far(mistake: Node, found: Comparison, situation: Situation) -> bool:
    """Tell whether a mistake has clearly another value than the answer at the point where that left the key.

    One point is enough to rule most mistakes out, at a twentieth of what a whole comparison takes.
    """
    point = found.point or {}
    if not names_of(mistake) & set(situation.plan.domains) <= set(point):
        return False
    value = evaluate(mistake, {**situation.numbers, **point})
    if isinstance(value, tuple) or not (math.isfinite(value) and math.isfinite(found.answer)):
        return False
    return abs(value - found.answer) > _FAR * max(abs(value), abs(found.answer))


def _with_numbers(node: Node, situation: Situation) -> Node:
    """Put numbers in place of parameters."""

    def inside(part: Node) -> Node:
        return _with_numbers(part, situation)

    match node:
        case Name(name) if name in situation.numbers:
            value = situation.numbers[name]
            if isinstance(value, tuple):
                return node
            return Negation(Number(float(-value))) if value < 0 else Number(float(value))
        case Negation(operand):
            return Negation(inside(operand))
        case Binary(operator, left, right):
            return Binary(operator, inside(left), inside(right))
        case Call(_, arguments):
            return replace(node, arguments=tuple(map(inside, arguments)))
        case _:
            return node


def formula(author: Author, plan: Plan, key: keyspec.FormulaKey, path: str, names: list[str]) -> Formula:
    """Read the key of a formula; faults are noted with the author."""
    question = plan.question
    assert isinstance(question, FormulaSpec)
    for name in sorted(set(key.values) & set(question.symbols)):
        author.fault(f"{path}.values.{name}", "is a symbol of the question too; give it another name.")
    both = [*names, *question.symbols]

    def node(at: str, given: object) -> Node:
        found = author.expression(at, given, both)
        if isinstance(found, Items | Entry):
            author.fault(
                at, "is a list or an entry of one; compute a number under 'values' and use its name."
            )
        return found

    return Formula(
        node(f"{path}.answer", key.answer),
        tuple(
            Mistake(
                each.id,
                node(f"{path}.misconceptions[{k}].answer", each.answer),
                each.credit,
                author.template(f"{path}.misconceptions[{k}].feedback", each.feedback, names, plan.texts),
                None
                if each.when is None
                else author.condition(f"{path}.misconceptions[{k}].when", each.when, names),
            )
            for k, each in enumerate(key.misconceptions)
        ),
        key.counterexample,
        author.template(f"{path}.feedback", key.feedback, names, plan.texts),
        author.template(f"{path}.wrong", key.wrong, names, plan.texts),
    )
