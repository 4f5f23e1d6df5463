"""A gradebook that Canvas exported, filled so that its importer takes every grade as it is meant."""

import csv
import io

import pytest

from grader.batch.gradebook import Basis
from grader.batch.handin import Learner
from grader.errors import UsageFault
from grader.export.canvas import fill_canvas
from grader.export.sheet import Filled
from tests.export.books import ADAM, SOFTMAX, book, cell, one_of_each, report, row

HEADER = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Notes,Exercise-07: softmax (4001),"
    "Adam: $m_t$ and $v_t$ (4002),Essay (4003),Assignments Current Score,Final Grade\r\n"
)
POSTING = ",,,,,,Manual Posting,,,,\r\n"
POSSIBLE = "    Points Possible,,,,,,10.00,6.00,20.00,(read only),(read only)\r\n"
STUDENTS = (
    '"Lovelace, Ada",101,s1,ada,"CS 1, A",,,"",18.00,90.1,A\r\n'
    '"O\'Neil, Ben",102,s2,ben,CS 1,ill,EX,1.5,,,\r\n'
    '"Nguyễn, Chi",103,s3,chi,CS 1,,N/A,,,,\r\n'
    "Dee,104,s4,dee,CS 1,,9,6.00,,,\r\n"
    '"Ω, Eve",105,s5,eve,CS 1,,,,,,\r\n'
)
GIVEN = HEADER + POSTING + POSSIBLE + STUDENTS


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def fill(text: str = GIVEN, **columns: str) -> Filled:
    return fill_canvas(
        text.encode(), one_of_each(), {name.replace("_", "-"): to for name, to in columns.items()}
    )


def remark(filled: Filled, words: str) -> str:
    """Give the one remark that holds these words."""
    (found,) = [remark for remark in filled.remarks if words in remark]
    return found


def test_grades_go_into_the_columns_of_the_items_id_or_title() -> None:
    rows = {line[0]: line for line in table(fill().content)}
    assert rows["Lovelace, Ada"][6:8] == ["10", "6"]
    assert rows["O'Neil, Ben"][7] == "2"
    assert rows["Nguyễn, Chi"][7] == "0"
    assert rows["Dee"][6] == "10"


def test_everything_else_stays_byte_for_byte() -> None:
    lines = fill().content.decode().splitlines(keepends=True)
    assert "".join(lines[:3]) == HEADER + POSTING + POSSIBLE
    assert lines[3] == '"Lovelace, Ada",101,s1,ada,"CS 1, A",,10,"6",18.00,90.1,A\r\n'
    assert lines[6] == "Dee,104,s4,dee,CS 1,,10,6.00,,,\r\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encoding_and_byte_order_mark_stay(encoding: str) -> None:
    expected = fill().content.decode()
    assert fill_canvas(GIVEN.encode(encoding), one_of_each()).content == expected.encode(encoding)


def test_a_file_with_semicolons_keeps_them() -> None:
    given = "Student;ID;SIS Login ID;Section;exercise-07 (1)\n    Points Possible;;;;10,00\nLovelace;101;ada;CS;7,5\n"
    filled = fill(given)
    assert filled.content.decode() == given.replace("7,5", "10")
    assert "exercise-31: no column has its id or its title" in remark(filled, "exercise-31")


def test_excused_and_unassigned_students_stay_so() -> None:
    filled = fill()
    rows = {line[0]: line for line in table(filled.content)}
    assert rows["O'Neil, Ben"][6] == "EX"
    assert rows["Nguyễn, Chi"][6] == "N/A"
    assert remark(filled, "is excused from exercise-07 (EX)").startswith("O'Neil, Ben (row 5)")
    assert "exercise-07 isn't assigned to them in Canvas" in remark(filled, "N/A stays")


def test_a_grade_that_waits_for_staff_is_left_out_and_listed() -> None:
    filled = fill()
    assert table(filled.content)[7][6:8] == ["", "6"]
    assert remark(filled, "waits for staff's review") == (
        "Ω, Eve (row 8): their exercise-07 waits for staff's review; the cell is left as it is."
    )


def test_a_grade_that_falls_is_listed() -> None:
    filled = fill(GIVEN.replace(',,,"",18.00', ",,10,6.5,18.00"))
    assert (
        remark(filled, "falls from")
        == "Lovelace, Ada (row 4): their exercise-31 falls from 6.5 in the file to 6."
    )


def test_rows_and_learners_that_fit_nobody_are_listed_but_not_the_test_student() -> None:
    given = (
        GIVEN.replace('"Ω, Eve",105,s5,eve', '"Turing, Alan",999,s9,alan')
        + '"Student, Test",7,,x,CS,,,,,,\r\n'
    )
    filled = fill(given)
    assert remark(filled, "Turing") == (
        "Turing, Alan (row 8): is nobody in our gradebook; the row is left as it is."
    )
    assert remark(filled, "eve:") == "eve: has no row in the file; Canvas gets no grades of theirs."
    assert not [remark for remark in filled.remarks if "Test" in remark]


def test_a_column_that_canvas_marks_read_only_is_left_out() -> None:
    filled = fill(GIVEN.replace("10.00,6.00", "10.00,(read only)"))
    assert "as read only; its grades are left out." in remark(filled, "exercise-31")
    assert table(filled.content)[3][7] == ""


