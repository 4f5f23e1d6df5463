"""Who is who: the people of SUBMISSIONS and the learners of the roster."""

from pathlib import Path

import pytest

from grader.batch.intake.sameness import name_keys, squeezed
from tests.batch.submissions import archive, folder, kinds, read_all, roster


def test_the_rosters_order_holds_and_the_missing_stay(tmp_path: Path) -> None:
    given = roster(tmp_path, "id,name", "zoe,Zoe Z", "ann,Ann A", "mia,Mia M")
    read, intake = read_all(folder(tmp_path / "in", ["ann/adam.py", "zoe/adam.py", "ann/softmax.py"]), given)
    assert [learner.id for learner in intake.learners] == ["zoe", "ann", "mia"]
    assert [(one.learners[0], one.item) for one in read] == [
        ("zoe", "exercise-12"),
        ("ann", "exercise-07"),
        ("ann", "exercise-12"),
    ]
    assert intake.odd == ()


def test_who_is_not_on_the_roster_is_graded_and_stands_behind(tmp_path: Path) -> None:
    given = roster(tmp_path, "id,name", "zoe,Zoe")
    read, intake = read_all(folder(tmp_path / "in", ["bob/adam.py", "zoe/adam.py", "docs/readme.txt"]), given)
    assert [learner.id for learner in intake.learners] == ["zoe", "bob"]
    assert [one.learners for one in read] == [("zoe",), ("bob",)]
    assert kinds(intake) == [
        ("not-on-roster", "bob"),
        ("not-on-roster", "docs"),
        ("no-item", "docs/readme.txt"),
    ]
    assert intake.odd[0].reason == (
        "Nobody on the roster can be told to be 'bob'; what they handed in is graded all the same and stands"
        " after the roster's learners."
    )


def test_what_is_odd_about_the_roster_is_said_with_the_rest(tmp_path: Path) -> None:
    given = roster(tmp_path, "id", "zoe", "zoe")
    assert kinds(read_all(folder(tmp_path / "in", ["zoe/adam.py"]), given)[1]) == [
        ("roster", "roster.csv: line 3")
    ]


@pytest.mark.parametrize(
    "called", ["S1", "s1", "4021", "jane@example.edu", "JANE@example.edu", "Jane Doe", "doe_jane"]
)
def test_plain_folders_may_be_named_by_anything_that_tells_one_learner(tmp_path: Path, called: str) -> None:
    given = roster(
        tmp_path,
        "id,name,email,canvas",
        "S1,Jane Doe,jane@example.edu,4021",
        "S2,John Doe,john@example.edu,4022",
    )
    read, intake = read_all(folder(tmp_path / "in", [f"{called}/adam.py"]), given)
    assert [one.learners for one in read] == [("S1",)]
    assert [odd.kind for odd in intake.odd if odd.kind != "by-name"] == []


def test_those_found_by_name_alone_are_listed(tmp_path: Path) -> None:
    given = roster(tmp_path, "id,name", "1,Jane Doe", "2,John Doe", "3,Max")
    _, intake = read_all(
        folder(tmp_path / "in", ["Jane Doe/adam.py", "Doe, John/adam.py", "3/adam.py"]), given
    )
    assert [(odd.kind, odd.reason) for odd in intake.odd] == [
        (
            "by-name",
            "2 found by name alone, since nothing stronger is told on both sides: 'Doe, John', 'Jane Doe'.",
        )
    ]


def test_a_name_that_two_learners_share_tells_nobody(tmp_path: Path) -> None:
    given = roster(tmp_path, "id,name", "1,Jane Doe", "2,Doe Jane")
    read, intake = read_all(folder(tmp_path / "in", ["Jane Doe/adam.py"]), given)
    assert [one.learners for one in read] == [("Jane Doe",)]
    assert kinds(intake) == [("not-on-roster", "Jane Doe")]


