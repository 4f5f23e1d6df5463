"""Write an expression as LaTeX, so that a page or a terminal can show how an answer was read."""

import re

from grader.quiz.expression.node import Binary, Call, Entry, Items, Name, Negation, Node, Number
from grader.quiz.expression.printing import ATOM, NEGATION, POWER, PRODUCT, SUM, number_text, rank_of
from grader.quiz.expression.text import GREEK

# LaTeX has no macros for the capitals that look like Latin letters, nor for omicron.
_GREEK = frozenset(GREEK.values()) - frozenset(
    (
        "Alpha",
        "Beta",
        "Epsilon",
        "Zeta",
        "Eta",
        "Iota",
        "Kappa",
        "Mu",
        "Nu",
        "Omicron",
        "Rho",
        "Tau",
        "Chi",
        "omicron",
    )
)
_MACROS = frozenset(("exp", "log", "sin", "cos", "tan", "arctan", "sinh", "cosh", "tanh", "max", "min"))
_SPECIAL = {"log2": r"\log_2", "log10": r"\log_{10}", "sigmoid": r"\sigma"}


def to_latex(node: Node) -> str:
    r"""Write an expression as LaTeX without dollar signs: `x*s/(1-s)` as `\frac{x s}{1 - s}`."""
    match node:
        case Number(value):
            mantissa, _, exponent = number_text(value).partition("e")
            power_of_ten = f"10^{{{exponent}}}" if exponent else ""
            return (
                rf"{mantissa} \cdot {power_of_ten}"
                if exponent and mantissa != "1"
                else power_of_ten or mantissa
            )
        case Name(name):
            return _name(name)
        case Negation(operand):
            return "-" + _wrapped(operand, NEGATION)
        case Binary("/", left, right):
            return rf"\frac{{{to_latex(left)}}}{{{to_latex(right)}}}"
        case Binary("^", base, exponent):
            return f"{_wrapped(base, ATOM)}^{{{to_latex(exponent)}}}"
        case Binary("*", left, right):
            return _product(left, right)
        case Binary(sign, left, right):
            return f"{_wrapped(left, SUM)} {sign} {_wrapped(right, PRODUCT)}"
        case Call("sqrt", (argument,)):
            return rf"\sqrt{{{to_latex(argument)}}}"
        case Call("abs", (argument,)):
            return rf"\left|{to_latex(argument)}\right|"
        case Call(function, arguments):
            return rf"{_function(function)}\left({', '.join(map(to_latex, arguments))}\right)"
        case Items(entries):
            return rf"\left[{', '.join(map(to_latex, entries))}\right]"
        case Entry(items, places):
            return f"{to_latex(items)}_{{{', '.join(map(to_latex, places))}}}"


def _product(left: Node, right: Node) -> str:
    """Write a product, with a dot where two factors side by side would be read as one number."""
    before = _wrapped(left, PRODUCT)
    after = rf"\left({to_latex(right)}\right)" if isinstance(right, Negation) else _wrapped(right, POWER)
    dotted = isinstance(_first(right), Number) or (isinstance(right, Call) and not isinstance(left, Number))
    return before + (r" \cdot " if dotted else " ") + after


def _first(node: Node) -> Node:
    """Find what a factor begins with on the page."""
    while isinstance(node, Binary) and node.operator != "/":
        node = node.left
    return node


def _wrapped(node: Node, rank: int) -> str:
    text = to_latex(node)
    # A fraction's bar holds it together, but not under a power; a number such as 10^{-7} is a product.
    is_power_of_ten = isinstance(node, Number) and "e" in number_text(node.value)
    held = PRODUCT if is_power_of_ten else rank_of(node)
    if isinstance(node, Binary) and node.operator == "/":
        held = POWER
    return text if held >= rank else rf"\left({text}\right)"


def _name(name: str) -> str:
    stem, _, subscript = name.partition("_")
    if not subscript and (numbered := re.fullmatch("([A-Za-z]+?)([0-9]+)", name)):
        stem, subscript = numbered[1], numbered[2]
    parts = [f"\\{part}" if part in _GREEK else part for part in (stem, *subscript.split("_")) if part]
    parts = [rf"\mathrm{{{part}}}" if len(part) > 1 and part.isalpha() else part for part in parts]
    return f"{parts[0]}_{{{', '.join(parts[1:])}}}" if len(parts) > 1 else parts[0]


def _function(name: str) -> str:
    if name in _MACROS:
        return f"\\{name}"
    return _SPECIAL.get(name, rf"\operatorname{{{name}}}")
