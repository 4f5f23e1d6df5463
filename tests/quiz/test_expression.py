"""Reading formulas: what is accepted and how, what is refused, and what the message says and points at."""

import subprocess
import sys

import pytest

from grader.quiz.expression import (
    ExpressionError,
    Language,
    Value,
    evaluate,
    holds,
    names_of,
    parse,
    parse_condition,
    shape_of,
    to_latex,
    to_text,
)
from grader.quiz.expression.arrays import entries_of
from grader.quiz.expression.node import Negation

LANGUAGE = Language(("x", "y", "s", "x_1", "W_ij", "lambda"))


def read(text: str, language: Language = LANGUAGE) -> str:
    """Read a text and write it back."""
    return to_text(parse(text, language))


def refused(text: str, language: Language = LANGUAGE) -> ExpressionError:
    """Read a text that can't be read."""
    with pytest.raises(ExpressionError) as caught:
        parse(text, language)
    return caught.value


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2x", "2*x"),
        ("2 x", "2*x"),
        ("2(x+1)", "2*(x + 1)"),
        ("2sin(x)", "2*sin(x)"),
        ("(x+1)(x-1)", "(x + 1)*(x - 1)"),
        ("(x+1)y", "(x + 1)*y"),
        ("x y", "x*y"),
        ("x sin(y)", "x*sin(y)"),
        ("2x/3", "2*x/3"),
        ("x s − x s²", "x*s - x*s^2"),
        ("2e", "2*e"),
        ("2e3x", "2000*x"),
    ],
)
def test_factors_side_by_side_are_a_product(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("-x^2", "-(x^2)"),
        ("2^-7", "2^(-7)"),
        ("2^3^2", "2^(3^2)"),
        ("2**3", "2^3"),
        ("-x*y", "(-x)*y"),
        ("x-y-s", "(x-y)-s"),
        ("x/y/s", "(x/y)/s"),
        ("x/y*s", "(x/y)*s"),
        ("x--y", "x-(-y)"),
        ("2^-x^2", "2^(-(x^2))"),
        ("+x", "x"),
    ],
)
def test_signs_bind_as_in_mathematics(text: str, same: str) -> None:
    assert parse(text, LANGUAGE) == parse(same, LANGUAGE)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("x²y", "x^2*y"),
        ("x⁻¹", "x^(-1)"),
        ("e⁻ˣ", "e^(-x)"),
        ("x·y × s ÷ 2", "x*y*s/2"),
        ("½x", "1/2*x"),
        ("x₁y", "x_1*y"),
        ("2x√(y)", "2*x*sqrt(y)"),
        ("x₁ + x1 + x_{1}", "x_1 + x_1 + x_1"),
        ("W_{ij} + Wij", "W_ij + W_ij"),
        ("λx", "lambda*x"),
        ("2πx", "2*pi*x"),
        ("（ｘ＋１）", "x + 1"),
        ("σ(x)(1−σ(x))", "sigmoid(x)*(1 - sigmoid(x))"),
        ("√(x)", "sqrt(x)"),
        ("ln(x) + ReLU(x)", "log(x) + relu(x)"),
        ("log₂(x)", "log2(x)"),
        ("e^{-x}", "e^(-x)"),
        ("x\u200b +\u00a0𝑦", "x + y"),
    ],
)
def test_a_formula_may_be_typed_as_on_a_page(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("x(1-s)", "write x*(1-s)."),
        ("1/2x", "write (1/2)*x or 1/(2*x)."),
        ("x/2y", "write (x/2)*y or x/(2*y)."),
        ("1/2(x+1)", "write (1/2)*(x+1) or 1/(2*(x+1))."),
        ("x^2y", "write x^2*y or x^(2*y)."),
        ("e^-x y", "write e^(-x)*y or e^(-x*y)."),
        ("2½", "write a sum or a product."),
        ("sin x", "write sin(x)."),
        ("√2", "write √(2)."),
        ("sin^2(x)", "Write the power behind the brackets: sin(…)^2."),
        ("xs", "for a product write x*s."),
        ("x₁2", "write * for a product."),
        ("Σ(x)", "'Σ' is not a function here."),
        ("x2", "write x*2 or x^2."),
        ("λ(1-s)", "'λ' is not a function; for a product write λ*(1-s)."),
        ("x(1-s", "write x*(…)."),
        ("x 2", "write * for a product."),
        ("1..2", "A number has one decimal point."),
        ("1,5", "a decimal point is written as in 0.5."),
        ("5%", "5 % is 0.05."),
        ("3!", "write the product out."),
        ("|x|", "Write abs(x)"),
        (r"\frac{1}{2}", "Write formulas without backslashes"),
        ("y = 2x", "write only one side."),
        ("[1, 2]", "use round brackets."),
        ("∞", "Infinity is not a number here."),
        ("1e999", "too large"),
        ("1e-999", "too close to 0"),
    ],
)
def test_what_is_ambiguous_or_unknown_is_refused_with_the_way_to_write_it(text: str, way: str) -> None:
    assert way in refused(text).message


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("2*(x+1", "This '(' is never closed: add ')'.", "("),
        ("(x+1}", "'}' can't close '(': write ')'.", "}"),
        ("x+1)", "This ')' closes nothing: remove it, or open it before.", ")"),
        ("()", "Nothing stands between these brackets.", "()"),
        ("x +", "After '+' something is missing.", "+"),
        ("x */ y", "Between '*' and '/' something is missing.", "*/"),
        ("*x", "Before '*' something is missing.", "*"),
        ("  ", "Nothing was written.", ""),
        ("x + lamda", "'lamda' is not a name here. Did you mean 'lambda'?", "lamda"),
        ("x + q", "'q' is not a name here. Known are x, y, s, x_1, W_ij, lambda, pi, e.", "q"),
        ("sqr(x)", "'sqr' is not a function here. Did you mean 'sqrt'?", "sqr"),
        ("max", "max needs brackets: write max(…).", "max"),
        ("exp(x, y)", "exp takes 1 value in its brackets, not 2.", "exp"),
        ("x + é", "The character 'é' can't be read here. Use letters, digits and + - * / ^ ( ).", "é"),
        ("x̂", "The character 'x̂' can't be read here. Use letters, digits and + - * / ^ ( ).", "x̂"),
        ("x² + λ + q̄", "The character 'q̄' can't be read here. Use letters, digits and + - * / ^ ( ).", "q̄"),
        ("x² · (λ", "This '(' is never closed: add ')'.", "("),
        ("x^⁺", "Between '^' and '^' something is missing.", "^⁺"),
    ],
)
def test_a_message_points_at_the_place_in_what_was_typed(text: str, message: str, place: str) -> None:
    error = refused(text)
    assert error.message == message
    assert text[error.start : error.end] == place


