"""Which names and functions an expression may use: those of the question, and no others."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from grader.errors import did_you_mean
from grader.quiz.expression.arrays import LIST_FUNCTIONS
from grader.quiz.expression.error import quoted
from grader.quiz.expression.functions import ALIASES, CONSTANTS, FUNCTIONS

# What a learner may use where the question doesn't say: the functions of one or a few numbers.
SCALAR_FUNCTIONS = frozenset(name for name in FUNCTIONS if name not in ("sum", "mean", "prod", "entr"))
ALL_FUNCTIONS = frozenset(FUNCTIONS) | frozenset(LIST_FUNCTIONS)

# The longest word for which a near name is looked for.
_LONGEST_SLIP = 24
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Language:
    """The names that an expression may use.

    Attributes:
        symbols: The question's own names; they hide constants and functions of the same name. Those
            with a subscript are also found without the underscore, x_1 as x1, and the other way round.
        functions: Their names; unless given, those of single numbers.
        lists: Whether lists, `[1, 2]`, and their entries, `v[0]`, may be written (by authors).

    Raises:
        ValueError: A symbol is not a name, or a function isn't known.
    """

    symbols: tuple[str, ...] = ()
    functions: frozenset[str] = SCALAR_FUNCTIONS
    lists: bool = False
    _names: dict[str, str] = field(init=False, repr=False, compare=False)
    _calls: dict[str, str] = field(init=False, repr=False, compare=False)

    @classmethod
    def of_authors(cls, symbols: Iterable[str]) -> "Language":
        """Give the language of parameters, keys and conditions: all functions, and lists."""
        return cls(tuple(symbols), ALL_FUNCTIONS, lists=True)

    def __post_init__(self) -> None:
        for symbol in self.symbols:
            if not _NAME.fullmatch(symbol):
                raise ValueError(f"{symbol!r} is not a name: letters, digits, and _ before a subscript.")
        for function in self.functions:
            if function not in ALL_FUNCTIONS:
                raise ValueError(f"{function!r} is no function.{did_you_mean(function, ALL_FUNCTIONS)}")
        names = {name: name for name in (*CONSTANTS, *self.symbols)}
        # setdefault: of x1 and x_1, both declared, each keeps its own spelling.
        for symbol in self.symbols:
            names.setdefault(symbol.replace("_", ""), symbol)
        calls = {name: name for name in self.functions}
        calls |= {alias: name for alias, name in ALIASES.items() if name in calls}
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_calls", {name: calls[name] for name in calls if name not in self.symbols})

    def name(self, word: str) -> str | None:
        """Find the symbol or constant that a word means, if any."""
        plain = word.replace("{", "").replace("}", "")
        return self._names.get(plain) or self._names.get(plain.replace("_", ""))

    def function(self, word: str) -> str | None:
        """Find the function that a word means, if any; a capital letter, as in `ReLU`, does no harm."""
        found = self._calls.get(word)
        # Only names, no aliases: Σ is not σ.
        if found is None and word not in self._names and word.lower() in self.functions:
            found = self._calls.get(word.lower())
        return found

    def unknown(self, word: str, typed: str) -> str:
        """Say that a word, typed so, is not a name here, and which are."""
        stem = word.rstrip("0123456789")
        if stem in self._names:
            factor = word[len(stem) :]
            return f"{quoted(typed)} is not a name here; write {stem}*{factor} or {stem}^{factor}."
        factors = _factors(word, self._names)
        if factors:
            return f"{quoted(typed)} is not a name here; for a product write {'*'.join(factors)}."
        near = did_you_mean(word, self._listed()) if len(word) <= _LONGEST_SLIP else ""
        if near:
            return f"{quoted(typed)} is not a name here.{near}"
        if word.lower() in ("inf", "infinity", "nan"):
            return f"{quoted(typed)} is not a number here."
        if not self.symbols:
            return f"{quoted(typed)} is not a name here: write the number alone, without a unit."
        return f"{quoted(typed)} is not a name here. Known are {', '.join(self._listed())}."

    def unknown_function(self, word: str, typed: str) -> str:
        """Say that a word, typed so, is not a function here, and which are."""
        known = sorted(self.functions - set(self.symbols))
        if not known:
            return f"{quoted(typed)} is not a function here; this answer needs none."
        near = did_you_mean(word, (*known, *self._calls)) if len(word) <= _LONGEST_SLIP else ""
        if near:
            return f"{quoted(typed)} is not a function here.{near}"
        return f"{quoted(typed)} is not a function here. Known are {', '.join(known)}."

    def _listed(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.symbols, *CONSTANTS)))


def _factors(word: str, names: Iterable[str]) -> list[str] | None:
    """Cut a word into two or more known names, as `wx` into w and x, if it can be."""
    if len(word) > _LONGEST_SLIP:
        return None
    known = set(names)
    ways: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        found = (
            [*way, word[start:end]]
            for start, way in enumerate(ways)
            if way is not None and word[start:end] in known
        )
        ways.append(next(found, None))
    return ways[-1]
