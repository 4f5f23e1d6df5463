"""Read YAML strictly: no surprise types, no repeated keys, no aliases, and an error that names the line.

PyYAML's own rules read `1e-3` as a string, `no` as a boolean and `12:30` as 750, and let a
repeated key win silently. Here only `true`, `false`, `null`, decimal integers and floats are
more than strings.
"""

import re
from pathlib import Path
from typing import Any

import yaml

from grader.errors import CourseFault

MAX_BYTES = 1 << 20
MAX_DEPTH = 40

# The C loader is five times as fast; a PyYAML built without libyaml has only the pure one.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]  # the base is chosen when the module is loaded
    """PyYAML's loader with the four implicit types below and no others."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012  # PyYAML's own class attribute


_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(
        r"^[-+]?(?:(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+|\.inf)$|^\.nan$"
    ),
    list("-+.0123456789"),
)


def read_yaml(path: Path) -> Any:
    """Read one YAML file into plain dicts, lists, strings and numbers.

    Raises:
        CourseFault: The file is missing, unreadable, too large or not strict YAML; the message
            names the file and, where there is one, the line.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CourseFault(f"{path}: cannot be read ({error.strerror or error}).") from None
    if len(raw) > MAX_BYTES:
        raise CourseFault(f"{path}: has {len(raw)} bytes, more than the {MAX_BYTES} that are read.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CourseFault(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8.") from None
    return parse_yaml(text, str(path))


def parse_yaml(text: str, where: str, *, as_texts: bool = False) -> Any:
    """Parse strict YAML.

    Args:
        text: The YAML.
        where: Opens each error message.
        as_texts: Whether numbers and words are given as they were typed; only nothing is None.

    Raises:
        CourseFault: The text is not strict YAML.
    """
    try:
        reader = _Reader(_Loader(text), where, as_texts=as_texts)
        try:
            return reader.document()
        finally:
            reader.events.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CourseFault(f"{where}: line {line}: is not YAML: {error.problem or error.context}.") from None
    except yaml.YAMLError as error:
        raise CourseFault(f"{where}: is not YAML: {' '.join(str(error).split())}.") from None


class _Reader:
    """Builds plain values from the parser's events; PyYAML's composer would follow any depth, down to a crash."""

    def __init__(self, events: Any, where: str, *, as_texts: bool) -> None:
        self.events = events
        self.where = where
        self.as_texts = as_texts

    def document(self) -> Any:
        self.events.get_event()  # the stream starts
        if self.events.check_event(yaml.StreamEndEvent):
            return None
        self.events.get_event()  # the document starts
        value = self._value(self.events.get_event(), 0)
        self.events.get_event()  # the document ends
        if not self.events.check_event(yaml.StreamEndEvent):
            raise self._fault(self.events.get_event(), "a second document starts; a file holds one.")
        return value

    def _value(self, event: yaml.Event, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise self._fault(event, f"is nested more than {MAX_DEPTH} deep.")
        match event:
            case yaml.AliasEvent():
                raise self._fault(event, "an anchor is used again; write the value out instead.")
            case yaml.ScalarEvent():
                return self._scalar(event)
            case yaml.MappingStartEvent() if event.tag in (None, "!"):
                return self._mapping(depth)
            case yaml.SequenceStartEvent() if event.tag in (None, "!"):
                values = []
                while not self.events.check_event(yaml.SequenceEndEvent):
                    values.append(self._value(self.events.get_event(), depth + 1))
                self.events.get_event()
                return values
        raise self._tag_fault(event, str(event.tag))  # type: ignore[attr-defined]  # a start event has a tag

    def _mapping(self, depth: int) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        while not self.events.check_event(yaml.MappingEndEvent):
            start = self.events.get_event()
            if isinstance(start, yaml.CollectionStartEvent):
                raise self._fault(start, "a key must be a word, not a list or mapping.")
            key = self._value(start, depth + 1)
            if key in values:
                raise self._fault(start, f"the key {key!r} stands here twice.")
            values[key] = self._value(self.events.get_event(), depth + 1)
        self.events.get_event()
        return values

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if event.tag in ("!", "tag:yaml.org,2002:str"):
            return event.value
        if event.tag is not None:
            raise self._tag_fault(event, event.tag)
        if self.as_texts:
            # Without quotes these two mean nothing, as an empty place does.
            is_plain = not event.style
            return None if is_plain and event.value in ("", "~", "null") else event.value
        match self.events.resolve(yaml.ScalarNode, event.value, event.implicit).rpartition(":")[2]:
            case "int":
                return self._whole_number(event)
            case "float":
                return float(event.value.replace(".inf", "inf").replace(".nan", "nan"))
            case "bool":
                return event.value == "true"
            case "null":
                return None
        return event.value

    def _whole_number(self, event: yaml.ScalarEvent) -> int:
        try:
            return int(event.value)
        except ValueError:  # Python reads 4300 digits at the most
            raise self._fault(event, f"a number has {len(event.value)} digits, too many to read.") from None

    def _tag_fault(self, event: yaml.Event, tag: str) -> CourseFault:
        return self._fault(event, f"the tag {tag!r} is not allowed; use plain values.")

    def _fault(self, event: yaml.Event, sentence: str) -> CourseFault:
        line = event.start_mark.line + 1 if event.start_mark else 1
        return CourseFault(f"{self.where}: line {line}: {sentence}")
