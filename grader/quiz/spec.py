"""What authors write in `quiz.yaml`, which learners get: prompts, options and draws, but no key."""

from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from grader.model import Identifier, ItemId, Model, Text, shown
from grader.model import Tag as Concept

SCHEMA_LINE = "# yaml-language-server: $schema=../quiz.schema.json"

# As many as there are letters to name them by.
MAX_OPTIONS = 26
MAX_STEPS = 12

Amount: TypeAlias = int | Text
Options = Annotated[dict[Identifier, Text], Field(min_length=2, max_length=MAX_OPTIONS)]
_Bounds = Annotated[list[int | float | Text], Field(min_length=2, max_length=2)]
_Shape = Annotated[list[Amount], Field(min_length=1, max_length=2)]


def _plain(values: list[Any]) -> list[Any]:
    for value in values:
        if isinstance(value, list):
            _plain(value)
        elif isinstance(value, bool) or not isinstance(value, int | float | str):
            # A TypeError would pass through pydantic instead of becoming a fault.
            raise ValueError(f"{shown(value)} is not a number, a text or a list of them")  # noqa: TRY004
    return values


class _Repeated(Model):
    """How many values a generator draws: one, `count` in a list, or a list of `shape`."""

    count: Amount | None = None
    shape: _Shape | None = None
    distinct: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.count is not None and self.shape is not None:
            raise ValueError("a parameter has a 'count' or a 'shape', not both")
        if self.distinct and self.count is None and self.shape is None:
            raise ValueError("'distinct' goes with 'count' or 'shape'")
        return self


class Choice(_Repeated):
    """One of the values that are listed."""

    choice: Annotated[list[Any], Field(min_length=1, max_length=1000)]

    _plain = field_validator("choice")(_plain)


class Integer(_Repeated):
    """A whole number between two ends, both included; an end may be an expression of earlier parameters."""

    integer: _Bounds


class Decimal(_Repeated):
    """A number between two ends, both included, in steps from the lower one: exact, as written."""

    decimal: _Bounds
    step: Annotated[float, Field(gt=0)]


class Pick(Model):
    """The entry of a list at a place, counted from 0, that follows from earlier parameters."""

    pick: Annotated[list[Any], Field(min_length=1, max_length=1000)]
    by: Text

    _plain = field_validator("pick")(_plain)


class Shuffle(Model):
    """A list in a drawn order."""

    shuffle: Annotated[list[Any], Field(min_length=2, max_length=64)]

    _plain = field_validator("shuffle")(_plain)


class Computed(Model):
    """What follows from earlier parameters."""

    expr: Text


def _kind_of_generator(given: Any) -> str | None:
    kinds = ("choice", "integer", "decimal", "pick", "shuffle", "expr")
    here = given if isinstance(given, dict) else type(given).__dict__.get("model_fields", {})
    # With brackets, so that in the place of a fault no arm looks like the key of the same name.
    return next((f"{kind}()" for kind in kinds if kind in here), None)


Generator: TypeAlias = Annotated[
    Annotated[Choice, Tag("choice()")]
    | Annotated[Integer, Tag("integer()")]
    | Annotated[Decimal, Tag("decimal()")]
    | Annotated[Pick, Tag("pick()")]
    | Annotated[Shuffle, Tag("shuffle()")]
    | Annotated[Computed, Tag("expr()")],
    Discriminator(
        _kind_of_generator,
        custom_error_type="generator",
        custom_error_message="a parameter is drawn by one of choice, integer, decimal, pick, shuffle and expr",
    ),
]


class Hint(Model):
    """A step towards the answer, and the share of the question's points that it costs."""

    text: Text
    cost: Annotated[float, Field(ge=0, le=1)] = 0.1


class _Asked(Model):
    """What every question has.

    Attributes:
        title: What a report shows.
        concepts: Tags of the course's vocabulary.
        prompt: What is asked; `{{name}}` stands for a parameter's value.
        params: How the numbers are drawn, in this order.
        require: Conditions on them; a draw that breaks one is drawn again.
    """

    id: Identifier
    title: Text
    points: Annotated[int, Field(gt=0)] = 1
    concepts: Annotated[list[Concept], Field(min_length=1)]
    prompt: Text
    params: dict[Identifier, Generator] = {}
    require: list[Text] = []
    hints: list[Hint] = []


class Single(_Asked):
    """One of several options."""

    type: Literal["single"]
    options: Options
    shuffle: bool = True


class Multiple(_Asked):
    """Any number of several options."""

    type: Literal["multiple"]
    options: Options
    shuffle: bool = True


class Boolean(_Asked):
    """True or false."""

    type: Literal["boolean"]


class Numeric(_Asked):
    """A number; the unit is shown behind it, and never typed."""

    type: Literal["numeric"]
    unit: Text | None = None


class Vector(_Asked):
    """A list of numbers."""

    type: Literal["vector"]
    length: Amount | None = None


class Matrix(_Asked):
    """Rows of numbers."""

    type: Literal["matrix"]
    shape: Annotated[list[Amount], Field(min_length=2, max_length=2)] | None = None


class Symbol(Model):
    """Where a symbol's values come from."""

    domain: Annotated[list[float], Field(min_length=2, max_length=2)]
    whole: bool = False


class Formula(_Asked):
    """A formula in the symbols.

    Attributes:
        functions: What an answer may use; unless given, all functions of numbers.
        pinned: Points that are looked at besides the drawn ones, such as `{x: 0}`.
    """

    type: Literal["expression"]
    symbols: Annotated[dict[Identifier, Symbol], Field(min_length=1)]
    functions: list[Text] | None = None
    pinned: list[dict[Identifier, float]] = []


class Order(_Asked):
    """Steps to be put in order; they are always shown shuffled."""

    type: Literal["order"]
    steps: Annotated[dict[Identifier, Text], Field(min_length=2, max_length=MAX_STEPS)]


class Match(_Asked):
    """Pairs to be found; the right side is shown shuffled, and may hold more."""

    type: Literal["match"]
    left: Annotated[dict[Identifier, Text], Field(min_length=2, max_length=MAX_OPTIONS)]
    right: Options


class Short(_Asked):
    """A word or two."""

    type: Literal["short"]


Question: TypeAlias = (
    Single | Multiple | Boolean | Numeric | Vector | Matrix | Formula | Order | Match | Short
)


class Attempts(Model):
    """How often an answer may be changed, and what share of the points each further attempt costs."""

    max: Annotated[int, Field(gt=0)] = 3
    penalty: Annotated[float, Field(ge=0, le=1)] = 0.1


class QuizSpec(Model):
    """One quiz as its author declares it in `quiz.yaml`."""

    title: Text
    needs: list[ItemId] = []
    topics: list[Text] = []
    introduction: Text
    attempts: Attempts = Attempts()
    questions: Annotated[
        list[Annotated[Question, Field(discriminator="type")]], Field(min_length=1, max_length=100)
    ]

    @property
    def max_points(self) -> int:
        """Points that can be earned."""
        return sum(question.points for question in self.questions)

    @field_validator("questions")
    @classmethod
    def _ids_differ(cls, questions: list[Question]) -> list[Question]:
        ids = [question.id for question in questions]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"the question id {twice[0]!r} stands twice")
        return questions
