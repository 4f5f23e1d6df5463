"""A small, safe language for formulas: read, computed, compared and shown, and never run as code.

It needs the standard library only, so that a command that asks for a formula starts at once.

    language = Language(symbols=("s", "x"), functions=frozenset())
    key = parse("x*s*(1-s)", language)
    answer = parse("x s − x s²", language)
    compare(answer, key, {"s": Domain(0.05, 0.95), "x": Domain(-3, 3)}, seed="quiz-03/sigmoid-grad")
"""

from grader.quiz.expression.arrays import Value, shape_of
from grader.quiz.expression.compare import Comparison, Reason, Verdict, compare
from grader.quiz.expression.error import ExpressionError
from grader.quiz.expression.evaluate import evaluate, holds
from grader.quiz.expression.explain import explain
from grader.quiz.expression.language import Language
from grader.quiz.expression.latex import to_latex
from grader.quiz.expression.lists import number, numbers
from grader.quiz.expression.node import Condition, Node, names_of
from grader.quiz.expression.parser import parse, parse_condition
from grader.quiz.expression.printing import number_text, to_text
from grader.quiz.expression.sample import Domain, fraction, points

__all__ = [
    "Comparison",
    "Condition",
    "Domain",
    "ExpressionError",
    "Language",
    "Node",
    "Reason",
    "Value",
    "Verdict",
    "compare",
    "evaluate",
    "explain",
    "fraction",
    "holds",
    "names_of",
    "number",
    "number_text",
    "numbers",
    "parse",
    "parse_condition",
    "points",
    "shape_of",
    "to_latex",
    "to_text",
]
