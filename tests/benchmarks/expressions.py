"""Time the reading of the longest answers that are admitted: `python tests/benchmarks/expressions.py`, by hand.

For each text the best of many runs, ms: what the code costs, with the machine's other work left out.
"""

import contextlib
import sys
import time
from collections.abc import Callable

from grader.quiz.expression import Domain, ExpressionError, Language, compare, evaluate, numbers, parse
from grader.quiz.expression.parser import MAX_DEPTH
from grader.quiz.expression.text import MAX_CHARACTERS
from grader.quiz.expression.token import MAX_TOKENS

BOUND_MS = 1.0

LANGUAGE = Language(("x", "y", "w_1", "alpha", "sigma_x", "theta"))
LONG = MAX_CHARACTERS

READ = {
    "a sum of numbers": "+".join(["1"] * (MAX_TOKENS // 2)),
    "a sum of symbols": "+".join(["w_1"] * (MAX_TOKENS // 2)),
    "products without signs": "x " * (MAX_TOKENS - 1),
    "a division of divisions": "/".join(["x"] * (MAX_TOKENS // 2)),
    "calls": "+".join(["exp(x)"] * (MAX_TOKENS // 5)),
    "nested brackets": "(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH,
    "nested calls": "exp(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH,
    "a tower of powers": "^".join(["9"] * MAX_DEPTH),
    "signs": "-" * MAX_DEPTH + "x",
    "groups of nested brackets": "*".join(["(" * 40 + "x" + ")" * 40] * 3),
    "superscripts": "x²+" * 50 + "x",
    "Greek letters": "α+" * (MAX_TOKENS // 2 - 1) + "α",
    "full-width signs": "ｘ＋" * (MAX_TOKENS // 2 - 1) + "ｘ",
    "brackets never closed": "(" * LONG,
    "brackets never opened": "x" + ")" * (LONG - 1),
    "the last bracket missing": "+".join(["(x+1)"] * 42) + "+(x",
    "too many tokens": "x+" * (LONG // 2),
    "a long unknown name": "a" * LONG,
    "an unknown name of 24 letters": "+".join(["x"] * 100) + "+" + "x" * 23 + "z",
    "an unknown function": "+".join(["x"] * 100) + "+sigmoit(x)",
    "underscores": "a_" * (LONG // 2),
    "an open subscript": "x_{" + "a" * (LONG - 3),
    "digits": "9" * LONG,
    "points": "." * LONG,
    "spaces": " " * LONG,
    "new lines": "\n" * LONG,
    "ligatures": "\ufdfa" * LONG,
    "combining marks": "x" + "\u0302" * (LONG - 1),
    "superscripts in a row": "²" * LONG,
    "sub- and superscripts in turn": "x₁²" * (LONG // 3),
    "fractions": "½+" * 40 + "½",
    "invisible characters": "\u200b" * LONG,
    "emoji": "🙂" * LONG,
    "a million characters": "x+" * 500_000,
    "an ambiguous end": "+".join(["x"] * 100) + "+1/2" + "(" * 30 + "x" + ")" * 30,
}
LISTS = {
    "a vector with commas": ",".join(["1"] * (MAX_TOKENS // 2)),
    "a vector with spaces": "1 " * (MAX_TOKENS - 1),
    "a matrix of lines": "\n".join(["1 2 3 4"] * 64),
    "nested lists": "[[" + "],[".join(["1,2"] * 40) + "]]",
    "lists never closed": "[" * LONG,
    "commas": "," * LONG,
    "tuples in tuples": "(" * 100 + "1,2" + ")" * 100,
}
COMPARED = {
    "calls": READ["calls"],
    "powers": "+".join(["x^y"] * (MAX_TOKENS // 4)),
    "a sum": READ["a sum of symbols"],
    "a maximum of many": "max(" + ",".join(["x"] * 100) + ")",
    "nested calls": "tanh(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH,
}


def best_ms(run: Callable[[], object], runs: int = 30) -> float:
    """Time a run that may raise ExpressionError; the best of several, ms."""
    best = float("inf")
    for _ in range(runs):
        started = time.perf_counter()
        with contextlib.suppress(ExpressionError):
            run()
        best = min(best, time.perf_counter() - started)
    return 1e3 * best


def main() -> int:
    """Print a line for each text; fail when one takes longer to read than it may."""
    slow = 0
    for title, text in READ.items():
        ms = best_ms(lambda text=text: parse(text, LANGUAGE))  # type: ignore[misc]  # bound at once
        slow += ms > BOUND_MS
        print(f"parse    {ms:7.3f} ms  {title}")
    for title, text in LISTS.items():
        ms = best_ms(lambda text=text: numbers(text))  # type: ignore[misc]  # bound at once
        slow += ms > BOUND_MS
        print(f"numbers  {ms:7.3f} ms  {title}")
    domains = {symbol: Domain(0.1, 3) for symbol in LANGUAGE.symbols}
    key = parse("x", LANGUAGE)
    for title, text in COMPARED.items():
        node = parse(text, LANGUAGE)
        values = dict.fromkeys(LANGUAGE.symbols, 0.5)
        ms = best_ms(lambda node=node: compare(node, key, domains, seed="benchmark"))  # type: ignore[misc]
        once = best_ms(lambda node=node, values=values: evaluate(node, values))  # type: ignore[misc]
        print(f"compare  {ms:7.3f} ms  (once {once:.3f})  {title}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
