"""The layouts that are recognised by themselves: plain folders, and the downloads of three platforms."""

import zipfile
from pathlib import Path

import pytest

from grader.batch.handin import HandIns  # noqa: TC001  # the check is that it fits
from grader.batch.intake import open_hand_ins
from grader.batch.intake.metadata import iso_time
from tests.batch.submissions import ITEMS, archive, folder, kinds, read_all, take_in, whose


def test_plain_folders_are_learners(tmp_path: Path) -> None:
    files = ["bob/softmax.py", "alice/exercise-07/softmax.py", "alice/adam.py", "carl/home/work/adam.py"]
    for made in (folder(tmp_path / "in", files), archive(tmp_path / "in.zip", files)):
        read, intake = read_all(made)
        assert intake.layout == "plain"
        assert [learner.id for learner in intake.learners] == ["alice", "bob", "carl"]
        assert whose(read) == [
            ("alice", "exercise-07", "alice/exercise-07/softmax.py"),
            ("alice", "exercise-12", "alice/adam.py"),
            ("bob", "exercise-07", "bob/softmax.py"),
            ("carl", "exercise-12", "carl/home/work/adam.py"),
        ]
        assert [one.data.decode() for one in read] == [one.origin for one in read]
        assert intake.odd == ()


def test_one_folder_around_all_is_looked_through(tmp_path: Path) -> None:
    files = ["handed in/alice/softmax.py", "handed in/bob/exercise-07/softmax.py", "handed in/README.txt"]
    read, intake = read_all(archive(tmp_path / "in.zip", files))
    assert [one.learners for one in read] == [("alice",), ("bob",)]
    assert kinds(intake) == [("no-learner", "handed in/README.txt")]


@pytest.mark.parametrize("path", ["alice/softmax.py", "alice/exercise-07/softmax.py", "alice/Softmax.py"])
def test_a_lone_learner_is_no_folder_around_all(tmp_path: Path, path: str) -> None:
    assert read_all(folder(tmp_path / "in", [path, "alice/notes/a.txt"]))[0][0].learners == ("alice",)


def test_files_of_nobody_are_listed(tmp_path: Path) -> None:
    root = folder(tmp_path / "in", ["softmax.py", "exercise-07/softmax.py", "bob/softmax.py"])
    read, intake = read_all(root)
    assert [one.learners for one in read] == [("bob",)]
    assert [(odd.origin, odd.reason) for odd in intake.odd] == [
        ("exercise-07/softmax.py", "It lies in exercise-07, which is an item and no learner; give each learner a folder."),
        ("softmax.py", "It lies outside any learner's folder; put it into one that is named by the learner's id."),
    ]  # fmt: skip


def test_an_empty_folder_has_no_learners(tmp_path: Path) -> None:
    read, intake = read_all(folder(tmp_path / "in", []))
    assert (read, intake.learners, intake.odd) == ([], (), ())


def test_names_that_match_no_item_are_listed_with_the_nearest(tmp_path: Path) -> None:
    read, intake = read_all(
        folder(tmp_path / "in", ["bob/softmaxx.py", "bob/softmax.py.txt", "bob/holiday.jpg"])
    )
    assert read == []
    assert [learner.id for learner in intake.learners] == ["bob"]
    assert [odd.reason for odd in intake.odd] == [
        "No item has a file of this name.",
        "No item has a file of this name. Did you mean 'softmax.py'?",
        "No item has a file of this name. Did you mean 'softmax.py'?",
    ]


def test_a_name_in_another_case_is_taken_and_said(tmp_path: Path) -> None:
    read, intake = read_all(folder(tmp_path / "in", ["bob/SoftMax.py"]))
    assert whose(read) == [("bob", "exercise-07", "bob/SoftMax.py")]
    assert [(odd.kind, odd.reason) for odd in intake.odd] == [
        ("name", "The name is spelled softmax.py; it was taken as that.")
    ]


