"""Change an answers file and keep all else that stands in it: comments, layout, and what can't be used."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from grader.errors import CourseFault
from grader.quiz.answers import Answers, read_answers
from grader.quiz.quiz import Quiz
from grader.quiz.variant import Variant
from grader.quiz.writing import answers_text, stub_text, value_text
from grader.yamlfile import parse_yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Where a value begins and ends in a text.
_Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Changed:
    """A file's new text.

    Attributes:
        loses: Whether something of the old text isn't in it, so that the old file must be kept.
    """

    text: str
    loses: bool = False


def changed(
    raw: bytes,
    quiz: Quiz,
    variant: Variant,
    answers: Answers,
    readable: Callable[[str], str] = lambda text: text,
    before: Variant | None = None,
) -> Changed:
    """Give the text of an answers file once it holds these answers.

    A file that holds nothing but data is written anew, with the questions as comments; one with
    comments of the learner's own is changed in place.

    Args:
        raw: The file as it is.
        quiz: The quiz.
        variant: The learner's numbers.
        answers: What the file shall say.
        readable: Makes the mathematics of a text fit for a plain page.
        before: The numbers that the file's comments may show, where they are others.
    """
    fresh = answers_text(quiz, variant, answers, readable)
    try:
        text = raw.decode("utf-8-sig")
        data = parse_yaml(text, "", as_texts=True)
    except (UnicodeDecodeError, CourseFault):
        return Changed(fresh, loses=bool(raw.strip()))
    old = read_answers(raw, "", quiz)
    if old.broken or (data is not None and not isinstance(data, dict)):
        return Changed(fresh, loses=True)
    wanted = _patched(data or {}, answers)
    ours = _remarks(fresh) | _remarks(stub_text(quiz.id))
    for known in {each.seed: each for each in (variant, before) if each is not None}.values():
        ours |= _remarks(answers_text(quiz, known, old, readable))
    if _remarks(text) <= ours and _essence(_data(fresh)) == _essence(wanted):
        return Changed(fresh)
    try:
        in_place = _in_place(text, data or {}, answers)
    except yaml.YAMLError:  # a change made something else of a place
        in_place = None
    if in_place is not None and _essence(_data(in_place)) == _essence(wanted):
        return Changed(in_place)
    return Changed(fresh, loses=True)


def _data(text: str) -> Any:
    try:
        return parse_yaml(text, "", as_texts=True)
    except CourseFault:
        return None


def _patched(data: Mapping[Any, Any], answers: Answers) -> dict[Any, Any]:
    """Put the answers into a file's data."""
    given = data.get("answers") or {}
    patched = {
        **data,
        "quiz": answers.quiz,
        "learner": answers.learner,
        "answers": {**given, **answers.given},
    }
    if answers.hints:
        patched["hints"] = {**(data.get("hints") or {}), **{k: str(v) for k, v in answers.hints.items()}}
    return patched


def _essence(data: Any) -> Any:
    """Leave out what is empty: it says nothing."""
    if not isinstance(data, dict):
        return data
    kept = {key: _essence(value) for key, value in data.items()}
    return {key: value for key, value in kept.items() if value not in (None, "", {})}


def _remarks(text: str) -> set[str]:
    """Give all that may be a comment: what follows a # on each line."""
    return {line[at:].strip() for line in text.splitlines() for at in _hashes(line)}


def _hashes(line: str) -> list[int]:
    return [at.start() for at in re.finditer(r"(?:(?<=\s)|^)#", line)][:1]


def _in_place(text: str, data: Mapping[Any, Any], answers: Answers) -> str | None:
    """Change single values of a text; None when there is no place for one of them."""
    old = data.get("answers") or {}
    for name, value in answers.given.items():
        if old.get(name) != value and not (value is None and name not in old):
            text = _with_value(text, ("answers", name), value_text(value))
    if answers.hints and answers.hints != data.get("hints"):
        opened = ", ".join(f"{name}: {count}" for name, count in answers.hints.items())
        text = _with_value(text, ("hints",), f"{{{opened}}}")
    for key, value in (("learner", answers.learner), ("quiz", answers.quiz)):
        if data.get(key) != value:
            text = _with_value(text, (key,), value_text(value))
    return text


def _with_value(text: str, path: tuple[str, ...], value: str) -> str:
    """Put a value at a key path, beside the key that is there or as a new last line of its mapping."""
    found = _places(text)
    if path in found:
        start, end = found[path]
        # The end of a block of lines takes its line end with it.
        tail = "\n" if text[start:end].endswith("\n") else ""
        gap = "" if text[start - 1 : start] in (" ", "\n") else " "
        return f"{text[:start]}{gap}{value}{tail}{text[end:]}"
    lines = text if text.endswith("\n") or not text else text + "\n"
    if len(path) == 1:
        return f"{lines}{path[0]}: {value}\n"
    if path[:1] not in found:
        return f"{lines}{path[0]}:\n  {path[1]}: {value}\n"
    return _into_mapping(lines, found, path, value)


def _into_mapping(text: str, found: dict[tuple[str, ...], _Place], path: tuple[str, ...], value: str) -> str:
    start, end = found[path[:1]]
    inside = text[start:end].strip()
    if inside in ("", "{}", "~", "null"):
        return f"{text[:start].rstrip(' ')}\n  {path[1]}: {value}{text[end:]}"
    if inside.startswith("{"):
        return f"{text[: end - 1].rstrip()}, {path[1]}: {value}{text[end - 1 :]}"
    last = max(end for name, (_, end) in found.items() if name[:1] == path[:1] and len(name) == 2)
    behind = text.find("\n", last - 1) + 1
    indent = " " * (start - text.rfind("\n", 0, start) - 1)
    return f"{text[:behind]}{indent}{path[1]}: {value}\n{text[behind:]}"


def _places(text: str) -> dict[tuple[str, ...], _Place]:
    """Tell where each value begins and ends, by its path of keys."""
    found: dict[tuple[str, ...], _Place] = {}
    events = yaml.parse(text, Loader=_LOADER)
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            _place(text, event, events, (), found)
    return found


def _place(
    text: str, event: Any, events: Iterator[Any], path: tuple[str, ...], found: dict[Any, _Place]
) -> int:
    """Note where a value stands; give its end."""
    start: int = event.start_mark.index
    end: int = event.end_mark.index
    in_brackets = getattr(event, "flow_style", False)
    is_mapping = isinstance(event, yaml.MappingStartEvent)
    if is_mapping or isinstance(event, yaml.SequenceStartEvent):
        for inner in events:
            if isinstance(inner, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                # The mark of a block's end lies behind the comments that follow it.
                end = inner.end_mark.index if in_brackets else end  # type: ignore[union-attr]  # there is a mark
                break
            if not is_mapping:
                end = _place(text, inner, events, (*path, ""), found)
                continue
            key = (*path, getattr(inner, "value", ""))
            value = next(events)
            end = _place(text, value, events, key, found)
            colon = text.index(":", inner.end_mark.index) + 1
            below = text[colon : value.start_mark.index]
            if "\n" in below and not below.strip() and not isinstance(value, yaml.MappingStartEvent):
                # A value on the lines below its key is replaced from the key on.
                found[key] = (colon, end)
    found[path] = (start, end)
    return end
