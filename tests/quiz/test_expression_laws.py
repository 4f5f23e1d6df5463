"""Laws of the expression language, under random texts and random formulas."""

import math
import operator
import time
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.quiz.expression import (
    Domain,
    ExpressionError,
    Language,
    Node,
    Value,
    Verdict,
    compare,
    evaluate,
    holds,
    number,
    numbers,
    parse,
    parse_condition,
    to_latex,
    to_text,
)
from grader.quiz.expression.measure import measure
from grader.quiz.expression.node import Binary, Call, Name, Negation, Number

LANGUAGE = Language(("x", "y", "w_1", "alpha"))
AUTHOR = Language.of_authors(("x", "y", "v", "M"))
DOMAINS = {symbol: Domain(-2, 3) for symbol in LANGUAGE.symbols}
VALUES = {"x": 0.5, "y": -2.0, "w_1": 3.0, "alpha": 1.25}
LISTS: dict[str, Value] = {"x": 0.5, "y": -2, "v": (1, 2, 3), "M": ((1, 2, 3), (4, 5, 6))}

# Rounds are few enough for the suite; tests/fuzz searches longer.
pytestmark = pytest.mark.filterwarnings("error")
LIMIT_S = 0.05

PIECES = [
    *"0123456789.+-*/^()[]{},;<>=! \n%|exyv",
    *(
        "**",
        "1e9",
        "1/2",
        "x_1",
        "w_1",
        "alpha",
        "pi",
        "exp(",
        "log(",
        "max(",
        "sum(",
        "clip(",
        "v[0]",
        "M[1,2]",
    ),
    *(
        "head(",
        "sort(",
        "matmul(",
        "²",
        "⁻¹",
        "₁",
        "½",
        "−",
        "·",
        "√",
        "σ",
        "α",
        "λ",
        "≤",
        "（",
        "ｘ",
        "\u0302",
        "\ud800",
    ),
]
TEXTS = st.one_of(
    st.text(st.characters(), max_size=600),
    st.lists(st.sampled_from(PIECES), max_size=150).map("".join),
)


def run(text: str) -> None:
    """Do with a text all that an answer goes through."""
    with suppress(ExpressionError):
        node = parse(text, LANGUAGE)
        to_latex(node)
        compare(node, Name("x"), DOMAINS, seed="law", pinned=[{"x": 0}])
    with suppress(ExpressionError):
        evaluate(parse(text, AUTHOR), LISTS)
    with suppress(ExpressionError):
        holds(parse_condition(text, AUTHOR), LISTS)
    with suppress(ExpressionError):
        assert math.isfinite(number(text))
    with suppress(ExpressionError):
        numbers(text)


def seconds(text: str) -> float:
    """Time a run on the processor."""
    started = time.process_time()
    run(text)
    return time.process_time() - started


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("9^9^9^9^9^9^9")
@example("(" * 512)
@example("x" * 512)
@example("\ufdfa" * 512)
@example("1 " * 256)
def test_any_text_is_read_or_refused_in_good_time(text: str) -> None:
    # The processor's time, and that of a second try: a loaded machine or the collection of garbage
    # may take longer than this in the middle of any run.
    assert any(seconds(text) <= LIMIT_S for _ in range(3))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_refusal_is_a_sentence_about_a_place_in_the_text(text: str) -> None:
    found: ExpressionError | None = None
    try:
        parse(text, LANGUAGE)
    except ExpressionError as error:
        found = error
    if found is not None:
        assert found.text == text
        assert 0 <= found.start <= found.end <= len(text) + 1
        assert found.message.endswith((".", "?"))
        line, carets, message = found.shown().splitlines()
        assert (set(carets.strip()), message) == ({"^"}, found.message)
        line.encode()


NUMBERS = st.one_of(
    st.integers(0, 20).map(float),
    st.floats(0, 1e6, allow_subnormal=False),
    st.sampled_from([1e-7, 1e22, 5e-324, 0.1]),
)


