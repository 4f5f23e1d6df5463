"""Say in a sentence why two formulas are different, for the learner who wrote one of them."""

import math
from collections.abc import Mapping

from grader.quiz.expression.compare import Comparison, Reason
from grader.quiz.expression.printing import number_text


def explain(comparison: Comparison) -> str:
    """Say where an answer and the key differ, or why that couldn't be found out; nothing where they are equal.

    The sentence holds values of the key: show it when the quiz's policy allows it.
    """
    match comparison.reason:
        case None:
            return ""
        case Reason.OVERFLOW:
            return "Your formula grows too large, or loses too many digits, to be compared."
        case Reason.FEW_POINTS:
            return "The key has too few values in the stated domain to be compared with."
    where = at_point(comparison.point or {})
    match comparison.reason:
        case Reason.UNDEFINED:
            sentence = f"{where}yours has no value, the key is {short(comparison.key)}."
        case Reason.DEFINED:
            sentence = f"{where}the key has no value, yours is {short(comparison.answer)}."
        case _:
            yours, key = apart(comparison.answer, comparison.key)
            sentence = f"{where}yours is {yours}, the key is {key}."
    sentence = sentence[0].upper() + sentence[1:]
    if comparison.reason == Reason.ROUNDED:
        sentence += " They are close everywhere: leave numbers unrounded, as in 1/3."
    return sentence


def at_point(point: Mapping[str, float]) -> str:
    """Write a point as `at x = −2, s = 0.4 `; nothing for no symbols."""
    return f"at {', '.join(f'{name} = {exactly(value)}' for name, value in point.items())} " if point else ""


def apart(one: float, other: float) -> tuple[str, str]:
    """Write two numbers with as few digits, at least three, as tell them apart."""
    for digits in range(3, 17):
        if short(one, digits) != short(other, digits):
            return short(one, digits), short(other, digits)
    return short(one, 17), short(other, 17)


def exactly(value: float) -> str:
    """Write a number with all its digits and a true minus sign."""
    return number_text(value).replace("-", "−")


def short(value: float, digits: int = 3) -> str:
    """Write a number with a few digits and a true minus sign."""
    if math.isnan(value):
        return "undefined"
    return f"{value:.{digits}g}".replace("-", "−")
