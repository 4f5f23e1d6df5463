"""results.jsonl: a report a line."""

import json

from grader.export.results_jsonl import results_jsonl
from tests.export.books import HOSTILE_NAMES, hostile, one_of_each


def test_each_line_is_a_report_with_its_learner_in_front() -> None:
    made = results_jsonl()
    rows = list(one_of_each().rows())
    lines = b"".join(map(made.row, rows)).splitlines()
    expected = [
        {"learner": row.learner.id, **report.as_json()} for row in rows for report in row.reports.values()
    ]
    assert [json.loads(line) for line in lines] == expected
    assert all(next(iter(json.loads(line))) == "learner" for line in lines)


def test_what_only_staff_may_see_stays_out() -> None:
    made = results_jsonl()
    assert b"SECRET" not in b"".join(map(made.row, one_of_each().rows()))


def test_hostile_texts_break_no_line() -> None:
    made = results_jsonl()
    lines = b"".join(map(made.row, hostile().rows())).decode().splitlines()
    assert [json.loads(line)["learner"] for line in lines] == list(HOSTILE_NAMES)
