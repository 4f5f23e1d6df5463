"""What authors write is validated, and each fault is told in one sentence."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from grader.errors import CourseFault
from grader.spec import SCHEMA_LINE, exercise_schema, parse_misconception, read_exercise

ROOT = Path(__file__).parents[1]


def small_exercise() -> dict[str, Any]:
    """A valid exercise with one check of each kind."""
    return {
        "title": "Doubling",
        "file": "doubling.py",
        "difficulty": 1,
        "topics": ["products"],
        "statement": "Double a number.",
        "hints": {"twice": ["What is twice two?", "Doubling is linear.", "$2x$"]},
        "references": ["Euclid, Elements, book V"],
        "checks": [
            {"id": "two", "title": "2 becomes 4", "points": 1, "hint": "twice",
             "example": {"call": "double", "args": [2], "expect": 4}},
            {"id": "linear", "title": "Sums are kept", "points": 2, "hint": "twice"},
            {"id": "written_out", "title": "Without +", "points": 1, "hint": "twice",
             "rule": {"functions": ["double"], "forbid": ["+"], "proved_by": "linear"}},
        ],
    }  # fmt: skip


def fault_of(tmp_path: Path, data: dict[str, Any]) -> str:
    """The message with which an exercise is refused, without the file's name."""
    path = tmp_path / "exercise.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(CourseFault) as caught:
        read_exercise(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


def test_a_valid_exercise_is_read(tmp_path: Path) -> None:
    path = tmp_path / "exercise.yaml"
    path.write_text(yaml.safe_dump(small_exercise()), encoding="utf-8")
    spec = read_exercise(path)
    assert spec.max_points == 4
    assert spec.hidden_ids == {"linear"}
    assert [check.visible for check in spec.checks] == [True, False, True]


def test_a_model_is_frozen(tmp_path: Path) -> None:
    path = tmp_path / "exercise.yaml"
    path.write_text(yaml.safe_dump(small_exercise()), encoding="utf-8")
    spec = read_exercise(path)
    with pytest.raises(ValueError, match="frozen"):
        spec.title = "other"  # type: ignore[misc]  # that it is frozen is the point


def changed(path: list[Any], value: Any) -> dict[str, Any]:
    """A small exercise with one value put in place (or taken out, if the value is `...`)."""
    data: Any = small_exercise()
    target = data
    for step in path[:-1]:
        target = target[step]
    if value is ...:
        del target[path[-1]]
    else:
        target[path[-1]] = value
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["checks", 1, "points"], -1, "checks[1].points: -1 is not positive."),
        (["checks", 1, "points"], "3", "checks[1].points: '3' is not a whole number."),
        (["checks", 1, "points"], 2.5, "checks[1].points: 2.5 is not a whole number."),
        (["checks", 1, "pionts"], 2, "checks[1].pionts: is not a key here. Did you mean 'points'?"),
        (["checks", 0, "example", "atoll"], 2, "checks[0].example.atoll: is not a key here. Did you mean 'atol'?"),
        (["titel"], "x", "titel: is not a key here. Did you mean 'title'?"),
        (["title"], ..., "title: is missing."),
        (["title"], "  ", "title: '  ': string should have at least 1 character."),
        (["checks", 1, "title"], ..., "checks[1].title: is missing."),
        (["checks", 1, "hint"], "twise", "checks[1].hint: there is no hint 'twise' under 'hints'. Did you mean 'twice'?"),
        (["checks", 1, "id"], "two", "the check id 'two' stands twice."),
        (["checks", 1, "id"], "not an id", "checks[1].id: 'not an id' doesn't have the form"),
        (["hints", "spare"], ["a", "b", "c"], "the hint 'spare' belongs to no check."),
        (["hints", "twice"], ["a"], "hints.twice: ['a']: list should have at least 3 items"),
        (["checks", 0, "example", "raises"], "ValueError", "checks[0].example: an example has either 'expect' or 'raises'."),
        (["checks", 2, "rule", "proved_by"], "linaer", "checks[2].rule.proved_by: there is no example or hidden check 'linaer'. Did you mean 'linear'?"),
        (["checks", 2, "example"], {"call": "f", "expect": 1}, "checks[2]: a check is an example or a rule, not both."),
        (["file"], "Doubling.PY", "file: 'Doubling.PY' doesn't have the form"),
        (["difficulty"], 9, "difficulty: 9: input should be less than or equal to 5."),
        (["limits"], {"check_s": 0}, "limits.check_s: 0 is not positive."),
        (["checks"], [], "checks: []: list should have at least 1 item"),
        (["checks"], {"a": 1}, "checks: {'a': 1}: input should be a valid list."),
        (["needs"], ["ex-7"], "needs[0]: 'ex-7' doesn't have the form"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_key_path_and_the_nearest_name(
    tmp_path: Path, path: list[Any], value: Any, message: str
) -> None:
    told = fault_of(tmp_path, changed(path, value))
    assert message in told
    assert "\n" not in told


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    data = small_exercise()
    data["checks"][0]["points"] = 0
    data["titel"] = "x"
    path = tmp_path / "exercise.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(CourseFault) as caught:
        read_exercise(path)
    assert len(str(caught.value).splitlines()) == 2


def test_a_file_that_holds_no_mapping_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "exercise.yaml"
    path.write_text("- a list", encoding="utf-8")
    with pytest.raises(CourseFault, match=r"holds \['a list'\] where a mapping of keys is expected"):
        read_exercise(path)


def test_a_wrong_solution_says_what_it_fails_and_what_to_tell() -> None:
    about = parse_misconception("message: Divide by n.\nfails: [mean]", "wrong/sum.py")
    assert (about.message, about.fails) == ("Divide by n.", ["mean"])
    with pytest.raises(CourseFault, match=r"wrong/sum\.py: fails: is missing\."):
        parse_misconception("message: Divide by n.", "wrong/sum.py")


def test_the_schema_in_the_course_is_current() -> None:
    """`grader schema` rewrites it."""
    written = (ROOT / "exercises" / "exercise.schema.json").read_text(encoding="utf-8")
    assert json.loads(written) == exercise_schema()


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("exercises/*/exercise.yaml")), ids=lambda path: path.parent.name
)
def test_every_exercise_names_the_schema_and_follows_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(SCHEMA_LINE + "\n")
    from grader.yamlfile import read_yaml

    Draft202012Validator(exercise_schema()).validate(read_yaml(path))
