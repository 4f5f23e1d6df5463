"""`grader batch` from what a class handed in to every output, run as staff run it."""

import json
import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from tests.batch.batches import ENDLESS, TRIPLED, Batch, nothing_left_running
from tests.batch.submissions import archive
from tests.small_course import BIN, REFERENCE, STUB, run

OUTPUTS = ["batch.sqlite", "feedback", "gradebook.csv", "report.html", "results.jsonl"]


def second_exercise(batch: Batch) -> None:
    """Give the course a second exercise, which wants twice.py."""
    for name in ("solutions", "exercises"):
        first = batch.course.root / name / "exercise-01"
        for path in sorted(path for path in first.rglob("*") if path.is_file()):
            copy = (
                batch.course.root
                / name
                / "exercise-02"
                / str(path.relative_to(first)).replace("doubling", "twice")
            )
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(path.read_text().replace("doubling.py", "twice.py"))


def test_a_class_is_graded_and_every_output_is_written(batch: Batch) -> None:
    batch.hand_in("anna")
    batch.hand_in("ben", TRIPLED)
    batch.hand_in("chi", STUB)
    with nothing_left_running():
        ran = batch.run()
    assert ran.code == 0
    assert ran.out == (
        "Recognised as a folder a learner: 3 files of 3 learners.\n"
        f"Graded 3 submissions now; written: gradebook.csv, results.jsonl, feedback, report.html in {batch.out}.\n"
    )
    assert sorted(path.name for path in batch.out.iterdir()) == OUTPUTS
    assert batch.grades == {"anna": "6", "ben": "3", "chi": "0"}
    assert batch.outcomes["chi", "exercise-01"] == {
        "example": "MISSING",
        "values": "MISSING",
        "linear": "MISSING",
    }
    assert "All checks passed. Well done!" in batch.feedback("anna")
    assert "Doubling a vector" in (batch.out / "report.html").read_text()


def test_a_report_is_what_the_command_for_one_submission_gives(batch: Batch) -> None:
    batch.hand_in("ben", TRIPLED)
    batch.run()
    line = json.loads((batch.out / "results.jsonl").read_text())
    alone = batch.course.grade_source(TRIPLED).report
    for report in (line, alone):
        for check in report["checks"]:
            check.pop("seconds")
    assert line["checks"] == alone["checks"]
    assert (line["points"], line["seed"], line["isolation"]) == (
        alone["points"],
        alone["seed"],
        alone["isolation"],
    )


def test_a_zip_is_graded_like_the_folder_and_nothing_is_unpacked(batch: Batch, tmp_path: Path) -> None:
    given = archive(
        tmp_path / "class.zip", {"anna/doubling.py": REFERENCE, "ben/exercise-01/doubling.py": TRIPLED}
    )
    before = set(tmp_path.rglob("*"))
    other = Batch(batch.course, given, batch.out)
    assert other.run().code == 0
    assert other.grades == {"anna": "6", "ben": "3"}
    assert not [path for path in set(tmp_path.rglob("*")) - before if path.suffix == ".py"]


def test_a_dry_run_tells_what_would_be_graded_and_writes_nothing(batch: Batch) -> None:
    batch.hand_in("anna")
    batch.hand_in("ben", TRIPLED)
    batch.hand_in("chi", TRIPLED)
    batch.hand_in("dee", "x = 1", "notes.py")
    ran = batch.run("--dry-run")
    assert ran.code == 0
    assert "  exercise-01: 3 files, 2 to grade\n" in ran.out
    assert "2 to grade, 1 odd entry. Nothing was graded or written.\n" in ran.out
    assert "notes.py" in ran.out
    assert not batch.out.exists()
    told = batch.told("--dry-run")
    assert told == {"handed_in": {"exercise-01": 3}, "to_grade": {"exercise-01": 2}, "odd": 1}
    assert not batch.out.exists()


def test_a_dry_run_after_a_batch_tells_only_what_is_new_and_leaves_the_store_alone(batch: Batch) -> None:
    batch.hand_in("anna")
    batch.run()
    batch.hand_in("ben", TRIPLED)
    before = {
        path: path.stat().st_mtime_ns for path in [batch.out, *batch.out.rglob("*")] if path != batch.out
    }
    assert "exercise-01: 2 files, 1 to grade" in batch.run("--dry-run").out
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert sorted(path.name for path in batch.out.iterdir()) == OUTPUTS


