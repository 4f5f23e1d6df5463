"""What authors write in `exercise.yaml`: frozen pydantic models that forbid what they don't know."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from grader.errors import did_you_mean
from grader.model import Identifier, ItemId, Model, Tag, Text, json_schema, validated
from grader.yamlfile import parse_yaml, read_yaml

SCHEMA_LINE = "# yaml-language-server: $schema=../exercise.schema.json"


class Operation(Model):
    """A step of an example on the object that the call gave: `result <operator> value`."""

    operator: Literal["+", "-", "*", "/", "**"]
    value: float | int


class MethodCall(Model):
    """A step of an example: call a method; the result is what the next step sees."""

    method: Identifier
    args: list[Any] = []


class Action(Model):
    """A step of an example: call a method for what it does; the object stays."""

    do: Identifier


class Example(Model):
    """A visible check: one call and the value or the error that it must give.

    A list of numbers stands for an array; a mapping with one key says what else is meant:
    `{list: […]}`, `{tuple: […]}`, `{dict: {…}}`, `{float32: […]}` and other dtypes,
    `{function: cube}` for a function handed in, `{rng: 7}` for a seeded generator.
    """

    call: Identifier
    args: list[Any] = []
    kwargs: dict[Identifier, Any] = {}
    then: list[Identifier | Operation | MethodCall | Action] = []
    expect: Any = None
    raises: Literal["ValueError", "TypeError", "IndexError", "KeyError", "ZeroDivisionError"] | None = None
    rtol: Annotated[float, Field(ge=0)] = 1e-7
    atol: Annotated[float, Field(ge=0)] = 0.0

    @model_validator(mode="after")
    def _one_expectation(self) -> Self:
        if ("expect" in self.model_fields_set) == ("raises" in self.model_fields_set):
            raise ValueError("an example has either 'expect' or 'raises'")
        return self


class Rule(Model):
    """A visible check on the source: names that the given functions, and what they call, may not use.

    It earns its points only where the check `proved_by` passes: a function that does nothing
    keeps every rule.
    """

    functions: Annotated[list[Identifier], Field(min_length=1)]
    forbid: Annotated[list[Text], Field(min_length=1)]
    proved_by: Identifier


class Check(Model):
    """One graded property: a visible example, a visible rule, or (with neither) a hidden pytest function."""

    id: Identifier
    title: Text
    points: Annotated[int, Field(gt=0)]
    hint: Identifier
    example: Example | None = None
    rule: Rule | None = None

    @property
    def visible(self) -> bool:
        """Whether the learner may see everything about it."""
        return self.example is not None or self.rule is not None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.example is not None and self.rule is not None:
            raise ValueError("a check is an example or a rule, not both")
        return self


class LimitsSpec(Model):
    """What a submission may use: CPU seconds a check and an item, and memory."""

    check_s: Annotated[float, Field(gt=0, le=600)] = 2.0
    item_s: Annotated[float, Field(gt=0, le=3600)] = 20.0
    memory_mb: Annotated[int, Field(ge=64, le=16384)] = 512


class Exercise(Model):
    """One exercise as its author declares it in `exercise.yaml`."""

    title: Text
    file: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.py$")]
    part: Text | None = None
    difficulty: Annotated[int, Field(ge=1, le=5)]
    needs: list[ItemId] = []
    topics: Annotated[list[Text], Field(min_length=1)]
    concepts: list[Tag] = []
    statement: Text
    hints: dict[Identifier, Annotated[list[Text], Field(min_length=3, max_length=3)]]
    references: Annotated[list[Text], Field(min_length=1)]
    limits: LimitsSpec = LimitsSpec()
    checks: Annotated[list[Check], Field(min_length=1)]

    @property
    def hidden_ids(self) -> frozenset[str]:
        """The ids of the checks that are hidden pytest functions."""
        return frozenset(check.id for check in self.checks if not check.visible)

    @property
    def max_points(self) -> int:
        """Points that can be earned."""
        return sum(check.points for check in self.checks)

    def _provable(self) -> list[str]:
        return [check.id for check in self.checks if check.rule is None]

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        ids = [check.id for check in self.checks]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"the check id {twice[0]!r} stands twice")
        for index, check in enumerate(self.checks):
            if check.hint not in self.hints:
                near = did_you_mean(check.hint, self.hints)
                raise ValueError(
                    f"checks[{index}].hint: there is no hint {check.hint!r} under 'hints'.{near}"
                )
            if check.rule is not None and check.rule.proved_by not in self._provable():
                near = did_you_mean(check.rule.proved_by, self._provable())
                raise ValueError(
                    f"checks[{index}].rule.proved_by: there is no example or hidden check "
                    f"{check.rule.proved_by!r}.{near}"
                )
        unused = sorted(set(self.hints) - {check.hint for check in self.checks})
        if unused:
            raise ValueError(f"the hint {unused[0]!r} belongs to no check")
        return self


class Misconception(Model):
    """What the docstring of a known wrong solution says.

    Attributes:
        message: What the learner who made this mistake is told.
        fails: The checks that it fails, all of them.
        like: Other wrong solutions that no input can tell from this one on some check.
    """

    message: Text
    fails: Annotated[list[Identifier], Field(min_length=1)]
    like: list[Identifier] = []


def read_exercise(path: Path) -> Exercise:
    """Read and validate one `exercise.yaml`.

    Raises:
        CourseFault: One sentence a fault: file, key path, what was found, the nearest valid name.
    """
    return validated(Exercise, read_yaml(path), str(path))


def parse_misconception(docstring: str, where: str) -> Misconception:
    """Read the YAML in a wrong solution's docstring.

    Raises:
        CourseFault: The docstring is not such a YAML mapping.
    """
    return validated(Misconception, parse_yaml(docstring, where), where)


class About(Model):
    """What `exercises/course.yaml` says of the whole course.

    Attributes:
        title: The course's name.
        salt: What learners' draws follow from, besides the quiz and their id: public, so that
            staff and learners draw the same.
        concepts: The concept tags that items may bear, each with a readable name.
    """

    title: str = ""
    salt: str = ""
    concepts: dict[Tag, Text] = {}


def read_about(path: Path) -> About:
    """Read and validate `exercises/course.yaml`.

    Raises:
        CourseFault: It is faulty, one sentence a fault.
    """
    return validated(About, read_yaml(path), str(path))


def exercise_schema() -> dict[str, Any]:
    """Give the JSON Schema of `exercise.yaml`, for editors."""
    return json_schema(Exercise)