def test_the_place_is_shown_by_carets_also_below_wide_and_combined_characters() -> None:
    shown = refused("（ｘ＋１）＊q̄ + 1").shown().splitlines()
    assert shown[:2] == ["（ｘ＋１）＊q̄ + 1", " " * 12 + "^"]


def test_of_a_long_text_the_part_around_the_place_is_shown() -> None:
    shown = refused("x+" * 60 + "é" + "+x" * 60).shown().splitlines()
    assert shown[0] == "…" + "x+" * 15 + "é" + "+x" * 15 + "…"
    assert shown[1] == " " * 31 + "^"


def test_what_cannot_be_printed_is_not_shown_as_it_is() -> None:
    error = refused("x\x1b[2J\ud800\u202e")
    assert "\x1b" not in error.shown()
    assert "\u202e" not in error.shown()
    error.shown().encode()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * 513, "The answer has 513 characters; at most 512 are read."),
        ("x+" * 500_000, "The answer has 1000000 characters; at most 512 are read."),
        ("x+" * 128 + "x", "The answer is too long: at most 256 numbers, names and signs are read."),
        ("(" * 49 + "x" + ")" * 49, "Brackets, signs and powers are nested more than 48 deep."),
        ("-" * 49 + "x", "Brackets, signs and powers are nested more than 48 deep."),
        ("^".join("x" * 50), "Brackets, signs and powers are nested more than 48 deep."),
        ("1" * 25, f"The number {'1' * 25!r} has more than 24 digits; write fewer."),
    ],
)
def test_what_is_too_long_or_too_deep_is_refused(text: str, message: str) -> None:
    assert refused(text).message == message


def test_what_just_fits_is_read() -> None:
    assert read("(" * 48 + "x" + ")" * 48) == "x"
    assert read("x + " * 127 + "x") == "x + " * 127 + "x"
    assert evaluate(parse("1" * 24, LANGUAGE)) == pytest.approx(1.1111e23, rel=1e-4)


def test_a_question_may_allow_no_functions() -> None:
    message = refused("exp(x)", Language(("x",), functions=frozenset())).message
    assert message == "'exp' is not a function here; this answer needs none."


def test_a_symbol_hides_a_constant_and_a_function() -> None:
    language = Language(("e", "sigma"))
    assert evaluate(parse("e", language), {"e": 3}) == 3
    assert "write sigma*(e)" in refused("sigma(e)", language).message


@pytest.mark.parametrize("symbols", [("1x",), ("x y",), ("",), ("x__1",), ("é",)])
def test_a_symbol_must_be_a_name(symbols: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="is not a name"):
        Language(symbols)


def test_a_language_knows_its_functions() -> None:
    with pytest.raises(ValueError, match=r"'sqr' is no function. Did you mean 'sqrt'"):
        Language(functions=frozenset(("sqr",)))


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("x*s/(1-s)", r"\frac{x s}{1 - s}"),
        ("-x^2", "-x^{2}"),
        ("(x/s)^2", r"\left(\frac{x}{s}\right)^{2}"),
        ("2*3", r"2 \cdot 3"),
        ("1e-7x", "10^{-7} x"),
        ("2.5e-7", r"2.5 \cdot 10^{-7}"),
        ("sqrt(x)abs(s)", r"\sqrt{x} \cdot \left|s\right|"),
        ("log2(lambda)", r"\log_2\left(\lambda\right)"),
        ("W_ij x_1", "W_{ij} x_{1}"),
        ("x*(-y)", r"x \left(-y\right)"),
    ],
)
def test_latex_shows_how_an_answer_was_read(text: str, latex: str) -> None:
    assert to_latex(parse(text, LANGUAGE)).replace(r"\mathrm{ij}", "ij") == latex


