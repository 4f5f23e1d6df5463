"""Comparing formulas: equal, different or undecided, and the point that shows it."""

import math
from collections.abc import Mapping, Sequence

import pytest

from grader.quiz.expression import (
    Comparison,
    Domain,
    ExpressionError,
    Language,
    Reason,
    Verdict,
    compare,
    explain,
    parse,
    points,
)

LANGUAGE = Language(("x", "y", "s", "n"))
DOMAINS = {
    "x": Domain(-3, 3),
    "y": Domain(0.5, 2),
    "s": Domain(0.05, 0.95),
    "n": Domain(1, 6, whole=True),
}


# Recorded once: a variant's points may never move.
GOLDEN = [
    {"x": 2.667, "n": 1},
    {"x": -2.191, "n": 4},
    {"x": -0.536, "n": 6},
    {"x": 0.871, "n": 2},
]


def compared(
    answer: str,
    key: str,
    x: Domain = DOMAINS["x"],
    pinned: Sequence[Mapping[str, float]] = (),
    constants: Mapping[str, float] | None = None,
) -> Comparison:
    return compare(
        parse(answer, LANGUAGE),
        parse(key, LANGUAGE),
        {**DOMAINS, "x": x},
        seed="test",
        pinned=pinned,
        constants=constants or {},
    )


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("x s − x s²", "x*s*(1-s)"),
        ("σ(x)(1-σ(x))", "e^(-x)/(1+e^(-x))^2"),
        ("(e^x-e^-x)/(e^x+e^-x)", "tanh(x)"),
        ("sqrt(x^2)", "abs(x)"),
        ("max(x, 0)", "relu(x)"),
        ("(x^2-y^2)/(x-y)", "x+y"),
        ("x^2/x", "x"),
        ("sin(x)^2+cos(x)^2-1", "0"),
        ("(1e8+x)-1e8", "x"),
        ("1/3", "2/6"),
        ("n*(n+1)/2", "(n^2+n)/2"),
        ("cos(pi*n)", "(-1)^n"),
        ("0.1+0.2", "0.3"),
        ("log(e^(x/y))", "x/y"),
        ("(x + sqrt(x^2))/2", "relu(x)"),
        ("e^(10x)", "exp(5x)^2"),
    ],
)
def test_formulas_of_the_same_function_are_equal(answer: str, key: str) -> None:
    assert compared(answer, key).verdict == Verdict.EQUAL


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("s*(1-s)", "x*s*(1-s)"),
        ("x+1e-7", "x"),
        ("1e-10*x", "0"),
        ("1e-20*x", "2e-20*x"),
        ("x^3", "x^5"),
        ("abs(x)", "x"),
        ("1", "2"),
        ("x", "y"),
    ],
)
def test_formulas_of_different_functions_are_different(answer: str, key: str) -> None:
    assert compared(answer, key).verdict == Verdict.DIFFERENT


@pytest.mark.parametrize(
    "answer",
    [
        "9^9^9^9",
        "exp(1000+x)/exp(1000)",
        "(1e20+x)-1e20",
        "1e12*(sin(x)^2+cos(x)^2-1)+x",
        "1/(sin(x)^2+cos(x)^2-1)",
    ],
)
def test_what_overflows_or_loses_its_digits_is_undecided(answer: str) -> None:
    comparison = compared(answer, "x")
    assert (comparison.verdict, comparison.reason) == (Verdict.UNDECIDED, Reason.OVERFLOW)
    assert explain(comparison) == "Your formula grows too large, or loses too many digits, to be compared."


def test_two_values_too_small_for_a_float_are_not_taken_for_equal() -> None:
    assert compared("2*s^90000", "s^90000").verdict == Verdict.UNDECIDED


def test_a_value_too_small_for_a_float_is_not_taken_for_zero() -> None:
    assert compared("e^(1000*x)/e^(999*x)", "e^x").verdict == Verdict.UNDECIDED


@pytest.mark.parametrize("answer", ["x + 0*exp(-1000*x)", "x + 1e12*relu(-x)*(sin(x)^2+cos(x)^2-1)"])
def test_points_where_an_answer_is_wrong_cannot_be_hidden(answer: str) -> None:
    assert compared(answer, "relu(x)").verdict != Verdict.EQUAL


def test_a_formula_that_is_right_on_a_grid_only_is_different() -> None:
    assert compared("x + sin(1000*pi*x)", "x").verdict == Verdict.DIFFERENT


