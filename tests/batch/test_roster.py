"""The class list, in the shapes and encodings that spreadsheets and platforms give it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.handin import Learner
from grader.batch.intake import Roster, read_roster
from grader.errors import UsageFault


def read(tmp_path: Path, content: str | bytes) -> Roster:
    path = tmp_path / "roster.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_roster(path)


@pytest.mark.parametrize(
    "header", ["id,name,email", "learner,name,email", "ID, Name ,EMAIL", "x,name,email,id"]
)
def test_our_own_shape_needs_an_id(tmp_path: Path, header: str) -> None:
    row = "s1,Jane Doe,jane@example.edu" if "x," not in header else "?,Jane Doe,jane@example.edu,s1"
    found = read(tmp_path, f"{header}\n{row}\n")
    assert found.shape == "own"
    assert found.learners == (Learner("s1", "Jane Doe", "jane@example.edu"),)
    assert found.odd == ()


def test_other_columns_are_ignored_but_for_platform_ids_and_groups(tmp_path: Path) -> None:
    found = read(tmp_path, "id,tutor,canvas,moodle_id,SID,group\ns1,Ann,4021,8001,3001,Group A\ns2,,,,,\n")
    first, second = found.enrolled
    assert first.learner.platform_ids == (("canvas", "4021"), ("moodle", "8001"), ("gradescope", "3001"))
    assert (first.group, second.group) == ("Group A", "")
    assert second.learner == Learner("s2")


TEXT = "id;name\r\ns1;Zoë Müller-Łuk\r\ns2;王小明\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_delimiter_of_spreadsheets_is_read(
    tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    found = read(tmp_path, TEXT.replace(";", delimiter).replace("\r\n", end).encode(encoding))
    assert found.learners == (Learner("s1", "Zoë Müller-Łuk"), Learner("s2", "王小明"))
    assert found.odd == ()


@pytest.mark.parametrize(
    ("encoding", "name", "called"),
    [("cp1252", "Zoë Šaf – “Z”", "Windows-1252"), ("latin-1", "Zoë\x81", "Latin-1")],
)
def test_other_encodings_are_read_and_said(tmp_path: Path, encoding: str, name: str, called: str) -> None:
    found = read(tmp_path, f"id,name\ns1,Ann\ns2,{name}\n".encode(encoding))
    assert found.learners[1].name == name
    assert [(odd.origin, odd.kind, odd.reason) for odd in found.odd] == [
        (
            "roster.csv",
            "roster",
            f"It isn't UTF-8 (line 3) and was read as {called}; look at the names, and save it as UTF-8.",
        )
    ]


def test_excels_line_about_the_delimiter_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    found = read(tmp_path, "sep=;\r\n\r\nid;name\r\n;;\r\ns1;Ann\r\n\r\n")
    assert found.learners == (Learner("s1", "Ann"),)
    assert found.odd == ()


def test_quoted_cells_may_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,name\ns1,"Doe, Jane\nM."\ns1,again\n')
    assert found.learners == (Learner("s1", "Doe, Jane\nM."),)
    assert found.odd[0].origin == "roster.csv: line 4"


def test_an_id_that_stands_twice_is_said_with_both_lines_and_the_first_counts(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\ns1,Ann\ns2,Bob\n s1 ,Carl\n")
    assert [learner.name for learner in found.learners] == ["Ann", "Bob"]
    assert [(odd.origin, odd.reason, odd.kind) for odd in found.odd] == [
        ("roster.csv: line 4", "The id 's1' stands in line 2 already; that line counts.", "roster")
    ]


def test_a_line_without_an_id_is_left_out_and_said(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\n,Ann\ns2\ns3,Carl,more,cells\n")
    assert found.learners == (Learner("s2"), Learner("s3", "Carl"))
    assert [(odd.origin, odd.reason) for odd in found.odd] == [
        ("roster.csv: line 2", "It has no id, so the line was left out.")
    ]


def test_strange_ids_are_kept_and_shown_on_one_line(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,name\n"a\nb",x\n../etc,y\n=1+1,z\n"a\nb",w\n🦊,v\n')
    assert [learner.id for learner in found.learners] == ["a\nb", "../etc", "=1+1", "🦊"]
    assert found.odd[0].reason == "The id 'a\\nb' stands in line 2 already; that line counts."


CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (5512),Final Score
,,,,,Manual Posting,
    Points Possible,,,,,10.0,(read only)
"Doe, Jane",4021,S-1,jane@example.edu,01,9.0,90
"Doe, John",4022,S-2,jdoe,01,,
"Student, Test",4999,,x9f,01,,
"""