def test_the_names_in_use_are_known() -> None:
    assert names_of(parse("2x + sin(y)^x", LANGUAGE)) == {"x", "y"}


AUTHOR = Language.of_authors(("n", "v", "w", "A", "B"))
VALUES: dict[str, Value] = {
    "n": 3,
    "v": (1, 2, 3),
    "w": (4.0, 0.0, -1.0),
    "A": ((1, 2, 3), (0, 1, 0)),
    "B": ((1, 0), (0, 1), (2, 2)),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sum(v^2)/n", 14 / 3),
        ("v - w", (-3, 2, 4)),
        ("sum((v - mean(v))^2)/(len(v) - 1)", 1),
        ("matmul(A, B)", ((7, 8), (0, 1))),
        ("matmul(A, v)", (14, 2)),
        ("transpose(A)", ((1, 0), (2, 1), (3, 0))),
        ("v[0] + A[0, 2]", 4),
        ("[n, -n, abs(-n)]", (3, -3, 3)),
        ("head(sort(w), 2)", (-1, 0)),
        ("dot(v, w)/norm(v)", 1 / 14**0.5),
        ("max(v) - min(v, n, 0)", 3),
        ("prod(v)^(1/n)", 6 ** (1 / 3)),
        ("clip(1.5, 0.8, 1.2)", 1.2),
        ("sum(entr([0.5, 0.5, 0, 0]))/log(2)", 1),
        ("cumsum(v)", (1, 3, 6)),
        ("erf(0.5)", 0.5204998778130465),
    ],
)
def test_authors_compute_with_lists(text: str, value: Value) -> None:
    found = evaluate(parse(text, AUTHOR), VALUES)
    assert shape_of(found) == shape_of(value)
    assert list(entries_of(found)) == pytest.approx(list(entries_of(value)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("v + [1, 2]", "v + [1, 2]: lists of 2 and 3 entries don't go together."),
        ("v[3]", "v[3]: there is no entry 3; the last of 3 is 2."),
        ("v[0.5]", "v[0.5]: a place in a list is a whole number from 0 on, not 0.5."),
        ("n[0]", "n[0]: a number has no entries."),
        ("len(n)", "len(n): len takes a list, such as [1, 2]."),
        ("matmul(v, v)", "matmul(v, v): matmul takes matrices, such as [[1, 2], [3, 4]]."),
        ("dot(A, v)", "dot(A, v): dot takes vectors, such as [1, 2]."),
    ],
)
def test_lists_that_do_not_fit_are_named(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        evaluate(parse(text, AUTHOR), VALUES)
    assert caught.value.message == message


@pytest.mark.parametrize(
    "text", ["sqrt(-1)", "(-8)^(1/3)", "1/0", "log(0)", "0^-1", "0/0", "sum(log(v - 1))"]
)
def test_what_has_no_value_is_nan(text: str) -> None:
    value = evaluate(parse(text, AUTHOR), VALUES)
    assert value != value


@pytest.mark.parametrize("text", ["9^9^9^9", "exp(1000)", "1e308*10", "9^9^9^9 - 9^9^9^9", "1/exp(1000)"])
def test_what_is_too_large_is_infinite_and_stays_so(text: str) -> None:
    assert evaluate(parse(text, AUTHOR)) == float("inf")


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("sum(v) > 5", True),
        ("0 < n <= 2", False),
        ("n == 3", True),
        ("n != 3", False),
        ("1/0 < 1", False),
        ("n ≥ 3", True),
    ],
)
def test_a_condition_holds_or_not(text: str, true: bool) -> None:
    assert holds(parse_condition(text, AUTHOR), VALUES) is true


def test_a_condition_compares_numbers() -> None:
    with pytest.raises(ExpressionError, match=r"A condition compares two values, as in a > 0."):
        parse_condition("n + 1", AUTHOR)
    with pytest.raises(ExpressionError, match=r"v is a list; a condition compares numbers."):
        holds(parse_condition("v > 1", AUTHOR), VALUES)


def test_a_missing_value_is_named() -> None:
    with pytest.raises(ExpressionError, match=r"v has no value."):
        evaluate(Negation(parse("v", AUTHOR)), {})


def test_the_language_loads_nothing_heavy_and_nothing_that_runs_code() -> None:
    script = (
        "import sys; before = set(sys.modules); import grader.quiz.expression; "
        "heavy = {'numpy', 'pydantic', 'rich', 'yaml', 'sympy', 'code', 'runpy'}; "
        "print(sorted(heavy & (set(sys.modules) - before)))"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
