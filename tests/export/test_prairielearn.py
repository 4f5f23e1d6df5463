"""PrairieLearn's results.json, held against the format's description."""

import json
from dataclasses import replace
from typing import Any

import jsonschema

from grader.batch.gradebook import Basis, Gradebook
from grader.batch.handin import Learner
from grader.export.prairielearn import MARKER, prairielearn
from grader.outcome import Outcome
from grader.printable import file_names
from tests.export.books import HOSTILE_NAMES, SOFTMAX, book, cell, check, hostile, one_of_each, report, row

# Written from PrairieLearn, docs/externalGrading.md.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["gradable"],
    "if": {"properties": {"gradable": {"const": True}}},
    "then": {"required": ["score"]},
    "properties": {
        "gradable": {"type": "boolean"},
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "message": {"type": "string"},
        "output": {"type": "string"},
        "format_errors": {"type": ["string", "array"], "items": {"type": "string"}},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "points", "max_points"],
                "properties": {
                    "name": {"type": "string"},
                    "description": {"type": "string"},
                    "points": {"type": "number"},
                    "max_points": {"type": "number"},
                    "message": {"type": "string"},
                    "output": {"type": "string"},
                },
            },
        },
    },
}


def results(gradebook: Gradebook) -> dict[tuple[str, str], Any]:
    """Give the results by learner and item, each checked against the schema."""
    names = file_names(row.learner.id for row in gradebook.rows())
    made = prairielearn(gradebook, names)
    found = {}
    for one in gradebook.rows():
        for name, content in made.row(one):
            folder, item, last = name.split("/")
            assert (folder, last) == (names[one.learner.id], "results.json")
            assert content.startswith(MARKER)
            assert len(content) <= 1_048_576
            found[one.learner.id, item] = json.loads(content)
            jsonschema.validate(found[one.learner.id, item], SCHEMA)
    return found


def test_the_score_is_the_part_of_the_points_that_was_earned() -> None:
    found = results(one_of_each())
    assert found["ada", "exercise-07"]["score"] == 1.0
    assert found["ben", "exercise-07"]["score"] == 0.35
    assert [test["points"] for test in found["ben", "exercise-07"]["tests"]] == [2, 1.5, 0, 0, 0]


def test_the_grade_that_stands_counts_and_is_explained() -> None:
    chi = results(one_of_each())["chi", "exercise-07"]
    assert chi["score"] == 0.95
    assert chi["message"].startswith("9.5 of 10 points. This grade was set by your course staff.")


def test_what_waits_for_staff_is_not_gradable() -> None:
    eve = results(one_of_each())["eve", "exercise-07"]
    assert eve["gradable"] is False
    assert "score" not in eve
    assert "Staff will look at it." in eve["format_errors"][0]


def test_what_was_not_handed_in_has_no_file() -> None:
    assert ("chi", "exercise-31") not in results(one_of_each())


def test_more_points_than_there_are_give_a_full_score() -> None:
    made = cell("ada", None, basis=Basis.OVERRIDE, points=12.0)
    found = results(book([row(Learner("ada"), (made, None))], (SOFTMAX,)))["ada", "exercise-07"]
    assert (found["score"], found["tests"]) == (1.0, [])


def test_a_file_that_would_be_too_large_has_its_messages_cut() -> None:
    long = tuple(check(number, Outcome.FAILED, message="x" * 400_000) for number in range(1, 6))
    found = replace(report(), checks=long)
    made = results(book([row(Learner("ada"), (cell("ada", found), found))], (SOFTMAX,)))
    assert [len(test["message"]) for test in made["ada", "exercise-07"]["tests"]] == [500] * 5


def test_hostile_names_and_texts_fit_the_format_and_nothing_of_staff_s_shows() -> None:
    assert [learner for learner, _ in results(hostile())] == list(HOSTILE_NAMES)
    assert "SECRET" not in json.dumps(list(results(one_of_each()).values()))
