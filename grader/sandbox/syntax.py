"""Rules that are judged on a submission's syntax tree, inside a worker that runs none of it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# A statement at module level that mentions one of these may rebind any name.
_REBINDERS = {"globals", "vars", "locals", "setattr", "exec", "eval", "__dict__", "__code__"}


def find_forbidden(
    source: str, filename: str, functions: Sequence[str], forbid: Sequence[str]
) -> list[tuple[int, str]]:
    """The uses (line, name) of forbidden names inside these functions and all that they mention by name.

    What a function reaches: module-level definitions, assignments and imports of the names it uses,
    and so on; and statements at module level that may rebind names unseen.
    """
    module = ast.parse(source, filename)
    bound = _definitions(module)
    search = _Search(frozenset(forbid), frozenset(bound))
    for statement in _rebinding_statements(module):
        search.visit(statement)
    pending, done = list(functions), set()
    while pending:
        name = pending.pop()
        if name not in done:
            done.add(name)
            for node in bound.get(name, ()):
                search.visit(node)
            pending += search.take_mentioned()
        else:
            pending += search.take_mentioned()
    return sorted(search.uses)


def _definitions(module: ast.Module) -> dict[str, list[ast.AST]]:
    """Each module-level name with the nodes that bind it, `global` statements in functions included."""
    bound: dict[str, list[ast.AST]] = {}
    for statement in _statements(module.body):
        for name in _names_bound_by(statement):
            bound.setdefault(name, []).append(statement)
    for node in ast.walk(module):
        if isinstance(node, ast.Global):
            for function in ast.walk(module):
                if isinstance(function, _FUNCTIONS) and node in ast.walk(function):
                    for name in node.names:
                        bound.setdefault(name, []).append(function)
    return bound


def _statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The simple statements and definitions at module level, those inside if, try, for and with too."""
    for statement in body:
        yield statement
        if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            for child in ast.iter_child_nodes(statement):
                if isinstance(child, ast.stmt):
                    yield from _statements([child])
                elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
                    yield from _statements(child.body)


def _names_bound_by(statement: ast.stmt) -> set[str]:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {statement.name}
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return {a.asname or a.name.partition(".")[0] for a in statement.names}
    if isinstance(statement, (ast.If, ast.Try, ast.While)):
        return set()  # what stands in them is looked at by itself
    names = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
            names.add(_root(node))
    return names


def _root(node: ast.expr) -> str:
    """The name that an expression like a.b[c] starts from."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _rebinding_statements(module: ast.Module) -> Iterator[ast.stmt]:
    for statement in module.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) or _is_main_guard(
            statement
        ):
            continue
        mentioned = {
            n.id if isinstance(n, ast.Name) else n.attr
            for n in ast.walk(statement)
            if isinstance(n, (ast.Name, ast.Attribute))
        }
        if mentioned & _REBINDERS:
            yield statement


def _is_main_guard(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and any(
        isinstance(n, ast.Name) and n.id == "__name__" for n in ast.walk(statement.test)
    )


class _Search(ast.NodeVisitor):
    """Collects forbidden uses, and the module-level names that are mentioned."""

    def __init__(self, forbid: frozenset[str], defined: frozenset[str]) -> None:
        self.uses: set[tuple[int, str]] = set()
        self._forbid = forbid
        self._defined = defined
        self._mentioned: set[str] = set()
        self._scopes: list[set[str]] = []

    def take_mentioned(self) -> list[str]:
        """The names met since the last time."""
        names, self._mentioned = sorted(self._mentioned), set()
        return names

    def _flag(self, node: ast.expr | ast.stmt | ast.alias, name: str) -> None:
        if name in self._forbid:
            self.uses.add((node.lineno, name))

    def generic_visit(self, node: ast.AST) -> None:
        """Descend, with the names that a function or comprehension binds out of the way."""
        if isinstance(node, (*_FUNCTIONS, *_COMPREHENSIONS)):
            self._scopes.append(_locals(node))
            super().generic_visit(node)
            self._scopes.pop()
        else:
            super().generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if any(node.id in scope for scope in self._scopes):
            return
        if node.id in self._defined:
            # A definition of the learner's own, whatever its name: judged by what it does.
            self._mentioned.add(node.id)
        elif isinstance(node.ctx, ast.Load):
            self._flag(node, node.id)  # from numpy import *

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.ctx, ast.Load):
            self._flag(node, node.attr)
        self.generic_visit(node)

    def visit_alias(self, node: ast.alias) -> None:
        self._flag(node, node.name.rpartition(".")[2])

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.MatMult):
            self._flag(node, "@")
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.op, ast.MatMult):
            self._flag(node, "@")
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring does nothing
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """A text may name an attribute (getattr) or a function of the file (globals()[…])."""
        if isinstance(node.value, str):
            self._flag(node, node.value)
            if node.value in self._defined:
                self._mentioned.add(node.value)


def _locals(node: ast.AST) -> set[str]:
    """The names that a function (its parameters too) or a comprehension binds for itself."""
    names: set[str] = set()
    shared: set[str] = set()
    pending = list(ast.iter_child_nodes(node))
    while pending:
        child = pending.pop()
        if isinstance(child, ast.arg):
            names.add(child.arg)
        elif isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            names.add(child.id)
        elif isinstance(child, (ast.Global, ast.Nonlocal)):
            shared.update(child.names)
        elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(child.name)
            continue
        elif isinstance(child, (ast.Import, ast.ImportFrom)):
            names.update(a.asname or a.name.partition(".")[0] for a in child.names)
        if not isinstance(child, (ast.Lambda, *_COMPREHENSIONS)):
            pending.extend(ast.iter_child_nodes(child))
    return names - shared