@pytest.mark.parametrize(
    "name",
    ["softmax-1.py", "softmax (1).py", "softmax(2).py", "softmax-0f8fad5b-d9cb-469f-a165-70867728950e.py"],
)
def test_copies_as_platforms_and_browsers_name_them_are_taken(tmp_path: Path, name: str) -> None:
    read, intake = read_all(folder(tmp_path / "in", [f"bob/{name}"]))
    assert whose(read) == [("bob", "exercise-07", f"bob/{name}")]
    assert intake.odd == ()


@pytest.mark.parametrize("name", ["softmax_v2.py", "softmax copy.py", "softmax2.py", "my_softmax.py"])
def test_names_of_the_learners_own_are_not_guessed_at(tmp_path: Path, name: str) -> None:
    read, intake = read_all(folder(tmp_path / "in", [f"bob/{name}"]))
    assert read == []
    assert kinds(intake) == [("no-item", f"bob/{name}")]


def test_a_folder_that_disagrees_with_the_name_is_said(tmp_path: Path) -> None:
    read, intake = read_all(folder(tmp_path / "in", ["bob/exercise-12/softmax.py"]))
    assert [one.item for one in read] == ["exercise-07"]
    assert intake.odd[0].reason == (
        "It lies in a folder exercise-12 but is for exercise-07; it was graded as exercise-07."
    )


def test_the_name_that_was_asked_for_then_the_shallower_path_counts(tmp_path: Path) -> None:
    files = ["bob/a/b/softmax.py", "bob/a/softmax.py", "bob/softmax (1).py", "eve/z/adam.py", "eve/y/adam.py"]
    read, intake = read_all(folder(tmp_path / "in", files))
    assert [one.origin for one in read] == ["bob/a/softmax.py", "eve/z/adam.py"]
    assert kinds(intake) == [
        ("superseded", "bob/a/b/softmax.py"),
        ("superseded", "bob/softmax (1).py"),
        ("superseded", "eve/y/adam.py"),
    ]
    assert intake.odd[0].reason == "For bob and exercise-07 bob/a/softmax.py counts instead."


def test_a_whole_copy_of_the_course_may_be_handed_in(tmp_path: Path) -> None:
    files = [
        "bob/exercises/exercise-07/softmax.py",
        "bob/exercises/exercise-07/exercise.yaml",
        "bob/exercises/exercise-07/stub/softmax.py",
        "bob/exercises/course.yaml",
        "eve/softmax.py",
    ]
    read, intake = read_all(folder(tmp_path / "in", files))
    assert [one.origin for one in read] == ["bob/exercises/exercise-07/softmax.py", "eve/softmax.py"]
    assert intake.odd == ()


def test_a_quiz_says_inside_which_one_it_is(tmp_path: Path) -> None:
    files = {
        "bob/answers.yaml": "# my answers\nquiz: quiz-02\nanswers:\n  a: 1\n",
        "bob/one/answers.yaml": "\ufeffquiz: 'quiz-01'\n",
        "carl/quiz-01/answers.yaml": "answers: {}\n",
        "dora/answers.yaml": "answers:\n  quiz: quiz-01\n",
        "eve/answers.yaml": "quiz: quiz-07\n",
        "fred/quiz-01/answers-1.yaml": "quiz: quiz-02\n",
    }
    read, intake = read_all(folder(tmp_path / "in", files))
    assert whose(read) == [
        ("bob", "quiz-01", "bob/one/answers.yaml"),
        ("bob", "quiz-02", "bob/answers.yaml"),
        ("carl", "quiz-01", "carl/quiz-01/answers.yaml"),
        ("fred", "quiz-02", "fred/quiz-01/answers-1.yaml"),
    ]
    assert [(odd.origin, odd.reason) for odd in intake.odd] == [
        ("dora/answers.yaml", "It doesn't say which quiz it answers; it needs a line such as 'quiz: quiz-01'."),
        ("eve/answers.yaml", "It answers 'quiz-07', and there is no such quiz. Did you mean 'quiz-02'?"),
        ("fred/quiz-01/answers-1.yaml", "It lies in a folder quiz-01 but is for quiz-02; it was graded as quiz-02."),
    ]  # fmt: skip