def grown(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Make formulas of smaller ones."""
    signs = st.sampled_from(list("+-*/^"))
    names = st.sampled_from(["exp", "log", "sqrt", "sin", "cos", "tanh", "abs"])
    return st.one_of(
        st.builds(Negation, children),
        st.builds(Binary, signs, children, children),
        st.builds(lambda name, one: Call(name, (one,)), names, children),
        st.builds(lambda one, other: Call("max", (one, other)), children, children),
    )


TREES = st.recursive(
    st.one_of(st.builds(Number, NUMBERS), st.builds(Name, st.sampled_from([*VALUES, "pi", "e"]))),
    grown,
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(TREES)
def test_what_is_printed_is_read_as_the_same(node: Node) -> None:
    assert parse(to_text(node), LANGUAGE) == node


def python(node: Node) -> str:
    """Write a formula in Python, every part in brackets."""
    match node:
        case Number(value):
            return f"({value!r})"
        case Name(name):
            return name
        case Negation(operand):
            return f"(-{python(operand)})"
        case Binary("^", left, right):
            return f"power({python(left)}, {python(right)})"
        case Binary(sign, left, right):
            return f"({python(left)} {sign} {python(right)})"
        case Call(function, arguments):
            return f"{function}({', '.join(map(python, arguments))})"
    raise AssertionError(node)


def power(base: float, exponent: float) -> float:
    """Raise to a power with Python's own operator; complex results are undefined."""
    if base < 0 and not exponent.is_integer():
        raise ValueError(base, exponent)
    return float(base**exponent)


@settings(max_examples=400, deadline=None)
@given(TREES)
def test_values_are_those_that_python_computes(node: Node) -> None:
    known = {name: getattr(math, name) for name in ("exp", "log", "sqrt", "sin", "cos", "tanh", "pi", "e")}
    ours = evaluate(parse(to_text(node), LANGUAGE), VALUES)
    assert isinstance(ours, float)
    try:
        theirs = eval(python(node), {**known, "abs": abs, "max": max, "power": power}, VALUES)
    except (ValueError, ZeroDivisionError, OverflowError):
        theirs = math.nan
    if math.isfinite(ours):
        assert ours == theirs
    elif math.isfinite(theirs):
        # Ours gives up at the first part that overflows; Python's goes on with infinity.
        assert ours == math.inf


def exact(node: Node) -> Fraction:
    """Compute a formula of + - * / on decimal numbers without rounding."""
    match node:
        case Number(value):
            return Fraction(repr(value))
        case Negation(operand):
            return -exact(operand)
        case Binary(sign, left, right):
            return OPERATORS[sign](exact(left), exact(right))
    raise AssertionError(node)


OPERATORS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
RATIONAL = st.recursive(
    st.one_of(st.integers(0, 9), st.floats(0, 1e3).map(lambda x: round(x, 3))).map(
        lambda x: Number(float(x))
    ),
    lambda few: st.one_of(
        st.builds(Negation, few), st.builds(Binary, st.sampled_from(list("+-*/")), few, few)
    ),
    max_leaves=20,
)


@settings(max_examples=400, deadline=None)
@given(RATIONAL)
def test_rounding_moves_no_value_further_than_its_bound(node: Node) -> None:
    found = measure(node, {})
    if math.isfinite(found.value) and math.isfinite(found.error):
        try:
            distance = abs(Fraction(found.value) - exact(node))
        except ZeroDivisionError:
            pytest.fail("a divisor of 0 was taken for another number")
        # The bound leaves products of two roundings out.
        assert distance <= Fraction(found.error) * Fraction(101, 100)


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_no_formula_differs_from_itself_in_other_words(node: Node) -> None:
    for same in (
        node,
        Negation(Negation(node)),
        Binary("-", Binary("+", node, Name("x")), Name("x")),
        Binary("*", Number(3.0), Binary("/", node, Number(3.0))),
    ):
        assert compare(same, node, DOMAINS, seed="law").verdict != Verdict.DIFFERENT


@settings(max_examples=150, deadline=None)
@given(TREES)
@example(Binary("^", Name("x"), Number(36391.0)))
def test_a_formula_that_is_a_tenth_too_large_is_never_equal(node: Node) -> None:
    larger = Binary("*", Number(1.1), node)
    values = [evaluate(node, dict.fromkeys(LANGUAGE.symbols, at)) for at in (0.3, 1.7)]
    comparison = compare(larger, node, DOMAINS, seed="law")
    if comparison.verdict == Verdict.EQUAL:
        assert all(
            value == 0 or value != value or abs(value) < 1e-300
            for value in values
            if isinstance(value, float)
        )
