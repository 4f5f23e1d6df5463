"""The keys of quiz 04 are what counting, exact fractions and the standard library's statistics give."""

import itertools
import math
import statistics
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tests.quiz.quiz_content import Oracle, computed_questions, floats, hold_against, right_options

Params = Mapping[str, Any]


def _exact(value: float) -> Fraction:
    """Give the decimal number that was written."""
    return Fraction(repr(value))


def _spam(p: Params) -> float:
    """Count in a million mails."""
    spam = 10**6 * _exact(p["prior"])
    with_word = spam * _exact(p["tpr"])
    others = (10**6 - spam) * _exact(p["fpr"])
    return float(with_word / (with_word + others))


def _map_estimate(p: Params) -> float:
    """Climb to the highest point of the log posterior, by golden sections."""

    def height(x: float) -> float:
        likelihood: float = p["k"] * math.log(x) + p["m"] * math.log1p(-x)
        prior: float = (p["a"] - 1) * math.log(x) + (p["b"] - 1) * math.log1p(-x)
        return likelihood + prior

    low, high = 1e-9, 1 - 1e-9
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(60):
        one, other = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, other) if height(one) > height(other) else (one, high)
    return (low + high) / 2


def _heights(p: Params) -> float:
    people = statistics.NormalDist(1.70, p["s"])
    return float(people.cdf(1.80) - people.cdf(1.60))


def _exactly_two(p: Params) -> float:
    """Add up the probabilities of all outcomes in which two tasks are solved."""
    solved = _exact(p["p"])
    outcomes = itertools.product((True, False), repeat=int(p["n"]))
    return float(
        sum(
            math.prod(solved if task else 1 - solved for task in tasks)
            for tasks in outcomes
            if sum(tasks) == 2
        )
    )


QUIZ_04: dict[str, Oracle] = {
    "spam": _spam,
    "expectation": lambda p: float(sum(_exact(q) * _exact(x) for q, x in zip(p["p"], p["x"], strict=True))),
    "sample_variance": lambda p: statistics.variance(p["x"]),
    "map_estimate": _map_estimate,
    "heights": _heights,
    "continuation": lambda p: float(math.prod(map(_exact, p["p"]))),
    "covariance_sample": lambda p: np.cov(p["x"], p["y"])[0, 1],
    "exactly_two": _exactly_two,
}

# A search for the highest point of a curve finds it to half of a float's digits.
RTOL = {"map_estimate": 1e-6}


@pytest.mark.parametrize("question", QUIZ_04)
def test_the_keys_of_quiz_04_are_what_an_independent_computation_gives(question: str) -> None:
    hold_against(QUIZ_04[question], "quiz-04", question, RTOL.get(question, 1e-9))


def test_every_computed_question_has_an_oracle() -> None:
    assert set(QUIZ_04) == computed_questions("quiz-04")


def test_the_errors_of_the_two_models_are_as_told() -> None:
    roots = [math.sqrt(0.1**2 + variance) for variance in (0.01, 0.1)]
    assert [round(root, 3) for root in roots] == [0.141, 0.332]
    assert right_options("quiz-04", "two_models") == {"rms"}


def test_a_symmetric_variable_and_its_square_show_what_zero_covariance_leaves_open() -> None:
    x = floats([-1, 0, 1])
    y = x**2
    covariance = np.mean(x * y) - x.mean() * y.mean()
    assert covariance == 0
    told = {
        "line": np.isclose(np.polyfit(x, y, 1)[0], 0),
        "implied": True,
        "independent": False,  # P(x = 0, y = 1) = 0, but both are possible
        "sum": np.isclose((x + y).var(), x.var() + y.var()),
        "function": False,  # y = x^2
    }
    assert {name for name, true in told.items() if true} == right_options("quiz-04", "uncorrelated")