def test_files_for_items_that_are_not_wanted_are_passed_over(tmp_path: Path) -> None:
    root = folder(tmp_path / "in", ["bob/softmax.py", "bob/adam.py", "bob/Layer_norm.py"])
    with open_hand_ins(root, ITEMS, only=["exercise-12"]) as intake:
        assert whose(intake.read()) == [("bob", "exercise-12", "bob/adam.py")]
        assert intake.odd == ()


def test_empty_files_and_strange_bytes_are_handed_on_as_they_are(tmp_path: Path) -> None:
    read, intake = read_all(
        folder(tmp_path / "in", {"a/adam.py": b"", "b/adam.py": b"\xff\0", "c/adam.py": "\ufeffx"})
    )
    assert [one.data for one in read] == [b"", b"\xff\0", b"\xef\xbb\xbfx"]
    assert intake.odd == ()


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    with take_in(archive(tmp_path / "in.zip", {"b/adam.py": "b" * 300_000, "a/adam.py": "a"})) as intake:
        hand_ins: HandIns = intake
        assert list(hand_ins.read()) == list(intake.read())
        assert len(intake.odd) == 1
        assert len(intake) == 2


CANVAS = {
    "doejane_4021_918273_softmax.py": "jane",
    "doejohn_LATE_4022_918300_softmax-1.py": "john",
    "doejohn_LATE_4022_918301_adam.py": "john",
    "lópez_garcíaana_4023_918310_layer_norm.py": "ana",
    "王小明_4024_918320_softmax.py": "wang",
    "roerichard_4025_text.html": "<p>I could not</p>",
    "roeruth_LATE_4026_link.html": "<a href=…>",
}


def test_canvas_names_tell_learner_and_lateness(tmp_path: Path) -> None:
    for made in (folder(tmp_path / "in", CANVAS), archive(tmp_path / "submissions.zip", CANVAS)):
        read, intake = read_all(made)
        assert intake.layout == "canvas"
        assert [(one.learners, one.item, one.late) for one in read] == [
            (("4021",), "exercise-07", False),
            (("4022",), "exercise-07", True),
            (("4022",), "exercise-12", True),
            (("4023",), "exercise-08", False),
            (("4024",), "exercise-07", False),
        ]
        assert [(learner.id, learner.name, learner.platform_id("canvas")) for learner in intake.learners][
            :2
        ] == [
            ("4021", "doejane", "4021"),
            ("4022", "doejohn", "4022"),
        ]
        assert [(odd.kind, odd.reason) for odd in intake.odd] == [
            ("online-text", "It was typed into Canvas; only files are graded."),
            ("online-text", "It was handed in as a link; only files are graded."),
        ]


def test_of_canvas_uploads_the_latest_counts(tmp_path: Path) -> None:
    files = ["doejane_1_90_softmax.py", "doejane_1_100_softmax-1.py", "doejane_1_99_softmax-2.py"]
    read, intake = read_all(folder(tmp_path / "in", files))
    assert [one.origin for one in read] == ["doejane_1_100_softmax-1.py"]
    assert [kind for kind, _ in kinds(intake)] == ["superseded", "superseded"]


def test_numbers_in_an_uploads_name_lead_to_nobody_else(tmp_path: Path) -> None:
    """A learner chooses the end of the name; what looks like another's numbers there is no one's."""
    files = [
        "doejane_1_90_softmax.py",
        "mallory_2_91_1_99_softmax.py",
        "mallory_2_92_doejane_1_98_softmax.py",
    ]
    read, intake = read_all(folder(tmp_path / "in", files))
    assert whose(read) == [("1", "exercise-07", "doejane_1_90_softmax.py")]
    assert [learner.id for learner in intake.learners] == ["1", "2"]
    assert kinds(intake) == [("no-item", name) for name in files[1:]]


def test_canvas_may_hide_names(tmp_path: Path) -> None:
    files = ["anon_Xk3f9_918273_softmax.py", "LATE_anon_7hGq2_918274_softmax.py", "anon_Zz_text.html"]
    read, intake = read_all(folder(tmp_path / "in", files))
    assert intake.layout == "canvas"
    assert [(one.learners, one.late) for one in read] == [(("anon_7hGq2",), True), (("anon_Xk3f9",), False)]