def test_a_key_without_values_decides_nothing() -> None:
    comparison = compared("x", "log(-y)")
    assert (comparison.verdict, comparison.reason) == (Verdict.UNDECIDED, Reason.FEW_POINTS)
    assert explain(comparison) == "The key has too few values in the stated domain to be compared with."


def test_the_domain_decides_whether_log_of_a_square_is_twice_a_log() -> None:
    assert compared("2 log(x)", "log(x^2)", x=Domain(0.1, 3)).verdict == Verdict.EQUAL
    comparison = compared("2 log(x)", "log(x^2)")
    assert (comparison.verdict, comparison.reason) == (Verdict.DIFFERENT, Reason.UNDEFINED)
    assert comparison.point is not None
    assert comparison.point["x"] < 0
    assert math.isnan(comparison.answer)
    assert comparison.key == math.log(comparison.point["x"] ** 2)


def test_where_only_the_key_is_undefined_the_question_does_not_ask() -> None:
    assert compared("log(x^2)", "2 log(x)").verdict == Verdict.EQUAL


def test_a_pinned_point_is_looked_at_though_chance_would_miss_it() -> None:
    assert compared("x^2/x", "x").verdict == Verdict.EQUAL
    comparison = compared("x^2/x", "x", pinned=[{"x": 0}])
    assert (comparison.verdict, comparison.reason, comparison.point) == (
        Verdict.DIFFERENT,
        Reason.UNDEFINED,
        {"x": 0},
    )
    assert explain(comparison) == "At x = 0 yours has no value, the key is 0."


def test_at_a_pinned_point_the_answer_may_be_defined_too_widely() -> None:
    comparison = compared("x", "x^2/x", pinned=[{"x": 0}])
    assert comparison.reason == Reason.DEFINED
    assert explain(comparison) == "At x = 0 the key has no value, yours is 0."


def test_a_difference_of_an_eyelash_looks_like_a_rounded_number() -> None:
    comparison = compared("0.333x", "x/3")
    assert comparison.reason == Reason.ROUNDED
    assert "leave numbers unrounded, as in 1/3." in explain(comparison)


def test_the_point_can_be_checked_by_hand() -> None:
    comparison = compared("x^2 + y", "x^2", x=Domain(-2, -2))
    assert comparison.point is not None
    assert set(comparison.point) == {"x", "y"}
    y = comparison.point["y"]
    assert (comparison.answer, comparison.key) == (4 + y, 4)
    assert explain(comparison).startswith(f"At x = −2, y = {y} yours is ")
    assert explain(comparison).endswith(", the key is 4.")


def test_values_are_shown_with_as_many_digits_as_tell_them_apart() -> None:
    assert explain(compared("1.0000001", "1")).startswith("Yours is 1.0000001, the key is 1.")


def test_constants_are_the_same_at_every_point() -> None:
    assert compared("x*n", "3*x", constants={"n": 3}).verdict == Verdict.DIFFERENT
    language = Language(("x", "c"))
    domains = {"x": Domain(-1, 1)}
    answer, key = parse("c*x", language), parse("3*x", language)
    assert compare(answer, key, domains, seed="test", constants={"c": 3}).verdict == Verdict.EQUAL
    with pytest.raises(ExpressionError, match=r"c has no value."):
        compare(answer, key, domains, seed="test")


def test_lists_are_not_compared() -> None:
    language = Language.of_authors(("x",))
    with pytest.raises(ExpressionError, match=r"Only formulas of single numbers can be compared."):
        compare(parse("[x]", language), parse("x", language), DOMAINS, seed="test")


def test_the_points_are_the_same_on_every_machine() -> None:
    domains = {"x": Domain(-3, 3), "n": Domain(1, 6, whole=True)}
    assert points(domains, "quiz-03/sigmoid-grad", 4) == points(domains, "quiz-03/sigmoid-grad", 4)
    assert points(domains, "quiz-03/sigmoid-grad", 4) == GOLDEN
    assert points(domains, "quiz-03/other", 4) != GOLDEN


def test_every_part_of_a_domain_is_visited() -> None:
    drawn = sorted(point["x"] for point in points({"x": Domain(0, 20)}, "test"))
    assert [int(x) for x in drawn] == list(range(20))


@pytest.mark.parametrize(
    ("low", "high", "whole"), [(1, 0, False), (0, math.inf, False), (math.nan, 1, False), (0.2, 0.8, True)]
)
def test_a_domain_that_holds_nothing_is_refused(low: float, high: float, whole: bool) -> None:
    with pytest.raises(ValueError, match=r"domain|whole number"):
        Domain(low, high, whole)
