"""What authors write in `key.yaml`, which stays with staff: keys, tolerances, known wrong answers, tests."""

from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from grader.model import Identifier, Model, Text

SCHEMA_LINE = "# yaml-language-server: $schema=../key.schema.json"

# An expression, or a number as it is.
Formula: TypeAlias = int | float | Text
Condition: TypeAlias = bool | Text
Share = Annotated[float, Field(ge=0, le=1)]


class Tolerance(Model):
    """How far a right number may be off: |a - b| <= max(abs, rel·max(|a|, |b|))."""

    rel: Annotated[float, Field(ge=0, lt=1)] = 0.0
    abs: Annotated[float, Field(ge=0)] = 0.0


class KeyTest(Model):
    """An answer, and what must come of it; for the numbers drawn from `seed`, unless any will do.

    Attributes:
        give: The answer, options and steps by their ids.
        seed: A practice seed's number, or the seed itself.
        misconception: The known wrong answer that must be recognised.
    """

    give: Any
    credit: Share | None = None
    status: Literal["invalid", "undecided"] | None = None
    seed: int | Text | None = None
    misconception: Identifier | None = None

    @model_validator(mode="after")
    def _one_expectation(self) -> Self:
        if (self.credit is None) == (self.status is None):
            raise ValueError("a test has either 'credit' or 'status'")
        return self


class _Keyed(Model):
    """What the key of every question may have.

    Attributes:
        values: What follows from the parameters on the way to the key, in this order.
        feedback: What is said of a right answer.
    """

    values: dict[Identifier, Text] = {}
    feedback: str = ""
    tests: list[KeyTest] = []


class SingleKey(_Keyed):
    """The right option; `right` may also map ids to conditions on the parameters."""

    right: list[Identifier] | dict[Identifier, Condition]
    options: dict[Identifier, Text] = {}


class MultipleKey(_Keyed):
    """The right options, and what to say of those chosen wrongly and of right ones left out."""

    right: list[Identifier] | dict[Identifier, Condition]
    options: dict[Identifier, Text] = {}
    missed: dict[Identifier, Text] = {}


class BooleanKey(_Keyed):
    """Whether it is true, or the condition on the parameters under which it is."""

    answer: Condition
    wrong: str = ""


class Misconception(Model):
    """A known wrong answer.

    Attributes:
        when: The condition on the parameters under which it is looked for.
        tolerance: Its own, unless the key's will do.
    """

    id: Identifier
    answer: Formula | list[Any]
    credit: Share = 0.0
    feedback: Text
    when: Text | None = None
    tolerance: Tolerance | None = None


def _refuse_both(tolerance: Tolerance | None, *, exact: bool) -> None:
    if exact and tolerance is not None:
        raise ValueError("a key is 'exact' or has a 'tolerance', not both")


class NumericKey(_Keyed):
    """A number, by default within half a percent, or exactly where it is whole."""

    answer: Formula
    tolerance: Tolerance | None = None
    exact: bool = False
    misconceptions: list[Misconception] = []
    wrong: str = ""

    @model_validator(mode="after")
    def _one_tolerance(self) -> Self:
        _refuse_both(self.tolerance, exact=self.exact)
        return self


class ArrayKey(_Keyed):
    """A vector or a matrix: a list of expressions, or one expression that gives it."""

    answer: Text | Annotated[list[Any], Field(min_length=1)]
    tolerance: Tolerance | None = None
    exact: bool = False
    misconceptions: list[Misconception] = []
    wrong: str = ""

    @model_validator(mode="after")
    def _one_tolerance(self) -> Self:
        _refuse_both(self.tolerance, exact=self.exact)
        return self


class FormulaKey(_Keyed):
    """A formula.

    Attributes:
        counterexample: Whether a wrong answer is shown a point where it differs, with both values.
    """

    answer: Formula
    misconceptions: list[Misconception] = []
    counterexample: bool = True
    wrong: str = ""


class OrderKey(_Keyed):
    """The right order, or the pairs of steps of which the first comes before the second."""

    order: list[Identifier] | None = None
    before: list[Annotated[list[Identifier], Field(min_length=2, max_length=2)]] | None = None
    wrong: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.order is None) == (self.before is None):
            raise ValueError("the key has either 'order' or 'before'")
        return self


class MatchKey(_Keyed):
    """For each id on the left the one on the right; `wrong` has feedback by 'left/right'."""

    pairs: dict[Identifier, Identifier]
    wrong: dict[str, Text] = {}


class KnownWord(Model):
    """A known wrong word, or several that mean the same mistake."""

    id: Identifier
    answer: Text | Annotated[list[Text], Field(min_length=1)]
    credit: Share = 0.0
    feedback: Text


class ShortKey(_Keyed):
    """The words that are right; case, hyphens and articles don't matter."""

    accept: Annotated[list[Text], Field(min_length=1)]
    misconceptions: list[KnownWord] = []
    wrong: str = ""


QuestionKey: TypeAlias = (
    SingleKey | MultipleKey | BooleanKey | NumericKey | ArrayKey | FormulaKey | OrderKey | MatchKey | ShortKey
)

# By the question's type.
KEYS: dict[str, type[QuestionKey]] = {
    "single": SingleKey,
    "multiple": MultipleKey,
    "boolean": BooleanKey,
    "numeric": NumericKey,
    "vector": ArrayKey,
    "matrix": ArrayKey,
    "expression": FormulaKey,
    "order": OrderKey,
    "match": MatchKey,
    "short": ShortKey,
}


class KeyFile(Model):
    """The keys of one quiz, by the questions' ids."""

    questions: dict[Identifier, QuestionKey]
