"""Read an expression: a Pratt parser (Pratt 1973, Top down operator precedence) that asks where others guess.

`2x`, `2(x+1)` and `(x+1)(x-1)` are products, and so are two names with a space between them.
`x(1-s)`, `1/2x` and `x^2y` can be read in two ways; the message shows how to write either.
"""

from collections.abc import Sequence
from typing import NoReturn

from grader.quiz.expression.arrays import LIST_FUNCTIONS
from grader.quiz.expression.error import quoted
from grader.quiz.expression.functions import FUNCTIONS
from grader.quiz.expression.language import Language
from grader.quiz.expression.node import Binary, Call, Condition, Entry, Items, Name, Negation, Node, Number
from grader.quiz.expression.printing import ATOM, NEGATION, POWER, PRODUCT, RANKS, bracketed, to_text
from grader.quiz.expression.text import Written, written
from grader.quiz.expression.token import Token, number, tokens

MAX_DEPTH = 48

# The longest advice that helps, in characters.
_LONGEST_ADVICE = 100
_LONGEST_FACTOR = 30

_CLOSING = {"(": ")", "{": "}", "[": "]"}
_RELATIONS = frozenset(("<", "<=", ">", ">=", "==", "!="))


def parse(typed: str, language: Language) -> Node:
    """Read one expression.

    Args:
        typed: What was typed, at most 512 characters and 256 tokens, nested at most 48 deep.
        language: The names and functions that may stand in it.

    Raises:
        ExpressionError: It can't be read; the message says why, and the span where.
    """
    text = written(typed)
    parser = Parser(text, tokens(text), language)
    node = parser.expression()
    parser.expect_end()
    return node


def parse_condition(typed: str, language: Language) -> Condition:
    """Read a comparison such as `sq > 2*n` or `0 < a <= b`; the relations are < <= > >= == and !=.

    Raises:
        ExpressionError: It can't be read, or compares nothing.
    """
    text = written(typed)
    parser = Parser(text, tokens(text), language)
    terms, relations = [parser.expression()], []
    while parser.token.kind in _RELATIONS:
        relations.append(parser.take().kind)
        terms.append(parser.expression())
    parser.expect_end()
    if not relations:
        raise text.error("A condition compares two values, as in a > 0.", 0, len(text.text))
    return Condition(tuple(terms), tuple(relations))


