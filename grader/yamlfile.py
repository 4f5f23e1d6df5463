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


def parse_yaml(text: str, where: str) -> Any:
    """Parse strict YAML; `where` opens each error message.

    Raises:
        CourseFault: The text is not strict YAML.
    """
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CourseFault(f"{where}: line {line}: is not YAML: {error.problem or error.context}.") from None
    except yaml.YAMLError as error:
        raise CourseFault(f"{where}: is not YAML: {' '.join(str(error).split())}.") from None
    return None if node is None else _build(node, where, set(), 0)


def _build(node: yaml.Node, where: str, seen: set[int], depth: int) -> Any:
    line = node.start_mark.line + 1
    if depth > MAX_DEPTH:
        raise CourseFault(f"{where}: line {line}: is nested more than {MAX_DEPTH} deep.")
    if not isinstance(node, yaml.ScalarNode):
        if id(node) in seen:
            raise CourseFault(f"{where}: line {line}: an anchor is used again; write the value out instead.")
        seen.add(id(node))
    if isinstance(node, yaml.MappingNode) and node.tag == "tag:yaml.org,2002:map":
        return _mapping(node, where, seen, depth)
    if isinstance(node, yaml.SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
        return [_build(child, where, seen, depth + 1) for child in node.value]
    return _scalar(node, where, line, seen)


def _mapping(node: yaml.MappingNode, where: str, seen: set[int], depth: int) -> dict[Any, Any]:
    out: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise CourseFault(f"{where}: line {line}: a key must be a word, not a list or mapping.")
        key = _build(key_node, where, seen, depth + 1)
        if key in out:
            raise CourseFault(f"{where}: line {line}: the key {key!r} stands here twice.")
        out[key] = _build(value_node, where, seen, depth + 1)
    return out


def _scalar(node: yaml.Node, where: str, line: int, seen: set[int]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        # An alias to a scalar shares its node as well.
        if id(node) in seen:
            raise CourseFault(f"{where}: line {line}: an anchor is used again; write the value out instead.")
        seen.add(id(node))
        match node.tag.rpartition(":")[2]:
            case "str":
                return node.value
            case "int":
                return int(node.value)
            case "float":
                return float(node.value.replace(".inf", "inf").replace(".nan", "nan"))
            case "bool":
                return node.value == "true"
            case "null":
                return None
    raise CourseFault(f"{where}: line {line}: the tag {node.tag!r} is not allowed; use plain values.")
