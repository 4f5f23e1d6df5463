"""Mutate a reference solution mechanically: small mistakes, each in one place of its syntax tree."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_BINARY: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div, ast.Add), ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,), ast.FloorDiv: (ast.Div,), ast.Mod: (ast.FloorDiv,), ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,), ast.LShift: (ast.RShift,), ast.RShift: (ast.LShift,),
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.GtE), ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
# Functions that are easily mistaken for one another.
_NAMES = {
    "sum": "mean", "mean": "sum", "max": "min", "min": "max", "maximum": "minimum", "minimum": "maximum",
    "argmax": "argmin", "argmin": "argmax", "zeros": "ones", "ones": "zeros", "zeros_like": "ones_like",
    "ones_like": "zeros_like", "floor": "ceil", "ceil": "floor", "exp": "expm1", "log": "log2", "log1p": "log",
    "sqrt": "square", "sin": "cos", "cos": "sin", "rint": "floor", "any": "all", "all": "any", "cumsum": "cumprod",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A reference with one small mistake.

    Attributes:
        line: The line of the reference that it changes.
        was: The changed statement's first line, as it was.
        becomes: The same line in the mutant; `(removed)` when the statement is gone.
        source: The mutant's whole source.
    """

    line: int
    was: str
    becomes: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """Make the mutants of a Python file, in the order of its lines, each different from all others."""
    tree = ast.parse(source)
    original = ast.unparse(tree)
    seen = {original}
    found = []
    for parent, field, index, child in _places(tree):
        for replacement in _replacements(child):
            mutant = _applied(tree, parent, field, index, replacement)
            if mutant not in seen:
                seen.add(mutant)
                was, becomes = _first_difference(original, mutant)
                found.append(Mutant(getattr(child, "lineno", 0), was, becomes, mutant + "\n"))
    return found


def _places(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Walk all nodes with the place where each hangs, docstrings and imports left out."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, list):
                for index, child in enumerate(value):
                    if isinstance(child, ast.AST) and not _is_docstring(field, index, child):
                        yield parent, field, index, child
            elif isinstance(value, ast.AST) and not (
                isinstance(parent, ast.Expr) and isinstance(value, ast.Constant)
            ):
                yield parent, field, None, value


def _is_docstring(field: str, index: int, child: ast.AST) -> bool:
    return (
        field == "body"
        and index == 0
        and isinstance(child, ast.Expr)
        and isinstance(child.value, ast.Constant)
    )


def _applied(tree: ast.AST, parent: ast.AST, field: str, index: int | None, new: ast.AST | None) -> str:
    """Give the source with one node replaced (or removed), leaving the tree as it was."""
    value: Any = getattr(parent, field)
    if index is None:
        setattr(parent, field, new)
        try:
            return ast.unparse(ast.fix_missing_locations(tree))
        finally:
            setattr(parent, field, value)
    kept = value[index]
    if new is None:
        value[index] = ast.Pass()
    else:
        value[index] = new
    try:
        return ast.unparse(ast.fix_missing_locations(tree))
    finally:
        value[index] = kept


def _replacements(node: ast.AST) -> Iterator[ast.AST | None]:
    """Give what could stand in a node's place by mistake; None removes a statement."""
    match node:
        case ast.BinOp():
            yield from _of_binary(node)
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
            yield node.operand
        case ast.Compare(ops=[op]):
            for other in _COMPARISONS.get(type(op), ()):
                yield _changed(node, ops=[other()])
        case ast.BoolOp():
            yield _changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
            yield from node.values
        case ast.Constant():
            yield from (ast.Constant(value) for value in _other_constants(node.value))
        case ast.Call():
            yield from _of_call(node)
        case ast.Attribute(attr="T"):
            yield node.value
        case ast.IfExp():
            yield node.body
            yield node.orelse
        case ast.Subscript(slice=ast.Slice()):
            yield node.value
        case ast.AugAssign():
            yield ast.Assign(targets=[node.target], value=node.value)
            for operator in _BINARY.get(type(node.op), ()):
                yield _changed(node, op=operator())
            yield None
        case ast.Assign() | ast.AnnAssign() | ast.Raise() | ast.Break() | ast.Continue():
            yield None
        case ast.Expr():
            yield None
        case ast.If():
            yield None
            yield _changed(node, test=ast.Constant(value=True))
            if node.orelse:
                yield _changed(node, test=ast.Constant(value=False))
        case ast.For() | ast.While():
            yield None


def _of_binary(node: ast.BinOp) -> Iterator[ast.AST]:
    for operator in _BINARY.get(type(node.op), ()):
        yield _changed(node, op=operator())
    if isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult, ast.Pow)):
        yield _changed(node, left=node.right, right=node.left)
    if not isinstance(node.op, ast.MatMult):
        yield node.left
        yield node.right
    else:
        yield _changed(node, right=ast.Attribute(value=node.right, attr="T", ctx=ast.Load()))


def _of_call(node: ast.Call) -> Iterator[ast.AST]:
    if isinstance(node.func, ast.Attribute) and node.func.attr in _NAMES:
        yield _changed(node, func=_changed(node.func, attr=_NAMES[node.func.attr]))
    if len(node.args) >= 2 and not any(isinstance(arg, ast.Starred) for arg in node.args):
        yield _changed(node, args=[node.args[1], node.args[0], *node.args[2:]])
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is not None:
            yield _changed(node, keywords=[k for i, k in enumerate(node.keywords) if i != index])
    # Without the call: abs(x), np.exp(x), x.copy(), x.sum(axis=0), …
    if len(node.args) == 1 and not node.keywords:
        yield node.args[0]
    elif not node.args and isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Name):
        yield node.func.value
    elif isinstance(node.func, ast.Attribute) and node.func.attr in (
        "copy",
        "asarray",
        "array",
        "where",
        "clip",
    ):
        yield node.args[0] if node.args else node.func.value


def _other_constants(value: object) -> Iterator[int | float]:
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
            yield value - 1
        case float():
            yield 2 * value if value else 1.0
            if value:
                yield 0.0


def _changed(node: Any, **fields: Any) -> Any:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _first_difference(original: str, mutant: str) -> tuple[str, str]:
    old, new = original.splitlines(), mutant.splitlines()
    for index, line in enumerate(old):
        if index >= len(new) or new[index] != line:
            becomes = new[index].strip() if index < len(new) else ""
            return line.strip(), "(removed)" if becomes == "pass" else becomes
    return "", new[len(old)].strip() if len(new) > len(old) else ""