def test_a_learner_called_anon_is_not_anonymous(tmp_path: Path) -> None:
    read, _ = read_all(folder(tmp_path / "in", ["anon_12_34_softmax.py", "doejane_1_90_softmax.py"]))
    assert [one.learners for one in read] == [("1",), ("12",)]


def test_other_files_among_canvas_names_are_listed(tmp_path: Path) -> None:
    files = [
        "doejane_1_90_softmax.py",
        "doejohn_2_91_adam.py",
        "doejo_3_92_a.py",
        "softmax.py",
        "notes/softmax.py",
    ]
    read, intake = read_all(folder(tmp_path / "in", ["course/" + name for name in files]))
    assert [one.learners for one in read] == [("1",), ("2",)]
    assert [(odd.origin, odd.reason) for odd in intake.odd if odd.kind == "no-learner"] == [
        ("course/notes/softmax.py", "Canvas's download has no folders; this file is no part of it."),
        ("course/softmax.py", "It isn't named as Canvas names files (name_number_number_file), so nobody knows whose it is."),
    ]  # fmt: skip


MOODLE = {
    "Jane Doe_8001_assignsubmission_file/softmax.py": "jane",
    "John van der Doe_8002_assignsubmission_file/exercise-12/adam.py": "john",
    "José Ñandú_8003_assignsubmission_file/softmax.py": "jose",
    "Rita Roe_8004_assignsubmission_onlinetext/onlinetext.html": "<p>",
}


def test_moodle_folders_tell_the_participant(tmp_path: Path) -> None:
    for made in (folder(tmp_path / "in", MOODLE), archive(tmp_path / "Course-Homework-77.zip", MOODLE)):
        read, intake = read_all(made)
        assert intake.layout == "moodle"
        assert [(one.learners, one.item, one.data) for one in read] == [
            (("8001",), "exercise-07", b"jane"),
            (("8002",), "exercise-12", b"john"),
            (("8003",), "exercise-07", b"jose"),
        ]
        assert [(learner.id, learner.name) for learner in intake.learners][1] == ("8002", "John van der Doe")
        assert [(odd.kind, odd.reason) for odd in intake.odd] == [
            ("online-text", "It was typed into Moodle; only files are graded.")
        ]


def test_moodle_may_write_flat_names(tmp_path: Path) -> None:
    files = [
        "Jane Doe_8001_assignsubmission_file_softmax.py",
        "Jane Doe_8001_assignsubmission_file_exercise-08_layer_norm.py",
        "John Doe_8002_assignsubmission_file_1_2_adam.py",
        "Rita Roe_8004_assignsubmission_onlinetext_onlinetext.html",
    ]
    read, intake = read_all(folder(tmp_path / "in", files))
    assert intake.layout == "moodle"
    assert whose(read) == [("8001", "exercise-07", files[0]), ("8001", "exercise-08", files[1])]
    assert sorted(kinds(intake)) == [("no-item", files[2]), ("online-text", files[3])]


def test_moodle_may_hide_names(tmp_path: Path) -> None:
    for word in ("Participant", "Teilnehmer"):
        files = [f"{word}_{number}_assignsubmission_file/softmax.py" for number in (12, 9, 31)]
        read, intake = read_all(folder(tmp_path / word, files))
        assert [(learner.id, learner.name) for learner in intake.learners] == [
            ("12", ""),
            ("31", ""),
            ("9", ""),
        ]
        assert len(read) == 3


def test_moodle_teams_are_learners_without_a_roster_that_knows_them(tmp_path: Path) -> None:
    files = ["Group A_51_assignsubmission_file/softmax.py", "Default group_assignsubmission_file/softmax.py"]
    _, intake = read_all(folder(tmp_path / "in", files))
    assert [(learner.id, learner.name) for learner in intake.learners] == [
        ("51", "Group A"),
        ("Default group", ""),
    ]


