"""Write an expression back as text or LaTeX, with no more brackets than it needs: so a learner sees how it was read."""

import re

from grader.quiz.expression.node import Binary, Call, Entry, Items, Name, Negation, Node, Number

# How tightly what is printed holds together, as in the parser; a sum is 1, what needs no brackets 5.
SUM, PRODUCT, NEGATION, POWER, ATOM = 1, 2, 3, 4, 5
RANKS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}


def to_text(node: Node) -> str:
    """Write an expression as it can be typed; reading the text again gives an equal expression."""
    match node:
        case Number(value):
            return number_text(value)
        case Name(name):
            return name
        case Negation(operand):
            return "-" + bracketed(operand, POWER)
        case Binary("^", base, exponent):
            # A power in the exponent needs no brackets, one in the base does.
            return f"{bracketed(base, ATOM)}^{bracketed(exponent, POWER)}"
        case Binary(operator, left, right):
            rank = RANKS[operator]
            space = " " if rank == SUM else ""
            # A minus right after another sign reads badly.
            right_rank = POWER if isinstance(right, Negation) else rank + 1
            return f"{bracketed(left, rank)}{space}{operator}{space}{bracketed(right, right_rank)}"
        case Call(function, arguments):
            return f"{function}({', '.join(map(to_text, arguments))})"
        case Items(entries):
            return f"[{', '.join(map(to_text, entries))}]"
        case Entry(items, places):
            return f"{to_text(items)}[{', '.join(map(to_text, places))}]"


def number_text(value: float) -> str:
    """Write a number with as few characters as give it back exactly: 2, 0.5, 1e-7."""
    return re.sub(r"e\+?(-?)0?", r"e\1", repr(value).removesuffix(".0"))


def bracketed(node: Node, rank: int) -> str:
    """Write an expression, in brackets unless it holds together at least as tightly as `rank`."""
    text = to_text(node)
    return text if rank_of(node) >= rank else f"({text})"


def rank_of(node: Node) -> int:
    """How tightly an expression holds together: a sum 1, a product 2, a negation 3, a power 4, all else 5."""
    if isinstance(node, Binary):
        return RANKS[node.operator]
    return NEGATION if isinstance(node, Negation) else ATOM
