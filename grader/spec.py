"""What authors write in `exercise.yaml`: frozen pydantic models that forbid what they don't know."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from grader.errors import CourseFault, did_you_mean
from grader.yamlfile import parse_yaml, read_yaml

SCHEMA_LINE = "# yaml-language-server: $schema=../exercise.schema.json"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
ItemId = Annotated[str, StringConstraints(pattern=r"^(exercise|quiz)-[0-9]{2,}$")]


_M = TypeVar("_M", bound=BaseModel)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=True)


class Operation(_Model):
    """A step of an example on the object that the call gave: `result <operator> value`."""

    operator: Literal["+", "-", "*", "/", "**"]
    value: float | int


class MethodCall(_Model):
    """A step of an example: call a method; the result is what the next step sees."""

    method: Identifier
    args: list[Any] = []


class Action(_Model):
    """A step of an example: call a method for what it does; the object stays."""

    do: Identifier


class Example(_Model):
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


class Rule(_Model):
    """A visible check on the source: names that the given functions, and what they call, may not use.

    It earns its points only where the check `proved_by` passes: a function that does nothing
    keeps every rule.
    """

    functions: Annotated[list[Identifier], Field(min_length=1)]
    forbid: Annotated[list[Text], Field(min_length=1)]
    proved_by: Identifier


class Check(_Model):
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


class LimitsSpec(_Model):
    """What a submission may use: CPU seconds a check and an item, and memory."""

    check_s: Annotated[float, Field(gt=0, le=600)] = 2.0
    item_s: Annotated[float, Field(gt=0, le=3600)] = 20.0
    memory_mb: Annotated[int, Field(ge=64, le=16384)] = 512


class Exercise(_Model):
    """One exercise as its author declares it in `exercise.yaml`."""

    title: Text
    file: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.py$")]
    part: Text | None = None
    difficulty: Annotated[int, Field(ge=1, le=5)]
    needs: list[ItemId] = []
    topics: Annotated[list[Text], Field(min_length=1)]
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


class Misconception(_Model):
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
    return _validated(Exercise, read_yaml(path), str(path))


def parse_misconception(docstring: str, where: str) -> Misconception:
    """Read the YAML in a wrong solution's docstring.

    Raises:
        CourseFault: The docstring is not such a YAML mapping.
    """
    return _validated(Misconception, parse_yaml(docstring, where), where)


def exercise_schema() -> dict[str, Any]:
    """Give the JSON Schema of `exercise.yaml`, for editors."""
    schema = Exercise.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _validated(model: type[_M], data: Any, where: str) -> _M:
    if not isinstance(data, dict):
        raise CourseFault(f"{where}: holds {_shown(data)} where a mapping of keys is expected.")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        sentences = dict.fromkeys(_sentence(fault, data, model) for fault in error.errors())
        raise CourseFault("\n".join(f"{where}: {sentence}" for sentence in sentences)) from None


def _sentence(fault: Any, data: Any, model: type[BaseModel]) -> str:
    """Say in one sentence where a fault is, what was found there, and what belongs there."""
    path = _key_path(fault["loc"], data)
    at = f"{path}: " if path else ""
    found = _shown(fault["input"])
    context = fault.get("ctx", {})
    match fault["type"]:
        case "missing":
            return f"{at}is missing."
        case "extra_forbidden":
            key = str(fault["loc"][-1])
            return f"{at}is not a key here.{did_you_mean(key, _fields_at(model, fault['loc'][:-1]))}"
        case "value_error":
            return f"{at}{context['error']}."
        case "greater_than" if context.get("gt") == 0:
            return f"{at}{found} is not positive."
        case "literal_error":
            return f"{at}{found} is not one of {context['expected']}.{_near_literal(fault)}"
        case "int_type":
            return f"{at}{found} is not a whole number."
        case "string_pattern_mismatch":
            return f"{at}{found} doesn't have the form {context['pattern']}."
    message = fault["msg"]
    return f"{at}{found}: {message[0].lower()}{message[1:]}."


def _near_literal(fault: Any) -> str:
    known = [word.strip(" '") for word in fault["ctx"]["expected"].replace(" or ", ",").split(",")]
    return did_you_mean(str(fault["input"]), known)


def _key_path(loc: tuple[Any, ...], data: Any) -> str:
    """Write a location as `checks[1].points`; the names that pydantic gives to a union's arms are left out."""
    path = ""
    for position, part in enumerate(loc):
        last = position == len(loc) - 1
        if isinstance(part, int) and isinstance(data, list):
            path += f"[{part}]"
            data = data[part] if part < len(data) else None
        elif isinstance(data, dict) and (part in data or last):
            path += f".{part}" if path else str(part)
            data = data.get(part)
    return path


def _fields_at(model: type[BaseModel], loc: tuple[Any, ...]) -> set[str]:
    """Give the keys that are known where an unknown one stands."""
    models: dict[str, type[BaseModel]] = {
        "checks": Check, "example": Example, "rule": Rule, "limits": LimitsSpec,
    }  # fmt: skip
    for part in reversed(loc):
        if part in models:
            return set(models[part].model_fields)
    return set(model.model_fields)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