def test_other_files_among_moodle_names_are_listed(tmp_path: Path) -> None:
    _, intake = read_all(folder(tmp_path / "in", [*MOODLE, "extra/softmax.py"]))
    assert ("no-learner", "extra/softmax.py") in kinds(intake)
    assert any(odd.reason.startswith("It isn't named as Moodle names files") for odd in intake.odd)


METADATA = """---
submission_101:
  :submitters:
  - :name: Jane Doe
    :sid: '3001'
    :email: jane@example.edu
  :created_at: 2024-10-01 23:14:33.123456000 Z
  :score: 12.0
  :status: processed
  :results:
    tests: &shared
    - name: "1.1) ✓"
      output: |
        :submitters:
        - :sid: '3002'
    again: *shared
    odd: !ruby/object:ActiveSupport::HashWithIndifferentAccess {a: 1}
  :history:
  - :id: 99
    :submitters: []
submission_102:
  :submitters:
  - :name: John Doe
    :sid: '3002'
    :email: john@example.edu
  - :name: Rita Roe
    :sid: ''
    :email: rita@example.edu
  - :name: Max Only
    :sid:
    :email:
  :created_at: 2024-10-02 01:00:00.000000000 +02:00
submission_103:
  :submitters: []
  :created_at: yesterday
"""
EXPORT = {
    "assignment_77_export/submission_metadata.yml": METADATA,
    "assignment_77_export/submission_101/softmax.py": "jane",
    "assignment_77_export/submission_102/work/softmax.py": "group",
    "assignment_77_export/submission_103/softmax.py": "nobody",
    "assignment_77_export/submission_104/softmax.py": "unknown",
}


def test_gradescope_metadata_tell_groups_and_times(tmp_path: Path) -> None:
    inner = folder(tmp_path / "in", EXPORT) / "assignment_77_export"
    for made in (tmp_path / "in", inner, archive(tmp_path / "export.zip", EXPORT)):
        read, intake = read_all(made)
        assert intake.layout == "gradescope"
        assert [(one.learners, one.handed_in_at, one.data) for one in read] == [
            (("3001",), "2024-10-01T23:14:33Z", b"jane"),
            (("3002", "rita@example.edu", "submission_102-3"), "2024-10-01T23:00:00Z", b"group"),
            (("submission_103",), "", b"nobody"),
            (("submission_104",), "", b"unknown"),
        ]
        names = {learner.id: (learner.name, learner.email) for learner in intake.learners}
        assert names["3002"] == ("John Doe", "john@example.edu")
        assert names["submission_102-3"] == ("Max Only", "")
        assert [(odd.origin, odd.reason) for odd in intake.odd] == [
            (
                folder,
                "submission_metadata.yml doesn't say who handed it in; it stands under the folder's name.",
            )
            for folder in ("submission_103", "submission_104")
        ]


def _submission(number: int, created_at: str, *people: str) -> str:
    submitters = "".join(f"  - :name: {sid}\n    :sid: {sid}\n    :email: {sid}@x.org\n" for sid in people)
    return f"submission_{number}:\n  :submitters:\n{submitters}  :created_at: {created_at}\n"