def test_json_is_one_object_on_standard_output_and_progress_goes_to_standard_error(batch: Batch) -> None:
    batch.hand_in("anna")
    batch.hand_in("ben", "def double(x", "doubling.py")
    ran = batch.run("--json")
    assert ran.code == 0
    assert list(json.loads(ran.out)) == [
        "layout", "learners", "files", "graded", "needs_review", "kept", "overridden", "odd", *sorted({"notes"} & set(json.loads(ran.out))), "remarks", "outputs",
    ]  # fmt: skip
    assert "Recognised as a folder a learner" in ran.err
    assert "2 of 2 graded in " in ran.err


def test_equal_submissions_of_different_learners_are_graded_once(batch: Batch) -> None:
    for name in ("anna", "ben", "chi"):
        batch.hand_in(name, TRIPLED)
    assert batch.told()["graded"] == 1
    assert batch.grades == {"anna": "3", "ben": "3", "chi": "3"}
    assert len(batch.outcomes) == 3


def test_a_batch_of_other_items_into_the_same_folder_keeps_the_columns_of_the_first(
    batch: Batch, tmp_path: Path
) -> None:
    second_exercise(batch)
    batch.hand_in("anna")
    batch.hand_in("ben", TRIPLED)
    batch.run()
    assert list(batch.rows["anna"])[3:5] == ["exercise-01", "total"]
    later = Batch(batch.course, tmp_path / "later", batch.out)
    later.hand_in("anna", REFERENCE, "twice.py")
    later.hand_in("chi", TRIPLED, "twice.py")
    assert later.told()["graded"] == 2
    assert {name: (row["exercise-01"], row["exercise-02"], row["total"]) for name, row in later.rows.items()} == {
        "anna": ("6", "6", "12"), "chi": ("0", "3", "3"), "ben": ("3", "0", "3"),
    }  # fmt: skip
    assert later.outcomes.keys() == {
        ("anna", "exercise-01"), ("anna", "exercise-02"), ("ben", "exercise-01"), ("chi", "exercise-02"),
    }  # fmt: skip


def test_only_the_items_that_are_named_are_graded(batch: Batch) -> None:
    second_exercise(batch)
    batch.hand_in("anna")
    batch.hand_in("anna", TRIPLED, "twice.py")
    assert batch.told("--items", "2")["graded"] == 1
    assert list(batch.rows["anna"])[3:5] == ["exercise-02", "total"]
    slip = batch.run("--items", "1,exercise-03")
    assert slip.code == 2
    assert "exercise-03: there is no such item." in slip.err


CANVAS = {
    "anna_LATE_1001_5001_doubling.py": f"# anna\n{REFERENCE}",
    "ben_1002_5002_doubling.py": f"# ben, at first\n{TRIPLED}",
    "ben_1002_5003_doubling-1.py": f"# ben, again\n{REFERENCE}",
}


def test_late_marks_and_resubmissions_come_through_to_the_gradebook(batch: Batch, tmp_path: Path) -> None:
    given = archive(tmp_path / "submissions.zip", CANVAS)
    canvas = Batch(batch.course, given, batch.out)
    ran = canvas.run()
    assert ran.code == 0
    assert "Recognised as a bulk download of Canvas: 2 files of 2 learners." in ran.out
    late = {name: row["late"] for name, row in canvas.rows.items()}
    assert sorted(late.values()) == ["", "exercise-01"]
    assert set(canvas.grades.values()) == {"6"}, "a late file loses nothing, and the latest counts"
    assert "superseded" in ran.out


def test_a_group_s_work_is_graded_once_and_counts_for_each_of_them(batch: Batch, tmp_path: Path) -> None:
    metadata = (
        "submission_31:\n  :submitters:\n"
        "  - :name: Anna\n    :sid: '1'\n    :email: anna@example.org\n"
        "  - :name: Ben\n    :sid: '2'\n    :email: ben@example.org\n"
        "  :created_at: 2026-03-01 10:00:00.000000000 Z\n  :score: 0\n"
    )
    given = archive(
        tmp_path / "export.zip",
        {"export/submission_metadata.yml": metadata, "export/submission_31/doubling.py": TRIPLED},
    )
    grouped = Batch(batch.course, given, batch.out)
    told = grouped.told()
    assert (told["layout"], told["graded"], told["files"], told["learners"]) == ("gradescope", 1, 1, 2)
    assert list(grouped.grades.values()) == ["3", "3"]
    first, second = grouped.rows
    assert second in grouped.feedback(first)


HOSTILE_NAMES = [
    "../../outside", "..", "/etc/passwd", "a\nb", "x\r\ny", "😀 emoji", "\u202egnp.exe", "=1+1", "@SUM(A1)", "-2", "con", "a" * 150,
    "<script>alert(1)</script>", "# heading", "tab\there", "ünï", "Ünï", "u\u0308nï", "%s %d {0}", "nul\x7f", "'quoted\"",
]  # fmt: skip


