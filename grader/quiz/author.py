"""Read the expressions, conditions and texts of one authors' file, and gather what is wrong with them."""

from collections.abc import Iterable
from typing import Any

from grader.errors import CourseFault, did_you_mean
from grader.model import shown
from grader.quiz.expression import Condition, ExpressionError, Language, Node, parse, parse_condition
from grader.quiz.expression.node import Items, Number
from grader.quiz.text import EMPTY, HOLE, Hole, Template

# What stands for an expression that can't be read, until all faults are told.
_NOTHING = Number(0.0)
_NEVER = Condition((_NOTHING, _NOTHING), ("!=",))


class Author:
    """The expressions of one file; the faults are told together at the end."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._faults: list[str] = []

    def fault(self, path: str, sentence: str) -> None:
        """Note a fault at a key path."""
        self._faults.append(f"{self._where}: {path}: {sentence}")

    def finish(self) -> None:
        """Tell the faults.

        Raises:
            CourseFault: There are some, a line each.
        """
        if self._faults:
            raise CourseFault("\n".join(dict.fromkeys(self._faults)))

    def expression(self, path: str, given: Any, names: Iterable[str]) -> Node:
        """Read an expression of authors: a text, a number, or a nested list of them."""
        if isinstance(given, list):
            return Items(tuple(self.expression(f"{path}[{k}]", each, names) for k, each in enumerate(given)))
        if isinstance(given, bool) or not isinstance(given, int | float | str):
            self.fault(path, f"{shown(given)} is not an expression.")
            return _NOTHING
        try:
            return parse(str(given), self.language(path, names))
        except ExpressionError as error:
            self.fault(path, f"{shown(given)} can't be read: {error.message}")
        return _NOTHING

    def condition(self, path: str, given: str, names: Iterable[str]) -> Condition:
        """Read a condition."""
        try:
            return parse_condition(given, self.language(path, names))
        except ExpressionError as error:
            self.fault(path, f"{shown(given)} can't be read: {error.message}")
        return _NEVER

    def language(self, path: str, names: Iterable[str]) -> Language:
        """Give the language of authors with these names."""
        try:
            return Language.of_authors(names)
        except ValueError as error:
            self.fault(path, str(error))
        return Language.of_authors(())

    def template(self, path: str, given: str, names: Iterable[str], texts: Iterable[str] = ()) -> Template:
        """Read a text with holes; a hole holds an expression, or the name of a parameter that is a text."""
        if not given:
            return EMPTY
        pieces: list[str | Hole] = []
        done = 0
        for found in HOLE.finditer(given):
            pieces.append(given[done : found.start()])
            done = found.end()
            inside = found[1].strip()
            node = inside if inside in texts else self.expression(path, inside, names)
            # An odd number of dollar signs before it: the hole is inside a formula.
            pieces.append(Hole(node, formula=given.count("$", 0, found.start()) % 2 == 1))
        pieces.append(given[done:])
        return Template(tuple(piece for piece in pieces if piece != ""))

    def known(self, path: str, given: Iterable[str], names: Iterable[str], what: str) -> None:
        """Note each given id that isn't one of the names."""
        names = list(names)
        for each in given:
            if each not in names:
                self.fault(path, f"{each!r} is not {what}.{did_you_mean(each, names)}")
