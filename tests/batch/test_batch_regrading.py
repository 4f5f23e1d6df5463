"""Regrading: who moves and why, what isn't lowered, and grades set by hand."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.batch.batches import TRIPLED, Batch, everything
from tests.small_course import EXERCISE, REFERENCE

LENIENT = """from grader.testing import assert_close


def test_values(submission, rng):
    x = rng.normal(size=5)
    assert_close(submission.double(x) * 0.0, x * 0.0, name="double(x)")


def test_linear(submission, rng):
    x = rng.normal(size=4)
    assert_close(submission.double(x + x), 2.0 * submission.double(x), name="double(x + x)")
"""


def revalue(batch: Batch, **points: int) -> None:
    """Give checks other points."""
    checks: list[dict[str, Any]] = [
        {**check, "points": points.get(check["id"], check["points"])} for check in EXERCISE["checks"]
    ]
    batch.course.declare({**EXERCISE, "checks": checks})


def class_of_three(batch: Batch) -> None:
    batch.hand_in("anna", f"# anna\n{REFERENCE}")
    batch.hand_in("ben", f"# ben\n{TRIPLED}")
    batch.hand_in("chi", f"# chi\n{REFERENCE.replace('return', 'raise ValueError #')}")


def test_diff_shows_who_moves_by_how_much_and_because_of_which_check(batch: Batch) -> None:
    class_of_three(batch)
    assert batch.run().code == 0
    revalue(batch, linear=7)
    assert batch.run().code == 0
    ran = batch.diff()
    assert ran.code == 0
    first, *lines = ran.out.splitlines()
    assert first.startswith("From run 1 (")
    assert " to run 2 (" in first
    assert lines == [
        "2 grades move: 2 up, 0 down.",
        "  exercise-01 linear: moves 3 learners by +8 in all (is worth 7 instead of 3)",
        "anna, exercise-01: 6 → 10 (+4; because of the checks)",
        "    linear: PASSED 3/3 → PASSED 7/7",
        "ben, exercise-01: 3 → 7 (+4; because of the checks)",
        "    linear: PASSED 3/3 → PASSED 7/7",
        "chi, exercise-01: 0 → 0 (+0; because of the checks)",
        "    linear: ERROR 0/3 → ERROR 0/7",
    ]


def test_diff_tells_a_changed_check_from_changed_points(batch: Batch) -> None:
    class_of_three(batch)
    batch.run()
    (batch.course.solutions / "test_doubling.py").write_text(LENIENT)
    batch.run()
    out = batch.diff().out
    assert "1 grade moves: 1 up, 0 down." in out
    assert "exercise-01 values: moves 1 learner by +2 in all (ends otherwise)" in out
    assert "ben, exercise-01: 3 → 5 (+2; because of the checks)\n    values: FAILED 0/2 → PASSED 2/2\n" in out


def test_diff_as_json_is_a_line_a_move(batch: Batch) -> None:
    class_of_three(batch)
    batch.run()
    batch.hand_in("anna", f"# anna again\n{TRIPLED}")
    batch.run()
    ran = batch.diff(batch.out, "--json")
    (move,) = map(json.loads, ran.out.splitlines())
    assert (move["learner"], move["item"], move["before"], move["after"], move["difference"], move["causes"]) == (
        "anna", "exercise-01", 6, 3, -3, ["submission"],
    )  # fmt: skip
    assert [(check["check"], check["was"], check["now"]) for check in move["checks"]] == [
        ("example", "PASSED", "FAILED"),
        ("values", "PASSED", "FAILED"),
    ]


def test_diff_compares_runs_by_number_and_two_folders(batch: Batch) -> None:
    class_of_three(batch)
    batch.run()
    revalue(batch, linear=7)
    batch.run()
    revalue(batch, linear=9)
    batch.run()
    fresh = Batch(batch.course, batch.submissions, batch.out.with_name("fresh"))
    revalue(batch)
    fresh.run()
    assert "anna, exercise-01: 10 → 12 (" in batch.diff().out
    assert "anna, exercise-01: 6 → 12 (" in batch.diff(f"{batch.out}@1", f"{batch.out}@3").out
    assert "anna, exercise-01: 6 → 10 (" in batch.diff(f"{batch.out}@1", f"{batch.out}@2").out
    assert "anna, exercise-01: 6 → 10 (" in batch.diff(f"{batch.out}@2").out
    assert "anna, exercise-01: 12 → 6 (-6; because of the checks)" in batch.diff(batch.out, fresh.out).out
    assert "Nothing moves." in batch.diff(f"{batch.out}@1", fresh.out).out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["out"], "out: holds one run only; name another folder to compare it with."),
        (["out@7"], "out: holds no run 7."),
        (["elsewhere"], "elsewhere: holds no batch.sqlite; give the folder that was --out of a batch."),
    ],
)
def test_a_slip_in_what_to_compare_is_told(batch: Batch, words: list[str], message: str) -> None:
    class_of_three(batch)
    batch.run()
    ran = batch.diff(*(batch.out.with_name(word) for word in words))
    assert ran.code == 2
    assert message in ran.err


def test_the_submissions_of_a_first_run_come_from_nothing(batch: Batch) -> None:
    batch.hand_in("anna")
    batch.run()
    batch.hand_in("ben", f"# ben\n{REFERENCE}")
    batch.run()
    assert "ben, exercise-01: – → 6 (+6; because of the submission)" in batch.diff().out


def test_a_grade_that_was_shown_is_not_lowered_but_listed_and_marked(batch: Batch) -> None:
    class_of_three(batch)
    batch.run()
    revalue(batch, values=1, linear=1)
    ran = batch.run()
    assert ran.code == 0
    assert "2 grades kept (--allow-lower lets them fall):\n  anna, exercise-01: 6 was shown before; the checks now give 3.\n" in ran.out  # fmt: skip
    assert batch.grades == {"anna": "6", "ben": "3", "chi": "0"}
    assert {name: row["kept"] for name, row in batch.rows.items()} == {
        "anna": "exercise-01", "ben": "exercise-01", "chi": "",
    }  # fmt: skip
    assert "6 was shown before; the checks now give 3" in (batch.out / "report.html").read_text()
    assert batch.run().code == 0
    assert batch.grades["anna"] == "6"
    lowered = batch.run("--allow-lower")
    assert "grades kept" not in lowered.out
    assert batch.grades == {"anna": "3", "ben": "1", "chi": "0"}
    assert {row["kept"] for row in batch.rows.values()} == {""}


def test_a_grade_stays_when_the_file_is_gone(batch: Batch) -> None:
    class_of_three(batch)
    batch.run()
    (batch.submissions / "anna" / "doubling.py").unlink()
    roster = batch.submissions.with_name("roster.csv")
    roster.write_text("id\nanna\nben\nchi\n")
    told = batch.told("--roster", roster)
    assert [cell["reason"] for cell in told["kept"]] == [
        "6 was shown before; nothing was handed in this time."
    ]
    assert batch.grades["anna"] == "6"


def test_a_gradebook_that_is_none_any_more_stops_the_run_before_it_grades(batch: Batch) -> None:
    class_of_three(batch)
    batch.out.mkdir()
    (batch.out / "gradebook.csv").write_text("name;points\nanna;6\n")
    ran = batch.run()
    assert ran.code == 2
    assert "isn't the gradebook of an earlier run any more" in ran.err
    assert (batch.out / "gradebook.csv").read_text() == "name;points\nanna;6\n"


# Grades set by hand.

OVERRIDES = "learner,item,points,reason\nben,exercise-01,4.5,The task was unclear\n"


def test_a_grade_set_by_hand_is_shown_as_such_everywhere_and_stays(batch: Batch) -> None:
    class_of_three(batch)
    batch.out.mkdir()
    given = batch.out / "overrides.csv"
    given.write_text(OVERRIDES)
    ran = batch.run()
    assert ran.code == 0
    assert "1 grade set by hand:\n  ben, exercise-01: 4.5, The task was unclear\n" in ran.out
    assert batch.rows["ben"]["exercise-01"] == "4.5"
    assert batch.rows["ben"]["overridden"] == "exercise-01"
    assert batch.rows["anna"]["overridden"] == ""
    assert "The task was unclear" in batch.feedback("ben")
    assert "The task was unclear" in (batch.out / "report.html").read_text()
    revalue(batch, linear=9)
    batch.run("--allow-lower")
    assert batch.grades["ben"] == "4.5"
    assert given.read_text() == OVERRIDES


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + OVERRIDES.encode(),
        OVERRIDES.replace(",", ";").encode(),
        b"\xef\xbb\xbf" + OVERRIDES.replace(",", ";").replace("4.5", "4,5").replace("\n", "\r\n").encode(),
        OVERRIDES.replace(",", "\t").encode(),
        b"reason,points,note,item,learner\n The task was unclear ,4.5,x,exercise-01, ben \n,,,,\n",
    ],
    ids=["byte order mark", "semicolons", "a German spreadsheet", "tabs", "other columns and blanks"],
)
def test_a_spreadsheet_s_way_of_writing_overrides_is_understood(batch: Batch, content: bytes) -> None:
    batch.hand_in("ben", TRIPLED)
    given = batch.submissions.with_name("by hand.csv")
    given.write_bytes(content)
    assert batch.run("--overrides", given).code == 0
    assert batch.grades == {"ben": "4.5"}
    assert "The task was unclear" in batch.feedback("ben")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ben,exercise-1,4,why", "line 2 ('ben', 'exercise-1'): there is no such item in the course. Did you mean 'exercise-01'."),
        ("ben,exercise-01,NaN,why", "line 2 ('ben', 'exercise-01'): 'NaN' is not a number of points."),
        ("ben,exercise-01,inf,why", "'inf' is not a number of points."),
        ("ben,exercise-01,-1,why", "'-1' is not a number of points."),
        ("ben,exercise-01,,why", "'' is not a number of points."),
        ("ben,exercise-01,5 points,why", "'5 points' is not a number of points."),
        ("ben,exercise-01,4", "line 2 ('ben', 'exercise-01'): the reason is missing; a grade set by hand says why."),
        (",exercise-01,4,why", "line 2 ('', 'exercise-01'): the learner is missing."),
        ("ben,exercise-01,4,why\nben,exercise-01,5,why", "line 3 ('ben', 'exercise-01'): stands here a second time."),
        ("ben,exercise-01,4,5,why", "line 2 ('ben', 'exercise-01'): holds more cells than line 1; a comma inside a cell needs quotes around the cell."),
        (f'ben,exercise-01,4,"{"x" * 200_000}"', "is not a CSV file (field larger than field limit (131072))."),
    ],
)  # fmt: skip
def test_a_line_of_overrides_that_cannot_be_used_is_told_before_anything_is_graded(
    batch: Batch, line: str, message: str
) -> None:
    batch.hand_in("ben")
    batch.out.mkdir()
    (batch.out / "overrides.csv").write_text(f"learner,item,points,reason\n{line}\n")
    ran = batch.run()
    assert ran.code == 2
    assert f"grader: {batch.out / 'overrides.csv'}: " in ran.err
    assert message in ran.err
    assert "Traceback" not in ran.err
    assert [path.name for path in batch.out.iterdir()] == ["overrides.csv"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"learner,item,points\nben,exercise-01,4\n", "line 1 must name the columns learner, item, points, reason; 'reason' is missing."),
        (b"", "line 1 must name the columns learner, item, points, reason; 'learner' is missing."),
        (b"learner,item,points,reason\nb\xfcn,exercise-01,4,why\n", "is not UTF-8 text; save it as CSV in UTF-8."),
    ],
)  # fmt: skip
def test_a_file_of_overrides_of_another_form_is_told(batch: Batch, content: bytes, message: str) -> None:
    batch.hand_in("ben")
    given = batch.submissions.with_name("overrides.csv")
    given.write_bytes(content)
    ran = batch.run("--overrides", given)
    assert ran.code == 2
    assert f"{given}: {message}" in ran.err


def test_overrides_that_were_named_but_are_not_there_are_told(batch: Batch) -> None:
    batch.hand_in("ben")
    ran = batch.run("--overrides", batch.submissions / "nowhere.csv")
    assert ran.code == 2
    assert "nowhere.csv: cannot be read (no such file or directory)." in ran.err


def test_an_override_that_fits_nobody_is_told_and_kept_out_of_the_gradebook(batch: Batch) -> None:
    batch.hand_in("ben")
    batch.out.mkdir()
    (batch.out / "overrides.csv").write_text(OVERRIDES + "bne,exercise-01,4,a slip of the pen\n")
    ran = batch.run()
    told = "overrides.csv sets exercise-01 of bne, who isn't in the gradebook."
    assert ran.code == 0
    assert told in ran.out
    assert told.replace("'", "&#x27;") in (batch.out / "report.html").read_text().replace("&#39;", "&#x27;")
    assert set(batch.grades) == {"ben"}


def test_an_override_of_an_item_that_nobody_handed_in_is_told(batch: Batch) -> None:
    other = batch.course.root / "exercises" / "exercise-02"
    other.mkdir()
    for path in ("exercise.yaml", "stub/doubling.py"):
        (other / path).parent.mkdir(exist_ok=True)
        text = (batch.course.yaml.parent / path).read_text().replace("doubling.py", "halving.py")
        (other / path.replace("doubling", "halving")).write_text(text)
    batch.hand_in("ben")
    batch.out.mkdir()
    (batch.out / "overrides.csv").write_text("learner,item,points,reason\nben,exercise-02,4,on paper\n")
    assert (
        "overrides.csv sets exercise-02 of ben, but no run covers exercise-02; --items does."
        in batch.run().out
    )
    assert batch.told("--items", "1,2")["overridden"][0]["points"] == 4
    assert batch.rows["ben"]["exercise-02"] == "4"


# Our own faults.


def test_a_fault_of_ours_is_for_staff_to_look_at_and_no_grade(batch: Batch) -> None:
    class_of_three(batch)
    checks = batch.course.solutions / "test_doubling.py"
    broken = checks.read_text().replace("x, y = rng", "1 / 0\n    x, y = rng")
    sound = checks.read_text()
    checks.write_text(broken)
    ran = batch.run()
    assert ran.code == 1
    assert "3 need review:\n  anna, exercise-01: Our fault in linear; staff must look.\n" in ran.out
    assert "3 to review" in ran.err
    assert set(batch.grades.values()) == {""}
    assert {row["needs_review"] for row in batch.rows.values()} == {"exercise-01"}
    told = batch.told()
    assert [cell["learner"] for cell in told["needs_review"]] == ["anna", "ben", "chi"]
    assert batch.run("--json").code == 1
    checks.write_text(sound)
    assert batch.run().code == 0
    assert batch.grades == {"anna": "6", "ben": "3", "chi": "0"}


def test_a_submission_that_needs_review_is_graded_again_by_the_next_run(batch: Batch, tmp_path: Path) -> None:
    """What got in the way may be gone: a machine without memory, say."""
    flag = tmp_path / "in the way"
    flag.touch()
    checks = batch.course.solutions / "test_doubling.py"
    checks.write_text(
        f"from pathlib import Path\n\n{checks.read_text()}\n\ndef test_linear(submission):\n"
        f"    assert submission.double(1.0) == 2.0\n    if Path({str(flag)!r}).exists():\n        raise OSError\n"
    )
    class_of_three(batch)
    assert batch.run().code == 1
    assert batch.grades["anna"] == ""
    flag.unlink()
    assert batch.told("--dry-run")["to_grade"] == {"exercise-01": 2}
    assert batch.told()["graded"] == 2
    assert batch.grades["anna"] == "6"
    assert batch.told()["graded"] == 0


def test_a_grade_shown_stands_while_staff_look_at_a_fault_of_ours(batch: Batch) -> None:
    class_of_three(batch)
    batch.run()
    checks = batch.course.solutions / "test_doubling.py"
    checks.write_text(checks.read_text().replace("x, y = rng", "1 / 0\n    x, y = rng"))
    assert batch.run().code == 1
    assert batch.grades == {"anna": "6", "ben": "3", "chi": "0"}
    assert {row["needs_review"] for row in batch.rows.values()} == {"exercise-01"}


# What follows from what.


def graded_again(batch: Batch, *more: str) -> int:
    graded = batch.told(*more)["graded"]
    assert isinstance(graded, int)
    return graded


def test_a_second_run_grades_nothing_and_rewrites_nothing(batch: Batch) -> None:
    class_of_three(batch)
    batch.run("--export", "junit")
    before = everything(batch.out)
    ran = batch.run("--export", "junit")
    assert "Graded 0 submissions now" in ran.out
    assert ran.err == ""
    after = everything(batch.out)
    assert {**after, "batch.sqlite": before["batch.sqlite"]} == before
    with sqlite3.connect(batch.out / "batch.sqlite") as store:
        assert store.execute("SELECT count(*) FROM run").fetchone() == (1,)
    store.close()


def test_only_what_changed_is_graded_again(batch: Batch) -> None:
    class_of_three(batch)
    for name in ("solutions", "exercises"):
        second = batch.course.root / name / "exercise-02"
        for path in sorted((batch.course.root / name / "exercise-01").rglob("*")):
            if path.is_file():
                copy = second / str(path.relative_to(batch.course.root / name / "exercise-01")).replace(
                    "doubling", "twice"
                )
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text(path.read_text().replace("doubling.py", "twice.py"))
    batch.hand_in("anna", f"# another\n{REFERENCE}", "twice.py")
    assert graded_again(batch) == 4
    assert graded_again(batch) == 0
    batch.hand_in("chi", f"# chi, better\n{REFERENCE}")
    assert graded_again(batch) == 1
    wrong = batch.course.solutions / "wrong" / "squared.py"
    wrong.write_text(wrong.read_text().replace("You squared", "Look, you squared"))
    assert graded_again(batch) == 3
    reference = batch.course.root / "solutions" / "exercise-02" / "twice.py"
    reference.write_text(f"# better explained\n{reference.read_text()}")
    assert graded_again(batch) == 1
    assert graded_again(batch, "--seed", "5") == 4
    assert graded_again(batch, "--weak-isolation") == 4
    (batch.course.root / "solutions" / "course.yaml").write_text("salt: another\n")
    assert graded_again(batch) == 4
