"""Draw a quiz's numbers and the order of its options from a seed."""

import decimal
from collections.abc import Mapping, Sequence
from itertools import islice

from grader.errors import CourseFault
from grader.quiz.counter import Counter
from grader.quiz.expression import ExpressionError, Node, Value, evaluate, holds
from grader.quiz.plan import Chosen, Picked, Plan, Ranged, Shuffled, Step
from grader.quiz.quiz import Quiz
from grader.quiz.spec import Multiple, Single
from grader.quiz.text import Param
from grader.quiz.variant import Drawn, Variant

# After so many draws that break a condition the question is given up as faulty.
MAX_DRAWS = 400
MAX_VALUES = 256

# Divides the parameters' names from what else is drawn for a question.
_ORDER = "/order"


class _Unfit(Exception):  # never leaves this module: the numbers are drawn again
    """The numbers that were drawn don't go together."""


def draw(quiz: Quiz, seed: str) -> Variant:
    """Draw a whole quiz.

    Args:
        quiz: The quiz.
        seed: Names the draw: a learner's seed, or `practice-3`.

    Raises:
        CourseFault: A question's numbers can't be drawn, or never meet its conditions.
    """
    return Variant(quiz.id, seed, {name: draw_question(quiz, name, seed) for name in quiz.plans})


def draw_question(quiz: Quiz, question: str, seed: str) -> Drawn:
    """Draw one question.

    Raises:
        CourseFault: Its numbers can't be drawn, or never meet its conditions.
    """
    plan = quiz.plans[question]
    try:
        params = _params(plan, quiz.id, seed)
    except ExpressionError as error:
        raise CourseFault(f"{quiz.where}: {plan.path}.params: {error.message}") from None
    if params is None:
        raise CourseFault(
            f"{quiz.where}: {plan.path}.require: none of {MAX_DRAWS} draws meets it; widen the parameters."
        )
    return Drawn(params, _order(plan, quiz.id, seed))


def _params(plan: Plan, quiz: str, seed: str) -> dict[str, Param] | None:
    for retry in range(MAX_DRAWS):
        try:
            params, numbers = _once(plan, quiz, retry, seed)
        except _Unfit:
            continue
        if all(holds(condition, numbers) for condition in plan.require):
            return params
    return None


def _once(plan: Plan, quiz: str, retry: int, seed: str) -> tuple[dict[str, Param], dict[str, Value]]:
    """Draw the parameters, and give them once more without the texts."""
    params: dict[str, Param] = {}
    numbers: dict[str, Value] = {}
    for step in plan.steps:
        value = _value(step, Counter(quiz, plan.question.id, step.name, retry, seed), numbers)
        params[step.name] = value
        if step.name not in plan.texts:
            numbers[step.name] = value  # type: ignore[assignment]  # no text, says the plan
    return params, numbers


def _value(step: Step, counter: Counter, numbers: Mapping[str, Value]) -> Param:
    match step.source:
        case Chosen(values):
            return _repeated(step, values, counter, numbers)
        case Ranged(low, high, width):
            return _repeated(
                step, _Range(_number(low, numbers), _number(high, numbers), width), counter, numbers
            )
        case Picked(values, by):
            place = _number(by, numbers)
            if place not in range(len(values)):
                raise ExpressionError(f"{step.name}: there is no entry {place:g} among {len(values)}.")
            return values[int(place)]
        case Shuffled(values):
            return tuple(counter.shuffled(values))
        case node:
            value = evaluate(node, numbers)
            if value != value or value in (float("inf"), float("-inf")):  # nan
                raise _Unfit
            return value


class _Range(Sequence[float]):
    """The numbers from one end to the other, whole or in exact decimal steps."""

    def __init__(self, low: float, high: float, step: float | None) -> None:
        self._low, self._step = _exact(low), _exact(1 if step is None else step)
        self._whole = step is None
        self._count = int((_exact(high) - self._low) // self._step) + 1
        if high < low or (self._whole and low != int(low)):
            raise _Unfit

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> float:  # type: ignore[override]  # slices aren't asked for
        value = self._low + place * self._step
        return int(value) if self._whole else float(value)


def _exact(value: float) -> decimal.Decimal:
    """Give the number that was written: 0.1, not the float nearest to it."""
    return decimal.Decimal(repr(value))


def _repeated(step: Step, values: Sequence[Param], counter: Counter, numbers: Mapping[str, Value]) -> Param:
    if not step.size:
        return values[counter.below(len(values))]
    size = [_amount(step, node, numbers) for node in step.size]
    count = size[0] * (size[1] if len(size) > 1 else 1)
    if count > MAX_VALUES:
        raise ExpressionError(f"{step.name}: {count} values are more than the {MAX_VALUES} that are drawn.")
    if step.distinct and count > len(values):
        raise ExpressionError(f"{step.name}: there aren't {count} different values, only {len(values)}.")
    places = (
        counter.distinct(count, len(values))
        if step.distinct
        else [counter.below(len(values)) for _ in range(count)]
    )
    drawn = iter(tuple(values[place] for place in places))
    if len(size) == 1:
        return tuple(drawn)
    return tuple(tuple(islice(drawn, size[1])) for _ in range(size[0]))


def _amount(step: Step, node: Node, numbers: Mapping[str, Value]) -> int:
    amount = _number(node, numbers)
    if amount != int(amount) or amount < 1:
        raise ExpressionError(f"{step.name}: {amount:g} is no number of values.")
    return int(amount)


def _number(node: Node, numbers: Mapping[str, Value]) -> float:
    value = evaluate(node, numbers)
    if isinstance(value, tuple):
        raise ExpressionError("a list stands where a number is needed.")
    if value != value or value in (float("inf"), float("-inf")):  # nan
        raise _Unfit
    return value


def _order(plan: Plan, quiz: str, seed: str) -> tuple[str, ...]:
    question = plan.question
    if isinstance(question, Single | Multiple) and not question.shuffle:
        return tuple(plan.options)
    # From their sorted ids, so that the draw doesn't depend on how the file is laid out.
    return tuple(Counter(quiz, question.id, _ORDER, 0, seed).shuffled(sorted(plan.options)))