def test_of_several_submissions_each_learners_latest_counts(tmp_path: Path) -> None:
    said = _submission(9, "2024-01-02 00:00:00 Z", "ann", "bob") + _submission(
        10, "2024-01-01 00:00:00 Z", "ann"
    )
    said += _submission(11, "2024-01-03 00:00:00 Z", "bob")
    files = [f"submission_{number}/softmax.py" for number in (9, 10, 11)]
    read, intake = read_all(
        folder(tmp_path / "in", {**dict.fromkeys(files, ""), "submission_metadata.yml": said})
    )
    assert whose(read) == [("ann", "exercise-07", files[0]), ("bob", "exercise-07", files[2])]
    assert sorted((odd.origin, odd.reason) for odd in intake.odd) == [
        (files[1], f"For ann and exercise-07 {files[0]} counts instead."),
        (files[0], f"For bob and exercise-07 {files[2]} counts instead."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("submission_1: [", "line 2: is not YAML; fetch the export again."),
        ("a: 'x\n", "is not YAML; fetch the export again."),
        (b"\xff\xfe\xff", "is not YAML; fetch the export again."),
        ("- submission_1", "isn't a mapping of submissions, as Gradescope writes it."),
        ("", "is empty; fetch the export again."),
        ("[" * 5000, "as Gradescope writes it."),
        ("a: " + "[" * 5000, "is not YAML; fetch the export again."),
    ],
)
def test_metadata_that_cannot_be_read_cost_no_submission(
    tmp_path: Path, said: str | bytes, reason: str
) -> None:
    files: dict[str, str | bytes] = {"submission_metadata.yml": said, "submission_1/softmax.py": "x"}
    read, intake = read_all(folder(tmp_path / "assignment_1_export", files))
    assert [one.learners for one in read] == [("submission_1",)]
    told = next(odd for odd in intake.odd if odd.kind == "metadata")
    assert told.reason.endswith(f"{reason} The submissions stand under their folders' names.")


def test_metadata_with_strange_shapes_are_walked_through(tmp_path: Path) -> None:
    said = "? [a, b]\n: {c: d}\nsubmission_1:\n  :submitters:\n  - text\n  - {':sid': {x: y}, ':name': ~}\n  - {':email': a@b.c, ? [q] : r}\nsubmission_2: text\n"
    files = {"submission_metadata.yml": said, "submission_1/adam.py": "", "submission_2/adam.py": ""}
    read, _ = read_all(folder(tmp_path / "in", files))
    assert [one.learners for one in read] == [("a@b.c",), ("submission_2",)]


def test_an_export_without_metadata_is_graded_by_folder(tmp_path: Path) -> None:
    read, intake = read_all(archive(tmp_path / "in.zip", ["assignment_7_export/submission_5/softmax.py"]))
    assert intake.layout == "gradescope"
    assert [one.learners for one in read] == [("submission_5",)]
    assert intake.odd[0].reason == (
        "There is no submission_metadata.yml, so the submissions stand under their folders' names."
    )


def test_damaged_metadata_in_an_archive_cost_no_submission(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("submission_metadata.yml", "submission_1: {}")
        made.writestr("submission_1/adam.py", "x")
    path.write_bytes(path.read_bytes().replace(b"submission_1: {}", b"submission_2: {}"))
    read, intake = read_all(path)
    assert [one.learners for one in read] == [("submission_1",)]
    assert intake.odd[0].kind == "metadata"


def test_metadata_that_a_learner_handed_in_say_nothing(tmp_path: Path) -> None:
    files = dict(EXPORT)
    files["assignment_77_export/submission_104/submission_metadata.yml"] = METADATA.replace("101", "104")
    read, intake = read_all(folder(tmp_path / "in", files))
    assert read[-1].learners == ("submission_104",)
    assert ("no-item", "assignment_77_export/submission_104/submission_metadata.yml") in kinds(intake)


def test_files_outside_submissions_are_listed(tmp_path: Path) -> None:
    _, intake = read_all(folder(tmp_path / "in", {**EXPORT, "assignment_77_export/softmax.py": ""}))
    assert ("no-learner", "assignment_77_export/softmax.py") in kinds(intake)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-10-01 23:14:33.123456000 Z", "2024-10-01T23:14:33Z"),
        ("2024-10-01 23:14:33 -0700", "2024-10-02T06:14:33Z"),
        ("2024-10-01T23:14:33+02:00", "2024-10-01T21:14:33Z"),
        ("2024-10-01 23:14:33 UTC", "2024-10-01T23:14:33Z"),
        ("2024-10-01 23:14:33", "2024-10-01T23:14:33Z"),
        ("2024-13-01 23:14:33 Z", ""),
        ("0001-01-01 00:00:00 +14:00", ""),
        ("soon", ""),
    ],
)
def test_times_become_iso_8601_in_utc(text: str, iso: str) -> None:
    assert iso_time(text) == iso