def test_two_people_who_would_be_one_learner_are_neither(tmp_path: Path) -> None:
    given = roster(tmp_path, "id,name", "ann,Ann")
    read, intake = read_all(archive(tmp_path / "in.zip", ["Ann/adam.py", "ANN/adam.py"]), given)
    assert sorted(one.learners[0] for one in read) == ["ANN", "Ann"]
    assert [kind for kind, _ in kinds(intake)] == ["not-on-roster", "not-on-roster", "twin"]


def test_an_exact_id_comes_before_one_that_looks_alike(tmp_path: Path) -> None:
    given = roster(tmp_path, "id", "ann")
    read, intake = read_all(archive(tmp_path / "in.zip", ["ann/adam.py", "Ann/adam.py"]), given)
    assert {one.learners[0]: one.origin for one in read} == {"ann": "ann/adam.py", "Ann": "Ann/adam.py"}
    assert intake.odd[-1].reason == (
        "2 ids differ only in case or in what can't be seen: 'ann', 'Ann'. They were taken as different learners."
    )


def test_ids_that_differ_in_what_cannot_be_seen_are_said_escaped(tmp_path: Path) -> None:
    made = archive(tmp_path / "in.zip", ["zo\u00eb/adam.py", "zoe\u0308/adam.py", "zo\u00eb\u200f/adam.py"])
    read, intake = read_all(made)
    assert len({one.learners for one in read}) == 3
    assert [odd.kind for odd in intake.odd] == ["twin"]
    assert (
        "'zo\\xeb', 'zo\\xeb\\u200f', 'zoe\\u0308'" in intake.odd[0].reason
        or "\\u0308" in intake.odd[0].reason
    )


CANVAS = ["doejane_4021_90_adam.py", "doejohn_4022_91_adam.py", "roerita_4023_92_adam.py"]


def test_canvas_numbers_find_the_learner_in_its_gradebook(tmp_path: Path) -> None:
    given = roster(
        tmp_path, "Student,ID,SIS Login ID,Section", '"Doe, John",4022,jd,1', '"Doe, Jane",4021,ja,1'
    )
    read, intake = read_all(folder(tmp_path / "in", CANVAS), given)
    assert [one.learners for one in read] == [("4022",), ("4021",), ("4023",)]
    assert [learner.name for learner in intake.learners] == ["Doe, John", "Doe, Jane", "roerita"]
    assert intake.odd[0].reason.startswith("Nobody on the roster can be told to be '4023' (roerita);")


def test_canvas_numbers_are_not_taken_for_the_rosters_own(tmp_path: Path) -> None:
    """A student number may look like a Canvas number; names tell that it isn't one."""
    given = roster(tmp_path, "id,name", "4021,Max Muster", "4022,John Doe", "17,Doe Jane")
    read, intake = read_all(folder(tmp_path / "in", CANVAS), given)
    assert {one.learners: one.origin for one in read} == {
        ("4022",): CANVAS[1],
        ("17",): CANVAS[0],
        ("4023",): CANVAS[2],
    }
    assert [learner.id for learner in intake.learners] == ["4021", "4022", "17", "4023"]


def test_where_the_roster_tells_canvas_numbers_its_own_ids_are_not_compared(tmp_path: Path) -> None:
    given = roster(tmp_path, "id,canvas", "4021,999", "s2,4022")
    read, intake = read_all(folder(tmp_path / "in", CANVAS), given)
    assert {one.learners[0]: one.origin for one in read} == {
        "s2": CANVAS[1],
        "canvas-4021": CANVAS[0],
        "4023": CANVAS[2],
    }
    assert [learner.platform_id("canvas") for learner in intake.learners] == ["999", "4022", "4021", "4023"]


def test_moodle_numbers_find_the_learner_in_its_worksheet(tmp_path: Path) -> None:
    given = roster(
        tmp_path,
        "Identifier,Full name,Email address",
        "Participant 12,Jane Doe,j@x.org",
        "Participant 7,Bo,b@x.org",
    )
    files = ["Jane Doe_12_assignsubmission_file/adam.py", "Bo_7_assignsubmission_file/adam.py"]
    read, intake = read_all(folder(tmp_path / "in", files), given)
    assert [one.learners for one in read] == [("12",), ("7",)]
    assert intake.odd == ()


