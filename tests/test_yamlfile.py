"""The strict YAML reader."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import CourseFault
from grader.yamlfile import MAX_BYTES, parse_yaml, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-3", 0.001), ("-2E5", -2e5), (".5", 0.5), ("1.", 1.0), ("-.inf", -math.inf), ("7", 7), ("-0", 0),
        ("true", True), ("false", False), ("null", None), ("~", None), ("", None),
        ("no", "no"), ("on", "on"), ("yes", "yes"), ("True", "True"), ("12:30", "12:30"), ("010", "010"),
        ("0x10", "0x10"), ("1_000", "1_000"), ("2026-11-21", "2026-11-21"), ("! 5", "5"), ("!!str 5", "5"), ("'1e-3'", "1e-3"), ("e5", "e5"),
    ],
)  # fmt: skip
def test_a_scalar_is_what_it_looks_like(text: str, value: object) -> None:
    read = parse_yaml(f"key: {text}", "here")["key"]
    assert read == value
    assert type(read) is type(value)


def test_nan_is_a_float() -> None:
    assert math.isnan(parse_yaml("x: .nan", "here")["x"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3", "here: line 3: the key 'a' stands here twice."),
        ("a: &x [1]\nb: *x", "here: line 2: an anchor is used again; write the value out instead."),
        ("a: &x word\nb: *x", "here: line 2: an anchor is used again; write the value out instead."),
        (
            "a: !!python/object:os.system x",
            "here: line 1: the tag 'tag:yaml.org,2002:python/object:os.system'",
        ),
        ("a: !mine [1]", "here: line 1: the tag '!mine' is not allowed; use plain values."),
        ("a: !!int '7'", "here: line 1: the tag 'tag:yaml.org,2002:int' is not allowed; use plain values."),
        ("a: " + "7" * 5000, "here: line 1: a number has 5000 digits, too many to read."),
        ("a: !!set {x}", "is not allowed"),
        ("? [1, 2]\n: 3", "here: line 1: a key must be a word, not a list or mapping."),
        ("a: [1, 2", "here: line 2: is not YAML:"),
        ("a: b: c", "here: line 1: is not YAML:"),
        ("a: 1\n---\nb: 2", "here: line 2: a second document starts; a file holds one."),
        ("[" * 60 + "]" * 60, "here: line 1: is nested more than 40 deep."),
        ("[" * 400_000, "here: line 1: is nested more than 40 deep."),
        ("- " * 400_000, "here: line 1: is nested more than 40 deep."),
        ("a: \x07", "here: is not YAML:"),
    ],
)
def test_what_is_not_strict_yaml_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(CourseFault) as caught:
        parse_yaml(text, "here")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseFault, match=r"gone\.yaml: cannot be read \(No such file or directory\)\.$"):
        read_yaml(tmp_path / "gone.yaml")
    (tmp_path / "big.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(CourseFault, match="has 1048577 bytes, more than the 1048576 that are read"):
        read_yaml(tmp_path / "big.yaml")
    (tmp_path / "latin.yaml").write_bytes("größe: 1".encode("latin-1"))
    with pytest.raises(CourseFault, match=r"latin\.yaml: is not UTF-8 \(byte 2\); save it as UTF-8"):
        read_yaml(tmp_path / "latin.yaml")


@given(st.text())
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    try:
        parse_yaml(text, "here")
    except CourseFault as fault:
        assert str(fault).startswith("here: ")  # noqa: PT017  # both endings are right
