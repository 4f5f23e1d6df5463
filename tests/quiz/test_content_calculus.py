"""The keys of quiz 03 are what exact fractions, complex steps and simulations give."""

import cmath
from collections.abc import Mapping
from fractions import Fraction
from math import factorial
from typing import Any

import numpy as np
import pytest

from grader.quiz.expression import Language, evaluate, parse
from tests.quiz.quiz_content import (
    Oracle,
    computed_questions,
    course_quiz,
    derivative,
    floats,
    formulas,
    hold_against,
    right_options,
    variant_of,
)

Params = Mapping[str, Any]


def _exact(value: float) -> Fraction:
    """Give the decimal number that was written."""
    return Fraction(repr(value))


def _gradient(p: Params) -> list[float]:
    x, y, c = p["p"], p["q"], p["c"]
    return [derivative(lambda t: t * t * y + c * y, x), derivative(lambda t: x * x * t + c * t, y)]


def _composition(p: Params) -> Any:
    """Send the unit vectors through both maps, one after the other."""
    f, g = floats(p["jf"]), floats(p["jg"])
    return np.stack([g @ (f @ unit) for unit in np.eye(2)], axis=1)


def _stable_rate(p: Params) -> float:
    """Look for the bound by trying: does the iteration from (1, 1) shrink?"""
    curvatures = floats([p["low"], p["high"]])

    def converges(rate: float) -> bool:
        return bool(np.all(np.abs(1 - rate * curvatures) < 1))

    low, high = 0.0, 10.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if converges(middle) else (low, middle)
    return low


def _central_difference(p: Params) -> float:
    a, h = _exact(p["a"]), _exact(p["h"])
    return float(((a + h) ** 3 - (a - h) ** 3) / (2 * h))


def _saliency(p: Params) -> list[float]:
    """Build the quadratic loss around its minimum, and set one weight after the other to 0."""
    w, h = floats(p["w"]), floats(p["h"])

    def rise(at: Any) -> float:
        return float((at - w) @ np.diag(h) @ (at - w) / 2)

    return [rise(np.where(np.arange(3) == k, 0, w)) for k in range(3)]


QUIZ_03: dict[str, Oracle] = {
    "price_partial": lambda p: derivative(lambda age: p["a"] * 70 - p["b"] * age * age, p["t"]),
    "gradient": _gradient,
    "composition": _composition,
    "stable_rate": _stable_rate,
    "taylor": lambda p: float(sum(_exact(p["h"]) ** k / factorial(k) for k in range(3))),
    "central_difference": _central_difference,
    "saliency": _saliency,
    "shared_node": lambda p: derivative(lambda x: x * (x + p["y"]), p["x"]),
}
FORMULAS = {"sigmoid_derivative", "chain_sigmoid"}


@pytest.mark.parametrize("question", QUIZ_03)
def test_the_keys_of_quiz_03_are_what_an_independent_computation_gives(question: str) -> None:
    hold_against(QUIZ_03[question], "quiz-03", question)


def test_every_computed_question_has_an_oracle() -> None:
    assert set(QUIZ_03) | FORMULAS == computed_questions("quiz-03")


def _sigmoid(z: complex) -> complex:
    return 1 / (1 + cmath.exp(-z))


@pytest.mark.parametrize("x", np.linspace(-6, 6, 25))
def test_the_derivative_of_the_sigmoid_is_its_slope(x: float) -> None:
    key = parse(formulas("quiz-03", "sigmoid_derivative"), Language(("x",)))
    assert evaluate(key, {"x": x}) == pytest.approx(derivative(_sigmoid, x), rel=1e-12)


def test_the_chain_through_a_sigmoid_is_the_slope_in_the_weight() -> None:
    key = parse(formulas("quiz-03", "chain_sigmoid"), Language(("s", "w", "x", "b")))
    for w, x, b in np.random.default_rng(7).uniform(-2, 2, (50, 3)):
        values = {"s": _sigmoid(w * x + b).real, "w": w, "x": x, "b": b}
        slope = derivative(lambda t, x=x, b=b: _sigmoid(t * x + b), w)  # type: ignore[misc]  # bound now
        assert evaluate(key, values) == pytest.approx(slope, rel=1e-12)


def test_each_drawn_critical_point_is_a_saddle() -> None:
    quiz, _ = course_quiz("quiz-03")
    assert right_options("quiz-03", "critical_point") == {"saddle"}
    for seed in range(50):
        p = variant_of(quiz, "critical_point", seed).questions["critical_point"].params
        low, high = np.linalg.eigvalsh(np.diag(floats([p["a"], -p["b"]]) * p["turn"]))  # type: ignore[operator]
        assert low < 0 < high


def test_the_first_weight_is_the_largest_and_the_cheapest_to_lose() -> None:
    quiz, _ = course_quiz("quiz-03")
    for seed in range(200):
        p = variant_of(quiz, "saliency", seed).questions["saliency"].params
        assert np.argmax(floats(p["w"])) == 0 == np.argmin(_saliency(p))