def test_a_blind_worksheet_is_matched_by_its_numbers(tmp_path: Path) -> None:
    given = roster(tmp_path, "Identifier,Status", "Participant 12,x", "Participant 7,x")
    read, _ = read_all(folder(tmp_path / "in", ["Participant_12_assignsubmission_file/adam.py"]), given)
    assert [one.learners for one in read] == [("12",)]


def test_a_teams_number_is_not_taken_for_a_participants(tmp_path: Path) -> None:
    given = roster(tmp_path, "Identifier,Full name", "Participant 51,Jane Doe")
    read, intake = read_all(folder(tmp_path / "in", ["Group A_51_assignsubmission_file/adam.py"]), given)
    assert [one.learners for one in read] == [("moodle-51",)]
    assert ("not-on-roster", "51") in kinds(intake)
    assert intake.odd[0].reason.endswith(
        " If it is a team, a column 'group' in the roster tells whose work it is."
    )


@pytest.mark.parametrize(
    "name", ["Group A_51_assignsubmission_file/adam.py", "Group A/adam.py", "groupa_4001_90_adam.py"]
)
def test_a_roster_with_groups_gives_the_work_to_all_members(tmp_path: Path, name: str) -> None:
    given = roster(tmp_path, "id,name,group", "s1,Ann,Group A", "s2,Bob,Group A", "s3,Carl,")
    read, intake = read_all(folder(tmp_path / "in", [name]), given)
    assert [one.learners for one in read] == [("s1", "s2")]
    assert [learner.id for learner in intake.learners] == ["s1", "s2", "s3"]


def test_nobody_speaks_for_a_group_by_taking_its_name(tmp_path: Path) -> None:
    given = roster(tmp_path, "id,canvas,group", "s1,1,Group A", "s2,2,Group A", "s3,3,")
    read, _ = read_all(folder(tmp_path / "in", ["groupa_3_90_adam.py", "groupa_2_80_adam.py"]), given)
    assert [one.learners for one in read] == [("s1", "s2"), ("s3",)]


def _export(tmp_path: Path, sid: str, email: str) -> Path:
    said = f"submission_1:\n  :submitters:\n  - :name: Jane Doe\n    :sid: '{sid}'\n    :email: {email}\n"
    return folder(tmp_path / "in", {"submission_metadata.yml": said, "submission_1/adam.py": "x"})


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("First Name,Last Name,SID,Email", "Jane,Doe,3001,jane@example.edu"),
        ("id,name", "3001,x"),
        ("id,sid", "s1,3001"),
        ("id,email", "s1,Jane@Example.edu"),
        ("Student,ID,SIS User ID,Section", '"Doe, Jane",4021,3001,1'),
        ("id,name", "s1,Jane Doe"),
    ],
)
def test_gradescope_people_are_found_by_sid_then_email_then_name(
    tmp_path: Path, header: str, row: str
) -> None:
    given = roster(tmp_path, header, row)
    read, intake = read_all(_export(tmp_path, "3001", "jane@example.edu"), given)
    assert [one.learners for one in read] == [(given.learners[0].id,)]
    assert len(intake.learners) == 1


def test_a_stranger_never_takes_the_id_of_somebody_on_the_roster(tmp_path: Path) -> None:
    given = roster(tmp_path, "id,canvas", "4021,1", "canvas-4021,2", "canvas-4021-,3")
    _, intake = read_all(folder(tmp_path / "in", CANVAS), given)
    ids = [learner.id for learner in intake.learners]
    assert len(ids) == len(set(ids)) == 6


def test_squeezed_names_are_as_canvas_writes_them() -> None:
    assert squeezed("López García, Ana-María") == "lópezgarcíaanamaría"
    assert squeezed("O'Neil_2") == "oneil2"


def test_the_last_name_may_begin_at_any_word() -> None:
    assert name_keys("Ana María López") == {"anamaríalópez", "maríalópezana", "lópezanamaría"}
    assert name_keys("Doe, Jane") == {"doejane", "janedoe"}
    assert name_keys(" ") == name_keys("—") == frozenset()
