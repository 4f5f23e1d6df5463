"""Make the mistakes that people make in a formula: a sign, a factor, a term, the order, the wrong function."""

from collections.abc import Iterator

from grader.quiz.expression import Node, to_text
from grader.quiz.expression.node import Binary, Call, Entry, Items, Negation, Number
from grader.verify.quiz.rewrite import parts_of, with_parts

_CONFUSED = {
    "log": ("log2", "log10"),
    "log2": ("log",),
    "log10": ("log",),
    "max": ("min",),
    "min": ("max",),
    "sum": ("mean", "max"),
    "mean": ("sum", "max"),
    "prod": ("sum",),
    "sin": ("cos",),
    "cos": ("sin",),
    "sigmoid": ("tanh",),
    "tanh": ("sigmoid",),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "norm": ("sum",),
}
# An argument by itself means something else than the function of it.
_DROPPED = frozenset(
    ("exp", "log", "log2", "log10", "sqrt", "abs", "sigmoid", "tanh", "relu", "softplus", "transpose", "sort")
)
# Nobody takes 101 for 100 by mistake.
_LARGEST_SLIP = 16


def formula_mutants(node: Node) -> dict[str, Node]:
    """Give mutants of a formula, each under a name that says what was done to it."""
    found: dict[str, Node] = {
        "the sign": Negation(node),
        "a factor 2": Binary("*", Number(2.0), node),
        "a factor 1/2": Binary("/", node, Number(2.0)),
        "the inverse": Binary("/", Number(1.0), node),
    }
    made = {*found.values(), node}
    for name, mutant in _everywhere(node):
        if mutant not in made:
            made.add(mutant)
            # The same can be done at several places.
            twins = sum(other.split(" (place ")[0] == name for other in found)
            found[f"{name} (place {twins + 1})" if twins else name] = mutant
    return found


def _everywhere(node: Node) -> Iterator[tuple[str, Node]]:
    """Change one place of a formula."""
    yield from _here(node)
    parts = parts_of(node)
    for at, part in enumerate(parts):
        if isinstance(node, Entry) and isinstance(part, Items):
            continue  # a table, of which each draw sees one entry
        for name, mutant in _everywhere(part):
            yield name, with_parts(node, (*parts[:at], mutant, *parts[at + 1 :]))


def _here(node: Node) -> Iterator[tuple[str, Node]]:
    told = _told(node)
    match node:
        case Number(value) if value <= _LARGEST_SLIP:
            yield f"{told} + 1", Number(value + 1)
            if value >= 1:
                yield f"{told} - 1", Number(value - 1)
        case Negation(operand):
            yield f"{told} without its sign", operand
        case Binary("+", left, right):
            yield f"{told} as a difference", Binary("-", left, right)
            yield f"{told} without the first term", right
            yield f"{told} without the second term", left
        case Binary("-", left, right):
            yield f"{told} as a sum", Binary("+", left, right)
            yield f"{told} with its sides swapped", Binary("-", right, left)
            yield f"{told} without the first term", Negation(right)
            yield f"{told} without the second term", left
        case Binary("*", left, right):
            yield f"{told} without the first factor", right
            yield f"{told} without the second factor", left
            yield f"{told} as a sum", Binary("+", left, right)
        case Binary("/", left, right):
            yield f"{told} upside down", Binary("/", right, left)
            yield f"{told} without the divisor", left
            yield f"{told} as a product", Binary("*", left, right)
        case Binary("^", left, right):
            yield f"{told} without the power", left
            yield f"{told} with base and exponent swapped", Binary("^", right, left)
            yield f"{told} as a product", Binary("*", left, right)
        case Call(function, arguments):
            yield from _call(told, function, arguments)
        case Items(entries) if len(entries) > 1:
            yield f"{told} backwards", Items(entries[::-1])
        case Entry(items, places):
            for at, place in enumerate(places):
                for sign, word in (("+", "next"), ("-", "previous")):
                    moved = Binary(sign, place, Number(1.0))
                    other = Entry(items, (*places[:at], moved, *places[at + 1 :]))
                    yield f"the {word} entry to {told}", other
        case _:
            pass


def _call(told: str, function: str, arguments: tuple[Node, ...]) -> Iterator[tuple[str, Node]]:
    for other in _CONFUSED.get(function, ()):
        yield f"{other} in place of {told}", Call(other, arguments)
    if function in _DROPPED:
        yield f"the argument alone of {told}", arguments[0]
    if len(arguments) == 2 and function not in ("max", "min"):
        yield f"{told} with its arguments swapped", Call(function, arguments[::-1])
    match function, arguments:
        case "exp" | "sigmoid" | "tanh" | "sin", (argument,):
            yield f"{told} at the opposite", Call(function, (Negation(argument),))
        case "matmul", (left, right):
            yield f"{told} with the first transposed", Call("matmul", (Call("transpose", (left,)), right))
            yield f"{told} with the second transposed", Call("matmul", (left, Call("transpose", (right,))))
        case "norm", (argument,):
            yield f"{told} without the root", Call("sum", (Binary("^", argument, Number(2.0)),))
        case _:
            pass


def _told(node: Node) -> str:
    """Name a place in a formula, cut to a readable length."""
    text = to_text(node)
    return text if len(text) <= 40 else text[:39] + "…"
