"""What an expression is made of, once it has been read."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed, without a sign."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A symbol of the question, or a constant."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation:
    """The opposite of a value."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two values joined by one of + - * / ^."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language at its arguments."""

    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of values; authors' expressions only."""

    entries: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, its places counted from 0; authors' expressions only."""

    items: "Node"
    places: tuple["Node", ...]


Node: TypeAlias = Number | Name | Negation | Binary | Call | Items | Entry


@dataclass(frozen=True, slots=True)
class Condition:
    """Values compared in a chain, as in 0 < a <= b; there is one relation fewer than terms."""

    terms: tuple[Node, ...]
    relations: tuple[str, ...]


def names_of(node: Node) -> frozenset[str]:
    """Give the symbols and constants that an expression uses."""
    match node:
        case Name(name):
            return frozenset((name,))
        case Number():
            return frozenset()
        case Negation(operand):
            return names_of(operand)
        case Binary(_, left, right):
            return names_of(left) | names_of(right)
        case Call(_, parts) | Items(parts):
            return frozenset().union(*map(names_of, parts))
        case Entry(items, places):
            return names_of(items).union(*map(names_of, places))