def test_a_column_whose_header_canvas_drops_is_left_out() -> None:
    given = GIVEN.replace("Exercise-07: softmax (4001)", "Exercise-07 Final Score (4001)")
    assert "doesn't import a column with 'Final Score' in its header" in remark(
        fill(given), "exercise-07: Canvas"
    )


def test_points_possible_that_differ_are_told_and_grades_above_them_too() -> None:
    filled = fill(GIVEN.replace(",10.00,6.00", ",8,6.00"))
    assert "can earn 10 points here and 8 in Canvas" in remark(filled, "not scaled")
    assert remark(filled, "Ada (row 4): their exercise-07").endswith(
        "10, is above the 8 points possible; Canvas counts that as extra credit."
    )


def test_thousands_separators_are_told() -> None:
    filled = fill(GIVEN.replace("18.00,90.1", '"1,234",90.1'))
    assert remark(filled, "thousands") == (
        "row 4, 'Essay (4003)': '1,234' looks like thousands; Canvas reads the last separator as a decimal "
        "point. Write it without."
    )


def test_an_item_without_a_column_is_told_and_can_be_named_by_title_or_header() -> None:
    given = GIVEN.replace("Exercise-07: softmax", "Week 3")
    assert "exercise-07: no column has its id or its title; its grades are left out." in remark(
        fill(given), "exercise-07: no"
    )
    for name in ("Week 3", "Week 3 (4001)"):
        assert table(fill(given, exercise_07=name).content)[3][6] == "10"


def test_two_columns_that_may_be_an_item_s_are_told_and_told_apart_by_number() -> None:
    given = GIVEN.replace("Essay (4003)", "exercise-07 (4003)")
    assert "exercise-07: 2 columns might be its" in remark(fill(given), "2 columns")
    twins = GIVEN.replace("Essay (4003)", "Exercise-07: softmax (4003)")
    with pytest.raises(
        UsageFault, match="2 columns are called 'Exercise-07: softmax'; name exercise-07's with its"
    ):
        fill(twins, exercise_07="Exercise-07: softmax")
    assert table(fill(twins, exercise_07="Exercise-07: softmax (4003)").content)[3][8] == "10"


def test_an_id_that_only_starts_alike_is_another_item() -> None:
    filled = fill(GIVEN.replace("Exercise-07: softmax", "Exercise-07-bonus"))
    assert "exercise-07: no column" in remark(filled, "exercise-07: no")


def test_a_named_column_without_a_number_is_told() -> None:
    filled = fill(GIVEN.replace("Essay (4003)", "Essay"), exercise_07="Essay")
    assert "has no assignment's number; Canvas goes by the exact title" in remark(filled, "'Essay'")
    assert table(filled.content)[3][8] == "10"


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (
            {"exercise_07": "Essai"},
            r"there is no column 'Essai' for exercise-07\. Did you mean Essay\?|'Essay'",
        ),
        ({"exercise_99": "Essay"}, "exercise-99 isn't an item of this gradebook, so no column can be its"),
    ],
)
def test_a_wrong_name_of_a_column_or_item_is_a_fault(columns: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageFault, match=sentence):
        fill(**columns)


def test_a_file_that_is_no_canvas_gradebook_is_a_fault() -> None:
    for given in ("name,grade\nAda,3\n", "Student,ID,Login,Essay (1)\n", ""):
        with pytest.raises(
            UsageFault, match=r"first line must start with Student,ID,… .* give the file that Canvas"
        ):
            fill(given)


def test_a_file_without_any_item_s_column_is_a_fault() -> None:
    with pytest.raises(UsageFault, match="no column takes the grades of any item; name it: ITEM=the title"):
        fill("Student,ID,SIS Login ID,Section,Essay (1)\n")


def test_first_and_last_names_in_columns_of_their_own_are_understood() -> None:
    given = (
        "LastName,FirstName,ID,SIS Login ID,Section,exercise-07 (1)\nLovelace,Ada,9,x,CS,\n=1,Dee,104,y,CS,\n"
    )
    found = report()
    learners = [Learner("l1", "Ada Lovelace"), Learner("l2", platform_ids=(("canvas", "104"),))]
    made = book([row(one, (cell(one.id, found), found)) for one in learners], (SOFTMAX,))
    filled = fill_canvas(given.encode(), made)
    assert filled.content.decode() == given.replace("CS,\n", "CS,10\n")
    assert filled.remarks == ()


def test_a_name_that_canvas_made_safe_is_understood() -> None:
    given = 'Student,ID,SIS Login ID,Section,exercise-07 (1)\n"=""=1+1""",9,x,CS,\n'
    made = book(
        [row(Learner("l1", "=1+1"), (cell("l1", None, basis=Basis.OVERRIDE, points=3.25), None))], (SOFTMAX,)
    )
    assert fill_canvas(given.encode(), made).content.decode() == given.replace("CS,\n", "CS,3.25\n")


def test_filling_twice_changes_nothing_more() -> None:
    once = fill().content
    assert fill_canvas(once, one_of_each()).content == once


def test_columns_are_found_for_one_item_alone() -> None:
    made = book([row(Learner("ada"), (cell("ada", report(ADAM), ADAM), report(ADAM)))], (ADAM,))
    assert table(fill_canvas(GIVEN.encode(), made).content)[3][7] == "10"