class Parser:
    """Reads expressions from a row of tokens; the last token is the end."""

    def __init__(self, text: Written, row: Sequence[Token], language: Language) -> None:
        self.text = text
        self.row = row
        self.language = language
        self.at = 0
        self.depth = 0
        # Where an exponent without brackets ended, and its power: `x^2y` is refused there.
        self.exponent_end = -1
        self.power: Binary | None = None

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.row[self.at]

    def take(self) -> Token:
        """Step over the next token and return it."""
        token = self.row[self.at]
        self.at += 1
        return token

    def expression(self, floor: int = 0) -> Node:
        """Read an expression, up to the first sign that binds no tighter than `floor`.

        Raises:
            ExpressionError: It can't be read.
        """
        left = self._operand()
        divided = False
        while True:
            token = self.row[self.at]
            rank = RANKS.get(token.kind)
            if rank is None:
                if floor >= PRODUCT or not self._starts_a_factor(token):
                    return left
                self._refuse_ambiguity(left, token, divided=divided)
                left = Binary("*", left, self.expression(PRODUCT))
            elif rank <= floor:
                return left
            elif rank == POWER:
                left = self._power(left)
            else:
                self.at += 1
                left = Binary(token.kind, left, self.expression(rank))
                divided = token.kind == "/"

    def expect_end(self) -> None:
        """Raise an ExpressionError that says why the next token is out of place, unless it is the end."""
        if self.token.kind != "end":
            self._refuse(self.token)

    def _power(self, base: Node) -> Node:
        sign = self.take()
        self._descend(sign)
        # One rank lower, so that a^b^c is a^(b^c).
        power = Binary("^", base, self.expression(POWER - 1))
        self.depth -= 1
        if self.row[self.at - 1].kind not in (")", "}"):
            self.exponent_end, self.power = self.at, power
        return power

    def _operand(self) -> Node:
        token = self.row[self.at]
        kind = token.kind
        self.at += 1
        if kind == "number":
            return Number(number(self.text, token))
        if kind == "name":
            return self._named(token)
        if kind in ("(", "{"):
            self._descend(token)
            if self.token.kind == _CLOSING[kind]:
                self._fail("Nothing stands between these brackets.", token, self.token)
            node = self.expression()
            self._close(token)
            return node
        if kind in ("-", "+"):
            self._descend(token)
            node = self.expression(NEGATION)
            self.depth -= 1
            return Negation(node) if kind == "-" else node
        if kind == "[" and self.language.lists:
            return Items(self._arguments(token))
        self.at -= 1
        return self._missing(token)

    def _named(self, token: Token) -> Node:
        """Read what begins with a name: a call, an entry of a list, or the name itself."""
        function = self.language.function(token.text)
        opening = self.token
        if function is None:
            name = self.language.name(token.text)
            if name is None:
                self._refuse_name(token, opening)
            if opening.kind == "(":
                self._refuse_call(token)
            if opening.kind == "[" and self.language.lists:
                self.at += 1
                return Entry(Name(name), self._arguments(opening))
            return Name(name)
        if opening.kind != "(":
            self._refuse_bare_function(token)
        self.at += 1
        arguments = self._arguments(opening)
        self._check_count(function, len(arguments), token)
        return Call(function, arguments)

    def _arguments(self, opening: Token) -> tuple[Node, ...]:
        """Read what stands between an opening bracket, already taken, and its partner."""
        self._descend(opening)
        if self.token.kind == _CLOSING[opening.kind]:
            self._fail("Nothing stands between these brackets.", opening, self.token)
        arguments = [self.expression()]
        while self.token.kind == ",":
            self.at += 1
            arguments.append(self.expression())
        self._close(opening)
        return tuple(arguments)

    def _close(self, opening: Token) -> None:
        wanted = _CLOSING[opening.kind]
        token = self.token
        if token.kind == "end":
            self._fail(f"This '{opening.text}' is never closed: add '{wanted}'.", opening)
        if token.kind != wanted:
            if token.kind in (")", "]", "}"):
                self._fail(f"'{token.text}' can't close '{opening.text}': write '{wanted}'.", token)
            self._refuse(token)
        self.at += 1
        self.depth -= 1

    def _descend(self, token: Token) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self._fail(f"Brackets, signs and powers are nested more than {MAX_DEPTH} deep.", token)

    def _check_count(self, function: str, count: int, token: Token) -> None:
        if function in FUNCTIONS:
            least, most = FUNCTIONS[function].least, FUNCTIONS[function].most
        else:
            least = most = LIST_FUNCTIONS[function][1]
        if count < least or (most is not None and count > most):
            values = "value" if least == 1 else "values"
            self._fail(f"{function} takes {least} {values} in its brackets, not {count}.", token)

    def _starts_a_factor(self, token: Token) -> bool:
        """Tell whether a token after a whole factor makes a product without a sign."""
        before = self.row[self.at - 1].kind
        if token.kind == "number" and before != "]":
            self._refuse_side_by_side(token)
        return token.kind in ("name", "(", "{") and before != "]"

    def _refuse_ambiguity(self, left: Node, token: Token, *, divided: bool) -> None:
        """Raise on a product without a sign after a quotient or an exponent: `1/2x`, `x^2y`."""
        if self.exponent_end == self.at and self.power is not None:
            factor = self._factor(self.at)
            base, exponent = self.power.left, self.power.right
            other = f"{bracketed(base, ATOM)}^({to_text(exponent)}*{factor})"
            ways = f"{to_text(self.power)}*{factor} or {other}"
        elif divided and isinstance(left, Binary):
            factor = self._factor(self.at)
            other = f"{bracketed(left.left, PRODUCT)}/({bracketed(left.right, PRODUCT)}*{factor})"
            ways = f"({to_text(left)})*{factor} or {other}"
        else:
            return
        if len(ways) > _LONGEST_ADVICE:
            ways = "the product with * and brackets around what belongs together"
        self._fail(f"This can be read in two ways: write {ways}.", token)

    def _factor(self, at: int) -> str:
        """Give the factor that begins at a token as it was typed: a name, a call or a bracket."""
        end = at
        if self.row[end].kind == "name" and self.row[end + 1].kind == "(":
            end += 1
        level = int(self.row[end].kind in _CLOSING)
        while level and self.row[end + 1].kind != "end":
            end += 1
            level += (self.row[end].kind in _CLOSING) - (self.row[end].kind in _CLOSING.values())
        typed = self.text.cut(self.row[at].start, self.row[end].end)
        if level == 0 and len(typed) <= _LONGEST_FACTOR:
            return typed
        return "(…)"

    def _refuse_name(self, token: Token, opening: Token) -> NoReturn:
        if opening.kind == "(":
            self._fail(self.language.unknown_function(token.text, self._typed(token)), token)
        self._fail(self.language.unknown(token.text, self._typed(token)), token)

    def _refuse_call(self, token: Token) -> NoReturn:
        typed = self._typed(token)
        product = f"{typed}*{self._factor(self.at)}"
        self._fail(f"{quoted(typed)} is not a function; for a product write {product}.", token, self.token)

    def _refuse_bare_function(self, token: Token) -> NoReturn:
        following, typed = self.token, self._typed(token)
        if following.kind == "^":
            self._fail(f"Write the power behind the brackets: {typed}(…)^2.", token, following)
        argument = self._factor(self.at) if following.kind in ("name", "number") else "…"
        self._fail(f"{typed} needs brackets: write {typed}({argument}).", token)

    def _refuse_side_by_side(self, token: Token) -> NoReturn:
        before = self.row[self.at - 1]
        if before.kind == "number" and "." in before.text and token.text.startswith("."):
            self._fail("A number has one decimal point.", before, token)
        if before.kind == "number" and _is_group(token):
            groups = self._groups(self.at)
            product = f", or {before.text}*{groups[0]} for a product" if len(groups) == 1 else ""
            self._fail(f"Write {before.text}{''.join(groups)} without a blank{product}.", before, token)
        self._fail(f"A sign is missing before {quoted(token.text)}: write * for a product.", before, token)

    def _missing(self, token: Token) -> NoReturn:
        """Say what is missing where a value should stand."""
        before = self.row[self.at - 1] if self.at else None
        if token.kind == "end":
            if before is None:
                self._fail("Nothing was written.", token)
            self._fail(f"After '{before.text}' something is missing.", before)
        if token.kind == "[":
            self._fail("A list can't stand here; use round brackets.", token)
        if before is None:
            self._fail(f"Before '{token.text}' something is missing.", token)
        self._fail(f"Between '{before.text}' and '{token.text}' something is missing.", before, token)

    def _refuse(self, token: Token) -> NoReturn:
        """Say why a token can't follow a whole expression."""
        if token.kind in (")", "]", "}"):
            self._fail(f"This '{token.text}' closes nothing: remove it, or open it before.", token)
        if token.kind in _RELATIONS or token.kind == "=":
            self._fail("One expression is asked for: write only one side.", token)
        if token.kind == ",":
            before, groups = self.row[self.at - 1], self._groups(self.at + 1)
            if before.kind == "number" and groups:
                decimal = f", or {before.text}.{groups[0]} if it is a decimal one" if len(groups) == 1 else ""
                self._fail(f"A comma can't stand here: write {before.text}{''.join(groups)}{decimal}.", token)
            self._fail("A comma can't stand here; a decimal point is written as in 0.5.", token)
        self._fail(f"'{token.text}' can't stand here.", token)

    def _groups(self, at: int) -> list[str]:
        """Give the groups of three digits that stand from here on, with or without commas between them."""
        groups = []
        while _is_group(self.row[at]):
            groups.append(self.row[at].text)
            at += 2 if self.row[at + 1].kind == "," else 1
        return groups

    def _typed(self, token: Token) -> str:
        return self.text.cut(token.start, token.end)

    def _fail(self, message: str, first: Token, last: Token | None = None) -> NoReturn:
        raise self.text.error(message, first.start, (last or first).end)


def _is_group(token: Token) -> bool:
    """Tell whether this looks like the thousands of a number that is written with separators."""
    return token.kind == "number" and len(token.text) == 3 and token.text.isdigit()
