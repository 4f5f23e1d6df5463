"""A worksheet that a Moodle assignment gave, filled in place so that its importer takes it."""

import csv
import io

import pytest

from grader.errors import UsageFault
from grader.export.moodle import fill_moodle
from grader.export.sheet import Filled
from tests.export.books import one_of_each

HEADER = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\n'
)
DATES = '"Monday, 2 March 2026, 10:00 AM",-'
ROWS = (
    f'"Participant 5001","Ada Lovelace",ada@example.org,"Submitted for grading",,10.00,Yes,{DATES},\n'
    f'"Participant 5002","Ben O\'Neil",ben@example.org,Draft,5.00,10.00,Yes,{DATES},old\n'
    f'"Participant 5003","Chi Nguyễn",chi@example.org,Draft,,10.00,No,{DATES},\n'
    f'"Participant 5004",Dee,,Draft,10.00,10.00,Yes,{DATES},\n'
    f'"Participant 5005","Eve Ω",,Draft,,10.00,Yes,{DATES},\n'
)
GIVEN = HEADER + ROWS


def fill(text: str = GIVEN, item: str = "exercise-07", *, comments: bool = False) -> Filled:
    return fill_moodle(text.encode(), one_of_each(), item, comments=comments)


def rows(filled: Filled) -> dict[str, dict[str, str]]:
    found = csv.DictReader(io.StringIO(filled.content.decode(), newline=""))
    return {line["Identifier"].removeprefix("Participant 500"): line for line in found}


def remark(filled: Filled, words: str) -> str:
    """Give the one remark that holds these words."""
    (found,) = [remark for remark in filled.remarks if words in remark]
    return found


def test_grades_go_in_and_all_else_stays_byte_for_byte() -> None:
    expected = GIVEN.replace('grading",,', 'grading",10,').replace("Draft,5.00", "Draft,3.5")
    assert fill().content.decode() == expected


def test_rows_that_moodle_would_skip_are_left_and_listed() -> None:
    filled = fill()
    assert remark(filled, "Chi") == (
        "Chi Nguyễn (row 4): their grade can't be changed in Moodle (it is locked there); 9.5 is left out."
    )
    assert (
        remark(filled, "Eve")
        == "Eve Ω (row 6): their grade waits for staff's review; the row is left as it is."
    )
    assert remark(filled, "already") == "1 row has this grade already; Moodle skips such rows."
    assert rows(filled)["4"]["Grade"] == "10.00"


def test_a_grade_above_the_maximum_is_left_out_and_listed() -> None:
    filled = fill(GIVEN.replace(",,10.00", ",,8.00"))
    assert rows(filled)["1"]["Grade"] == ""
    assert remark(filled, "Ada") == (
        "Ada Lovelace (row 2): 10 is above the maximum of 8, and Moodle would skip it; it is left out."
    )
    assert remark(filled, "not scaled").startswith("exercise-07: can earn 10 points here and 8 in Moodle")


def test_the_total_goes_in_where_every_item_has_a_grade() -> None:
    filled = fill(GIVEN.replace("10.00,Yes", "16.00,Yes"), "total")
    assert {key: row["Grade"] for key, row in rows(filled).items()} == {
        "1": "16", "2": "5.5", "3": "", "4": "16", "5": "",
    }  # fmt: skip
    assert "waits for staff's review" in remark(filled, "Eve")


def test_strangers_and_learners_without_a_row_are_listed() -> None:
    filled = fill(
        GIVEN.replace("Participant 5001", "Participant 9").replace("Ada L", "Alan T").replace("ada@", "alan@")
    )
    assert remark(filled, "nobody") == (
        "Alan Tovelace (row 2): is nobody in our gradebook; the row is left as it is."
    )
    assert remark(filled, "ada:") == "ada: has no row in the worksheet; Moodle gets no grade of theirs."


def test_comments_go_in_only_where_asked_for_and_are_html() -> None:
    assert rows(fill())["2"]["Feedback comments"] == "old"
    found = rows(fill(comments=True))
    ben = found["2"]["Feedback comments"]
    assert ben.startswith("exercise-07: 3.5 of 10 points. It was marked as handed in late;")
    assert "<br>Property 3 of pᵢ = e^(zᵢ)/∑ⱼ e^(zⱼ) (0 of 2). softmax(z) is wrong" in ben
    assert "SECRET" not in ben
    assert "\n" not in ben
    assert found["3"]["Feedback comments"] == ""  # locked
    assert found["5"]["Feedback comments"] == ""  # waits for staff
    assert "exercise-31: 6 of 6 points." in rows(fill(item="total", comments=True))["1"]["Feedback comments"]


def test_anonymous_participants_are_found_by_their_number() -> None:
    given = "Identifier,Status,Grade,Last modified (grade)\nParticipant 5002,Draft,-,-\n"
    assert fill(given).content.decode() == given.replace("Draft,-", "Draft,3.5")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encoding_and_byte_order_mark_stay(encoding: str) -> None:
    filled = fill_moodle(GIVEN.encode(encoding), one_of_each(), "exercise-07")
    assert filled.content == fill().content.decode().encode(encoding)


def test_a_worksheet_in_another_language_is_a_fault_that_says_so() -> None:
    given = "Kennung,Vollständiger Name,Bewertung,Zuletzt geändert (Bewertung)\nTeilnehmer/in 1,Ada,,-\n"
    with pytest.raises(UsageFault, match=r"has no column 'Identifier' \(it has Kennung, .*set to English"):
        fill(given)


def test_a_renamed_column_is_a_fault() -> None:
    with pytest.raises(UsageFault, match=r"has no column 'Last modified \(grade\)'"):
        fill(GIVEN.replace("Last modified (grade)", "Last modified"))


def test_a_worksheet_with_a_scale_is_a_fault() -> None:
    with pytest.raises(UsageFault, match="graded by the words of a scale; set its grade type to point"):
        fill(GIVEN.replace("Maximum Grade", "Scale"))


def test_comments_without_their_column_are_a_fault() -> None:
    with pytest.raises(UsageFault, match="has no column 'Feedback comments'; switch feedback comments on"):
        fill(GIVEN.replace("Feedback comments", "Comments"), comments=True)


def test_an_item_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(
        UsageFault, match=r"exercise-7: isn't an item of this gradebook\. Did you mean 'exercise-07'\?"
    ):
        fill(item="exercise-7")


def test_filling_twice_changes_nothing_more() -> None:
    once = fill().content
    assert fill_moodle(once, one_of_each(), "exercise-07").content == once