def test_hostile_names_come_through_to_every_output_and_none_leads_outside(
    batch: Batch, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    ids = [name.replace('"', '""') for name in HOSTILE_NAMES]
    roster.write_text(
        "id,name\n" + "".join(f'"{name}","{name}"\n' for name in ids), encoding="utf-8", newline=""
    )
    given = archive(
        tmp_path / "class.zip",
        {f"{name}/doubling.py": f"# {n}\n{REFERENCE}" for n, name in enumerate(HOSTILE_NAMES)},
    )
    (tmp_path / "deep" / "er").mkdir(parents=True)
    hostile = Batch(batch.course, given, tmp_path / "deep" / "er" / "out")
    with_link = zipfile.ZipFile(given, "a")
    with with_link:
        link = zipfile.ZipInfo("eve/doubling.py")
        link.external_attr = 0o120777 << 16
        with_link.writestr(link, "/etc/passwd")
    before = {path for path in tmp_path.rglob("*") if hostile.out not in path.parents}
    ran = hostile.run(
        "--roster", roster, "--export", "junit", "--export", "gradescope", "--export", "prairielearn"
    )
    assert ran.code == 0, ran.err
    after = {path for path in tmp_path.rglob("*") if hostile.out not in path.parents and path != hostile.out}
    assert after == before, "nothing is written outside --out"
    lines = hostile.gradebook.decode().splitlines()
    assert all(line.isprintable() for line in lines)
    assert len(lines) >= 1 + len(HOSTILE_NAMES)
    assert all(row.count("") < len(row) for row in (line.split(",") for line in lines))
    for line in lines[1:]:
        assert line.lstrip('"')[0] not in "=+-@\t\r"
    assert "<script>alert" not in (hostile.out / "report.html").read_text(encoding="utf-8")
    for stream in (ran.out, ran.err):
        assert all(line.isprintable() for line in stream.splitlines())
    names = [path.name for path in (hostile.out / "feedback").iterdir()]
    assert len({name.casefold() for name in names}) == len(names) == len(lines) - 1
    again = hostile.run("--roster", roster)
    assert "Graded 0 submissions now" in again.out
    assert "grades kept" not in again.out


def test_strangers_and_files_of_no_item_are_listed_and_not_fatal(batch: Batch, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\nanna,Anna\nben,Ben\n", encoding="utf-8")
    batch.hand_in("anna")
    batch.hand_in("stranger", TRIPLED)
    batch.hand_in("anna", "x", "notes.txt")
    ran = batch.run("--roster", roster)
    assert ran.code == 0
    assert "not-on-roster" in ran.out
    assert "no-item" in ran.out
    assert batch.grades["anna"] == "6"
    assert batch.grades["ben"] == "0"
    assert "Nothing was handed in." in batch.feedback("ben")


def test_one_that_hangs_dies_or_floods_costs_only_itself(batch: Batch) -> None:
    batch.hand_in(
        "dies",
        f"{REFERENCE}\n\ndef double(x):\n    import os, signal\n    os.kill(os.getpid(), signal.SIGSEGV)\n",
    )
    batch.hand_in("endless", ENDLESS)
    batch.hand_in("floods", f"while True:\n    print('x' * 1000)\n{REFERENCE}")
    batch.hand_in("hoards", f"held = ['x' * 2**20 for _ in range(10000)]\n{REFERENCE}")
    batch.hand_in("leaves", "raise SystemExit(0)\n")
    batch.hand_in("binary", b"\x00\xff" * 1000)
    batch.hand_in("empty", b"")
    batch.hand_in("huge", b"#" * (2 << 20))
    for n in range(4):
        batch.hand_in(f"honest-{n}", f"# {n}\n{REFERENCE}")
    with nothing_left_running():
        ran = batch.run()
    assert ran.code == 0, ran.out
    assert {name: grade for name, grade in batch.grades.items() if grade != "0"} == {
        f"honest-{n}": "6" for n in range(4)
    }


def test_weak_isolation_grades_alike_and_says_so_in_each_report(batch: Batch) -> None:
    batch.hand_in("anna")
    batch.hand_in("ben", TRIPLED)
    batch.run()
    weak = Batch(batch.course, batch.submissions, batch.out.with_name("weak"))
    with nothing_left_running():
        assert weak.run("--weak-isolation").code == 0
    assert weak.grades == batch.grades
    assert weak.outcomes == batch.outcomes
    reports = [json.loads(line) for line in (weak.out / "results.jsonl").read_text().splitlines()]
    assert all("seccomp" not in report["isolation"] for report in reports)


# Refuses seccomp to itself and to all that it starts, as a kernel without it does.
UNCONFINABLE = """
import ctypes, errno, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
steps = [
    (0x20, 0, 0, 0), (0x15, 0, 1, {seccomp}), (0x06, 0, 0, 0x50000 | errno.EINVAL),
    (0x15, 0, 3, {prctl}), (0x20, 0, 0, 16), (0x15, 0, 1, 22), (0x06, 0, 0, 0x50000 | errno.EINVAL), (0x06, 0, 0, 0x7fff0000),
]
code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
program = ctypes.create_string_buffer(struct.pack("=HxxxxxxQ", len(steps), ctypes.addressof(code)))
libc.prctl(38, 1, 0, 0, 0)
assert libc.prctl(22, 2, program, 0, 0) == 0
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform != "linux" or os.uname().machine != "x86_64", reason="a filter of x86-64")
def test_a_system_that_cannot_confine_refuses_unless_it_is_told_to_grade_all_the_same(batch: Batch) -> None:
    batch.hand_in("anna")
    launcher = batch.submissions.with_name("unconfinable.py")
    launcher.write_text(UNCONFINABLE.replace("{seccomp}", "317").replace("{prctl}", "157"))
    command: list[str | Path] = [launcher, str(BIN / "grader"), *batch.words()]
    python = Path(sys.executable).name
    with nothing_left_running():
        ran = run(python, *command, cwd=batch.course.root)
    assert ran.code == 2
    assert (
        "grader: this system can't confine submissions; --weak-isolation grades them all the same, where files are "
        "not shut off, the network is not shut off, other programs can be started.\n"
    ) in ran.err
    assert [path.name for path in batch.out.iterdir()] == ["batch.sqlite"]
    with nothing_left_running():
        assert run(python, *command, "--weak-isolation", cwd=batch.course.root).code == 0
    assert batch.grades == {"anna": "6"}


def test_checkers_import_nothing_from_the_folder_the_command_runs_in(batch: Batch) -> None:
    """It may be the folder of a learner's own files."""
    mine = batch.hand_in("eve").parent
    for name in ("json", "numpy", "pytest", "yaml", "grader"):
        (mine / f"{name}.py").write_text(
            "from pathlib import Path\nPath('BREACH').touch()\nraise SystemExit\n"
        )
    ran = run("grader", *batch.words(), cwd=mine)
    assert ran.code == 0
    assert batch.grades == {"eve": "6"}
    assert not (mine / "BREACH").exists()


def test_a_faulty_check_is_the_author_s_and_named_where_the_author_finds_it(batch: Batch) -> None:
    batch.hand_in("anna")
    checks = batch.course.solutions / "test_doubling.py"
    sound = checks.read_text()
    checks.write_text("import nowhere\n")
    ran = batch.run()
    assert ran.code == 2
    assert f"grader: {checks}: can't be collected: ModuleNotFoundError: No module named 'nowhere'." in ran.err
    checks.write_text(sound)
    assert batch.run().code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere", "--out", "../out"], "nowhere: "),
        ([".", "--out", "../out", "--roster", "no.csv"], "no.csv: cannot be read (no such file or directory)."),
        ([".", "--out", "../out", "--canvas", "no.csv"], "no.csv: cannot be read (no such file or directory)."),
        ([".", "--out", "../out", "--moodle", "no.csv"], "no.csv: cannot be read (no such file or directory)."),
        ([".", "--out", "../out", "--items", "exercse-01"], "exercse-01: there is no such item. Did you mean 'exercise-01'?"),
        ([".", "--out", "graded"], "graded: lies inside ., where the next run would take it for a learner's folder; choose another with --out."),
        (["."], "Missing option '--out'"),
        ([".", "--out", "../out", "--jobs", "0"], "0 is not in the range x>=1"),
    ],
)  # fmt: skip
def test_a_slip_in_the_command_is_told_and_exits_2(batch: Batch, words: list[str], message: str) -> None:
    batch.hand_in("anna")
    ran = run("grader", "batch", *words, "--course", batch.course.root, cwd=batch.submissions)
    assert ran.code == 2
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_a_released_course_without_solutions_cannot_grade_a_class(batch: Batch) -> None:
    batch.hand_in("anna")
    shutil.rmtree(batch.course.root / "solutions")
    ran = batch.run()
    assert ran.code == 2
    assert "holds no solutions folder; a class is graded where the staff's files are." in ran.err
