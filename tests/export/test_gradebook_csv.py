"""gradebook.csv as it is written, and as it comes back from a spreadsheet program."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.batch.gradebook import Gradebook
from grader.errors import UsageFault
from grader.export.gradebook_csv import gradebook_csv, read_shown
from tests.export.books import HOSTILE_NAMES, hostile, one_of_each


def content(gradebook: Gradebook) -> bytes:
    made = gradebook_csv(gradebook)
    return made.head + b"".join(map(made.row, gradebook.rows())) + made.tail()


def shown(path: Path, content: bytes) -> dict[tuple[str, str], float]:
    path.write_bytes(content)
    return read_shown(path)


def test_the_small_gradebook_reads_as_it_should(golden: Callable[[str, bytes], None]) -> None:
    golden("gradebook.csv", content(one_of_each()))


def test_a_row_says_what_is_late_overridden_kept_and_for_review() -> None:
    rows = {row["learner"]: row for row in csv.DictReader(io.StringIO(content(one_of_each()).decode()))}
    assert rows["ben"]["late"] == "exercise-07"
    assert rows["chi"]["overridden"] == "exercise-07"
    assert rows["dee"]["kept"] == "exercise-07"
    assert rows["eve"]["needs_review"] == "exercise-07"
    assert rows["eve"]["exercise-07"] == ""
    assert (rows["eve"]["total"], rows["eve"]["max_points"]) == ("6", "16")
    assert rows["ben"]["exercise-07"] == "3.5"


def test_hostile_names_stay_in_their_cells_and_are_no_formulas() -> None:
    raw = content(hostile())
    assert raw.count(b"\n") == len(HOSTILE_NAMES) + 1
    assert b"\r" not in raw
    header, *rows = csv.reader(io.StringIO(raw.decode(), newline=""))
    assert {len(row) for row in rows} == {len(header)}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_grades_shown_are_read_back_also_of_hostile_ids(tmp_path: Path) -> None:
    read = shown(tmp_path / "gradebook.csv", content(hostile()))
    assert read == {(name, "exercise-07"): 8.0 for name in HOSTILE_NAMES}


def test_a_grade_that_is_blank_is_not_shown(tmp_path: Path) -> None:
    read = shown(tmp_path / "gradebook.csv", content(one_of_each()))
    assert ("eve", "exercise-07") not in read
    assert read["eve", "exercise-31"] == 6.0
    assert read["chi", "exercise-31"] == 0.0
    assert read["dee", "exercise-07"] == 10.0
    assert len(read) == 9


def test_no_file_shows_no_grades(tmp_path: Path) -> None:
    assert read_shown(tmp_path / "gradebook.csv") == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_saved_by_a_spreadsheet_program_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [
        ["learner", "name", "exercise-07", "total"],
        ["zoë", "Zoë", "7,5" if delimiter != "," else "7.5", "8"],
    ]
    text = "".join(delimiter.join(line) + "\r\n" for line in lines)
    assert shown(tmp_path / "g.csv", text.encode(encoding)) == {("zoë", "exercise-07"): 7.5}


def test_columns_may_come_go_and_move_and_notes_are_no_grades(tmp_path: Path) -> None:
    text = 'my notes,exercise-31,learner,remark 2\n"a, b",4,ada,\n,absent,ben,7\n\n,,,\n,5\n'
    assert shown(tmp_path / "g.csv", text.encode()) == {
        ("ada", "exercise-31"): 4.0,
        ("ben", "remark 2"): 7.0,
    }


def test_a_learner_who_stands_twice_keeps_the_higher_grade(tmp_path: Path) -> None:
    text = "learner,exercise-07\nada,3\nada,5\nada,4\n"
    assert shown(tmp_path / "g.csv", text.encode()) == {("ada", "exercise-07"): 5.0}


@pytest.mark.parametrize(
    "damaged",
    [b"", b"PK\x03\x04\x14\0\x06\0", b"\0" * 300, b"name,total\nAda,3\n", b'learner,"' + b"x" * 200_000],
)
def test_a_damaged_file_says_how_to_proceed(tmp_path: Path, damaged: bytes) -> None:
    with pytest.raises(
        UsageFault, match=r"isn't the gradebook of an earlier run any more .* put a good copy back"
    ):
        shown(tmp_path / "g.csv", damaged)


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "g.csv").mkdir()
    with pytest.raises(UsageFault, match=r"g\.csv: cannot be read \(is a directory\)\."):
        read_shown(tmp_path / "g.csv")
