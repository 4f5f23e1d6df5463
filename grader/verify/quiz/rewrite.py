"""Rebuild expressions with something put in another's place."""

from collections.abc import Mapping
from dataclasses import replace

from grader.quiz.expression import Node, Value
from grader.quiz.expression.node import Binary, Call, Entry, Items, Name, Negation, Number


def parts_of(node: Node) -> tuple[Node, ...]:
    """Give the expressions that one is made of, in order."""
    match node:
        case Negation(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Call(_, parts) | Items(parts):
            return parts
        case Entry(items, places):
            return (items, *places)
    return ()


def with_parts(node: Node, parts: tuple[Node, ...]) -> Node:
    """Make the same expression of other parts."""
    match node:
        case Negation():
            return Negation(*parts)
        case Binary(operator, _, _):
            return Binary(operator, *parts)
        case Call():
            return replace(node, arguments=parts)
        case Items():
            return Items(parts)
        case Entry():
            return Entry(parts[0], parts[1:])
    return node


def substituted(node: Node, known: Mapping[str, Node]) -> Node:
    """Put expressions in place of names."""
    if isinstance(node, Name):
        return known.get(node.name, node)
    return with_parts(node, tuple(substituted(part, known) for part in parts_of(node)))


def written_out(node: Node, values: tuple[tuple[str, Node], ...]) -> Node:
    """Put what a key computes first in its place, so that only parameters and symbols are left."""
    known: dict[str, Node] = {}
    for name, inner in values:
        known[name] = substituted(inner, known)
    return substituted(node, known)


def with_numbers(node: Node, numbers: Mapping[str, Value]) -> Node:
    """Put a draw's numbers in place of their names; lists stay names."""
    return substituted(
        node, {name: _number(value) for name, value in numbers.items() if not isinstance(value, tuple)}
    )


def _number(value: float) -> Node:
    return Negation(Number(float(-value))) if value < 0 else Number(float(value))
