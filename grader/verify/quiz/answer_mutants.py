"""Answers that are nearly right, made from one draw's key, and whether each is as good as the key itself."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from grader.quiz.expression import (
    Domain,
    ExpressionError,
    Node,
    Value,
    Verdict,
    compare,
    evaluate,
    shape_of,
    to_text,
)
from grader.quiz.expression.arrays import elementwise, entries_of
from grader.quiz.marking.choice import Choice, Truth
from grader.quiz.marking.formula import Formula
from grader.quiz.marking.letters import letter
from grader.quiz.marking.match import Match
from grader.quiz.marking.number import Numbers, text_of
from grader.quiz.marking.order import Order
from grader.quiz.marking.short import Words
from grader.quiz.spec import Formula as FormulaSpec
from grader.verify.quiz.formula_mutants import formula_mutants
from grader.verify.quiz.posed import Posed
from grader.verify.quiz.rewrite import with_numbers, written_out

# Two values that differ by less are the same one, computed in two ways.
_SAME = 1e-9
# Formulas that the marker takes for equal are compared again at other points, so many times.
_AGAIN = 3
# Entries of an array that are put off by one, each by itself.
_ENTRIES = 6


@dataclass(frozen=True, slots=True)
class Mutant:
    """An answer that is nearly right.

    Attributes:
        name: What was done to the key; the same in each draw.
        answer: As it would be typed.
        same: Tells whether it is as good as the key in this draw, found without the marker.
    """

    name: str
    answer: Any
    same: Callable[[], bool]


def nodes_of(posed: Posed) -> dict[str, Node]:
    """Give the mutants of a question's key as expressions, the same for all draws; none for choices."""
    marker = posed.read.marker
    if isinstance(marker, Numbers | Formula):
        return formula_mutants(written_out(marker.answer, posed.read.values))
    return {}


def mutants(posed: Posed, nodes: dict[str, Node]) -> Iterator[Mutant]:
    """Make the mutants of one draw.

    Args:
        posed: The question with its draw.
        nodes: What `nodes_of` gave.
    """
    marker = posed.read.marker
    match marker:
        case Numbers():
            right = marker.value(posed.situation)
            for name, node in nodes.items():
                yield from _number(name, _computed(node, posed), right)
            for name, value in _arrays(right):
                yield from _number(name, value, right)
        case Formula():
            for name, node in nodes.items():
                yield _formula(posed, marker, name, node)
        case Choice():
            yield from _choices(posed, marker)
        case Truth():
            answer = "false" if posed.right_answer() == "true" else "true"
            yield Mutant("the opposite", answer, _never)
        case Order():
            yield from _orders(posed, marker)
        case Match():
            yield from _pairs(posed)
        case Words():
            word = str(posed.right_answer())
            yield Mutant("a negation", f"not {word}", _never)
            yield Mutant("the first half", word[: len(word) // 2], _never)


def _never() -> bool:
    return False


def _computed(node: Node, posed: Posed) -> "Value | None":
    try:
        value = evaluate(node, posed.situation.numbers)
        shape_of(value)
    except ExpressionError:
        return None
    return value


def _number(name: str, value: "Value | None", right: Value) -> Iterator[Mutant]:
    """Leave out what has no value, and what has another shape, which no comparison gets to."""
    if value is None or not all(map(math.isfinite, entries_of(value))) or shape_of(value) != shape_of(right):
        return
    yield Mutant(name, text_of(value), lambda: _are_same(value, right))


def _are_same(one: Value, other: Value) -> bool:
    largest = max(map(abs, entries_of(other)), default=0.0)
    pairs = zip(entries_of(one), entries_of(other), strict=True)
    return all(abs(a - b) <= _SAME * max(largest, abs(a)) for a, b in pairs)


def _arrays(right: Value) -> Iterator[tuple[str, Value]]:
    """Change the entries of a vector or a matrix, and their places."""
    if not isinstance(right, tuple):
        return
    yield "the entries backwards", right[::-1]
    yield "the entries moved round by one", (*right[1:], right[0])
    yield "the first two entries swapped", (right[1], right[0], *right[2:]) if len(right) > 1 else right
    yield "the entries without their signs", elementwise(abs, right)
    if len(shape_of(right)) == 2:
        yield "the transpose", tuple(zip(*right, strict=True))
    for at in range(min(_ENTRIES, len(list(entries_of(right))))):
        yield f"entry {at + 1} off by 1", _off_by_one(right, at)


def _off_by_one(value: Value, at: int) -> Value:
    if not isinstance(value, tuple):
        return value + (at == 0)
    rows = []
    for entry in value:
        rows.append(_off_by_one(entry, at))
        at -= len(list(entries_of(entry)))
    return tuple(rows)


def _formula(posed: Posed, marker: Formula, name: str, node: Node) -> Mutant:
    numbers, domains = posed.situation.numbers, posed.plan.domains
    mutant = with_numbers(node, numbers)
    key = with_numbers(written_out(marker.answer, posed.read.values), numbers)
    assert isinstance(posed.question, FormulaSpec)
    pinned = posed.question.pinned
    return Mutant(name, to_text(mutant), lambda: _equal_elsewhere(mutant, key, domains, pinned))


def _equal_elsewhere(
    mutant: Node, key: Node, domains: Mapping[str, Domain], pinned: Sequence[Mapping[str, float]]
) -> bool:
    """Compare two formulas at points that the marker doesn't look at."""
    return all(
        compare(mutant, key, domains, seed=f"again/{k}", pinned=pinned).verdict is Verdict.EQUAL
        for k in range(_AGAIN)
    )


def _choices(posed: Posed, marker: Choice) -> Iterator[Mutant]:
    order = posed.drawn.order
    right = marker.rights(posed.situation)
    places = range(len(order))
    if marker.single:
        for at in places:
            if order[at] not in right:
                yield Mutant(f"the option {order[at]!r}", [letter(at)], _never)
        return
    for at in places:
        chosen = [letter(k) for k in places if (order[k] in right) != (k == at)]
        yield Mutant(f"the option {order[at]!r} chosen or left out wrongly", chosen, _never)
    if len(right) < len(order):
        yield Mutant("all options", [letter(k) for k in places], _never)
    if right:
        yield Mutant("no option", [], _never)


def _orders(posed: Posed, marker: Order) -> Iterator[Mutant]:
    right = list(marker.right)
    shown = posed.drawn.order

    def mutant(name: str, steps: list[str]) -> Mutant:
        place = {step: at for at, step in enumerate(steps)}
        allowed = all(place[a] < place[b] for a, b in marker.before)
        return Mutant(name, [letter(shown.index(step)) for step in steps], lambda: allowed)

    yield mutant("all steps backwards", right[::-1])
    yield mutant("the last step first", [right[-1], *right[:-1]])
    for at in range(len(right) - 1):
        swapped = [*right[:at], right[at + 1], right[at], *right[at + 2 :]]
        yield mutant(f"{right[at]!r} and {right[at + 1]!r} swapped", swapped)


def _pairs(posed: Posed) -> Iterator[Mutant]:
    right = posed.right_answer()
    assert isinstance(right, dict)
    for a, b in combinations(right, 2):
        if right[a] != right[b]:
            yield Mutant(f"the partners of {a} and {b} swapped", {**right, a: right[b], b: right[a]}, _never)