def test_canvas_gradebooks_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, CANVAS)
    assert found.shape == "canvas"
    assert found.learners == (
        Learner("4021", "Doe, Jane", "jane@example.edu", (("canvas", "4021"),)),
        Learner("4022", "Doe, John", "", (("canvas", "4022"),)),
    )
    assert [one.other_ids for one in found.enrolled] == [("jane@example.edu", "S-1"), ("jdoe", "S-2")]
    assert found.odd == ()


def test_canvas_may_split_names(tmp_path: Path) -> None:
    found = read(tmp_path, "LastName,FirstName,ID,Section\nDoe,Jane,4021,1\nRoe,,4022,1\nNobody,,,1\n")
    assert [learner.name for learner in found.learners] == ["Doe, Jane", "Roe"]
    assert [odd.origin for odd in found.odd] == ["roster.csv: line 4"]


def test_moodle_worksheets_are_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade\n"
        "Participant 8001,Jane Doe,jane@example.edu,Submitted,-,10.00\n"
        "Teilnehmer/in8002,,,Keine Abgabe,,10.00\n"
        "Participant,,,,,\n",
    )
    assert found.shape == "moodle"
    assert found.learners == (
        Learner("8001", "Jane Doe", "jane@example.edu", (("moodle", "8001"),)),
        Learner("8002", "", "", (("moodle", "8002"),)),
    )
    assert [odd.origin for odd in found.odd] == ["roster.csv: line 4"]


@pytest.mark.parametrize("names", ["First Name,Last Name", "Name,Sections"])
def test_gradescope_grades_are_read(tmp_path: Path, names: str) -> None:
    jane = "Jane,Doe" if names.startswith("First") else "Jane Doe,01"
    found = read(
        tmp_path,
        f"{names},SID,Email,Total Score,Max Points\n{jane},3001,jane@example.edu,9,10\nRita,,,rita@example.edu,,\n",
    )
    assert found.shape == "gradescope"
    assert found.learners == (
        Learner("3001", "Jane Doe", "jane@example.edu", (("gradescope", "3001"),)),
        Learner("rita@example.edu", "Rita", "rita@example.edu", (("gradescope", "rita@example.edu"),)),
    )


@pytest.mark.parametrize(
    "content", ["", "\n\n", "name,email\nAnn,a@b.c\n", "\x89PNG\r\n", "just text", "\0\0\0\0"]
)
def test_what_is_no_class_list_is_a_fault_that_says_what_is_needed(tmp_path: Path, content: str) -> None:
    with pytest.raises(
        UsageFault, match=r"roster\.csv: is no class list .*: its first line needs a column 'id' or"
    ):
        read(tmp_path, content)


def test_a_roster_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"none\.csv: cannot be read \(no such file or directory\)\."):
        read_roster(tmp_path / "none.csv")


def test_a_cell_without_end_is_a_fault_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"roster\.csv: line 3 can't be read as CSV \(field larger than"):
        read(tmp_path, 'id,name\ns1,Ann\ns2,"' + "x" * 200_000)


def test_a_roster_without_end_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="has more than 16777216 bytes; is it a class list"):
        read(tmp_path, b"id\n" + b"1\n" * (8 << 20))


@given(raw=st.binary(max_size=200))
def test_any_bytes_are_a_class_list_or_a_fault(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("roster") / "roster.csv"
    for opening in (b"", b"id,name\n"):
        path.write_bytes(opening + raw)
        try:
            found = read_roster(path)
        except UsageFault:
            continue
        assert all(learner.id for learner in found.learners)
        assert len({learner.id for learner in found.learners}) == len(found.learners)
