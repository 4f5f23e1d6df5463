"""Fuzz the expression language, guided by coverage: `python tests/fuzz/expressions.py -max_total_time=600 CORPUS`.

By hand, in an environment with atheris. Whatever the text, reading it ends with an expression or an
ExpressionError within 50 ms; what was read is printed, read again, computed and compared.
"""

import math
import sys
import time
from contextlib import suppress
from pathlib import Path

import atheris  # type: ignore[import-untyped]  # not a dependency

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["grader"]):
    from grader.quiz import expression
    from grader.quiz.expression import text as text_module

# Of the processor's time; instrumented code runs about five times slower.
LIMIT_S = 5 * 0.05

LEARNER = expression.Language(("x", "y", "w_1", "alpha", "sigma_x"))
AUTHOR = expression.Language.of_authors(("x", "y", "v", "M"))
DOMAINS = {symbol: expression.Domain(-2, 3) for symbol in LEARNER.symbols}
VALUES: dict[str, expression.Value] = {"x": 0.5, "y": -2, "v": (1, 2, 3), "M": ((1, 2, 3), (4, 5, 6))}
KEY = expression.parse("x*(1-x)", LEARNER)

# The bytes choose among these, so that a formula is likely and any character still possible.
PIECES = (
    *"0123456789.+-*/^()[]{},;<>=!_ \n%|\\$'exyvMw",
    *("**", "<=", "==", "e5", "e-", "e999", "1/2", "x_1", "x_{1}", "w_1", "alpha", "sigma_x", "pi"),
    *("exp(", "log(", "sqrt(", "sin(", "max(", "min(", "sum(", "mean(", "relu(", "erf(", "tanh(", "abs("),
    *(
        "sort(",
        "head(",
        "matmul(",
        "transpose(",
        "dot(",
        "len(",
        "v[0]",
        "M[1,2]",
        "prod(",
        "clip(",
        "floor(",
    ),
    *"²³⁻¹ⁿ₁₂ₓ−–×·÷√∑½⅓πσαΔλ≤≥≠∞∂，（）［］＋ｘ１\u0302\u200b\u2061\u2062\ufdfa\ud800🙂é",
)


def typed(data: bytes) -> str:
    """Turn bytes into a text: by pieces, or as UTF-8 or UTF-16 with anything in it."""
    if not data:
        return ""
    mode, rest = data[0] % 4, data[1:]
    if mode == 0:
        return rest.decode("utf-8", "surrogateescape")
    if mode == 1:
        return rest.decode("utf-16-le", "surrogatepass") if len(rest) % 2 == 0 else rest.decode("latin-1")
    return "".join(PIECES[byte % len(PIECES)] for byte in rest)


def read_everything(text: str) -> None:
    """Do with a text all that an answer goes through."""
    with suppress(expression.ExpressionError):
        node = expression.parse(text, LEARNER)
        printed = expression.to_text(node)
        if len(printed) <= text_module.MAX_CHARACTERS:
            with suppress(_TooLong):
                assert _again(printed, LEARNER) == node, (text, printed)
        expression.to_latex(node)
        comparison = expression.compare(node, KEY, DOMAINS, seed="fuzz", pinned=[{"x": 0}])
        expression.explain(comparison)
        assert expression.compare(node, node, DOMAINS, seed="fuzz").verdict != expression.Verdict.DIFFERENT, (
            text
        )
    with suppress(expression.ExpressionError):
        node = expression.parse(text, AUTHOR)
        expression.to_latex(node)
        value = expression.evaluate(node, VALUES)
        assert isinstance(value, float | tuple), text
    with suppress(expression.ExpressionError):
        expression.holds(expression.parse_condition(text, AUTHOR), VALUES)
    with suppress(expression.ExpressionError):
        assert math.isfinite(expression.number(text)), text
    with suppress(expression.ExpressionError):
        expression.shape_of(expression.numbers(text))
    try:
        expression.parse(text, LEARNER)
    except expression.ExpressionError as error:
        check_error(text, error)


def check_error(text: str, error: expression.ExpressionError) -> None:
    """Hold an error to what it promises: a sentence, a place in the text, and a picture that can be printed."""
    assert 0 <= error.start <= error.end <= max(len(text), error.start), (text, error)
    assert error.message.endswith((".", "?")), (text, error.message)
    error.shown().encode()


class _TooLong(Exception):
    """What was printed has more tokens or depth than are read."""


def _again(printed: str, language: expression.Language) -> expression.Node:
    try:
        return expression.parse(printed, language)
    except expression.ExpressionError as error:
        if "too long" in error.message or "nested" in error.message:
            raise _TooLong from None
        raise AssertionError(printed) from error


def fuzz_one(data: bytes) -> None:
    """Read one text, in good time; a run that was slow by chance isn't slow three times."""
    text = typed(data)
    assert any(seconds(text) < LIMIT_S for _ in range(3)), f"slow: {text!r}"


def seconds(text: str) -> float:
    """Time one reading on the processor."""
    started = time.process_time()
    read_everything(text)
    return time.process_time() - started


if __name__ == "__main__":
    atheris.Setup(sys.argv, fuzz_one)
    atheris.Fuzz()
