"""The base of what authors write: frozen models that forbid what they don't know, and each fault in one sentence."""

from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from grader.errors import CourseFault, did_you_mean

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
ItemId = Annotated[str, StringConstraints(pattern=r"^(exercise|quiz)-[0-9]{2,}$")]
Tag = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]

_M = TypeVar("_M", bound=BaseModel)


class Model(BaseModel):
    """What every model here is: frozen, strict about types, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=True)


def validated(model: type[_M], data: Any, where: str, within: str = "") -> _M:
    """Check what was read from YAML against a model.

    Args:
        model: What is expected.
        data: What was read.
        where: The file; it opens each sentence.
        within: The key path at which `data` stands in the file, such as `questions.mse`.

    Raises:
        CourseFault: One sentence a fault: file, key path, what was found, the nearest valid name.
    """
    if not isinstance(data, dict):
        at = f"{within}: " if within else ""
        raise CourseFault(f"{where}: {at}holds {shown(data)} where a mapping of keys is expected.")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        sentences = dict.fromkeys(_sentence(fault, data, model, within) for fault in error.errors())
        raise CourseFault("\n".join(f"{where}: {sentence}" for sentence in sentences)) from None


def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Give a model's JSON Schema, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}


def shown(value: Any) -> str:
    """Quote a value that was found, cut to a readable length."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _sentence(fault: Any, data: Any, model: type[BaseModel], within: str) -> str:
    """Say in one sentence where a fault is, what was found there, and what belongs there."""
    path = ".".join(filter(None, (within, _key_path(fault, data))))
    at = f"{path}: " if path else ""
    found = shown(fault["input"])
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
            return f"{at}{found} is not one of {context['expected']}.{_near(fault['input'], context['expected'])}"
        case "union_tag_invalid":
            tag = context["tag"]
            expected = context["expected_tags"]
            return f"{path}.type: {tag!r} is not one of {expected}.{_near(tag, expected)}"
        case "union_tag_not_found":
            return f"{path}.type: is missing."
        case "int_type":
            return f"{at}{found} is not a whole number."
        case "string_type":
            return f"{at}{found} is not a text."
        case "string_pattern_mismatch":
            return f"{at}{found} doesn't have the form {context['pattern']}."
    message = fault["msg"]
    return f"{at}{found}: {message[0].lower()}{message[1:]}."


def _near(given: Any, expected: str) -> str:
    known = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
    return did_you_mean(str(given), known)


def _key_path(fault: Any, data: Any) -> str:
    """Write a location as `checks[1].points`; the names that pydantic gives to a union's arms are left out."""
    path = ""
    loc = fault["loc"]
    for position, part in enumerate(loc):
        lacking = position == len(loc) - 1 and fault["type"] == "missing"
        if isinstance(part, int) and isinstance(data, list):
            path += f"[{part}]"
            data = data[part] if part < len(data) else None
        elif isinstance(data, dict) and (part in data or lacking):
            path += f".{part}" if path else str(part)
            data = data.get(part)
    return path


def _fields_at(model: type[BaseModel], loc: tuple[Any, ...]) -> set[str]:
    """Give the keys that are known where an unknown one stands."""
    here = {model}
    for part in loc:
        fields = [each.model_fields[part] for each in here if part in each.model_fields]
        inner = {found for field in fields for found in _models_in(field.annotation)}
        if inner:
            here = inner
        elif arms := {each for each in here if _is_arm(each, part)}:
            here = arms
    return {name for each in here for name in each.model_fields}


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    """Give the models that a type holds: those of `list[Check]` or of a union."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    if get_origin(annotation) is None:
        return set()
    return {found for part in get_args(annotation) for found in _models_in(part)}


def _is_arm(model: type[BaseModel], tag: Any) -> bool:
    """Tell whether a model is the arm of a union that has this tag."""
    kind = model.model_fields.get("type")
    named = kind is not None and get_origin(kind.annotation) is Literal and tag in get_args(kind.annotation)
    return named or str(tag).removesuffix("()") in model.model_fields
