"""Gradescope's results.json, held against the format's description."""

import json
from typing import Any

import jsonschema
import pytest

from grader.batch.gradebook import Basis, Gradebook
from grader.batch.handin import Learner
from grader.export.gradescope import MARKER, gradescope
from grader.printable import file_names
from tests.export.books import ADAM, HOSTILE_NAMES, SOFTMAX, book, cell, hostile, one_of_each, row

VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
# Written from gradescope/autograder_samples, docs/specs.md.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["tests"],
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "test_output_format": FORMAT,
        "test_name_format": FORMAT,
        "visibility": VISIBILITY,
        "stdout_visibility": VISIBILITY,
        "extra_data": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["score", "max_score", "name"],
                "additionalProperties": False,
                "properties": {
                    "score": {"type": "number"},
                    "max_score": {"type": "number"},
                    "status": {"enum": ["passed", "failed"]},
                    "name": {"type": "string"},
                    "number": {"type": "string"},
                    "output": {"type": "string"},
                },
            },
        },
    },
}


def results(gradebook: Gradebook) -> dict[tuple[str, str], dict[str, Any]]:
    """Give the results by learner and item, each checked against the schema."""
    names = file_names(row.learner.id for row in gradebook.rows())
    made = gradescope(gradebook, names)
    found = {}
    for one in gradebook.rows():
        for name, content in made.row(one):
            folder, item, file = name.split("/")
            assert (folder, file) == (names[one.learner.id], "results.json")
            assert content.startswith(MARKER)
            assert b"\r" not in content
            found[one.learner.id, item] = json.loads(content)
            jsonschema.validate(found[one.learner.id, item], SCHEMA)
    return found


def test_each_submission_has_a_file_with_its_checks_as_the_tests() -> None:
    ada = results(one_of_each())["ada", SOFTMAX.item]
    assert ada["score"] == 10
    assert ada["output"] == "10 of 10 points."
    assert [test["number"] for test in ada["tests"]] == ["1", "2", "3", "4", "5"]
    assert {test["status"] for test in ada["tests"]} == {"passed"}
    assert ada["tests"][0]["name"].startswith("Property 1 of pᵢ")


def test_a_failed_check_tells_what_and_why() -> None:
    test = results(one_of_each())["ben", SOFTMAX.item]["tests"][2]
    assert (test["score"], test["max_score"], test["status"]) == (0, 2, "failed")
    assert "about 2 times too large" in test["output"]
    assert "A likely reason: You left out the shift by max" in test["output"]
    assert "Hint: What does" in test["output"]


@pytest.mark.parametrize(("learner", "score"), [("chi", 9.5), ("dee", 10)])
def test_the_score_is_the_grade_that_stands_and_is_explained(learner: str, score: float) -> None:
    found = results(one_of_each())[learner, SOFTMAX.item]
    assert found["score"] == score
    assert sum(test["score"] for test in found["tests"]) != score
    assert "set by your course staff" in found["output"] or "shown before stands" in found["output"]


def test_what_was_not_handed_in_or_waits_for_staff_has_no_file() -> None:
    found = results(one_of_each())
    assert ("chi", ADAM.item) not in found
    assert ("eve", SOFTMAX.item) not in found
    assert ("eve", ADAM.item) in found


def test_a_grade_by_hand_without_a_submission_stands() -> None:
    made = cell("ada", None, basis=Basis.OVERRIDE, points=7.0, reason="Oral exam.")
    found = results(book([row(Learner("ada"), (made, None))], (SOFTMAX,)))["ada", SOFTMAX.item]
    assert found["score"] == 7
    assert found["tests"] == []
    assert "Oral exam." in found["output"]


def test_hostile_names_and_texts_fit_the_format_and_nothing_of_staff_s_shows() -> None:
    assert [learner for learner, _ in results(hostile())] == list(HOSTILE_NAMES)
    assert "SECRET" not in json.dumps(list(results(one_of_each()).values()))
