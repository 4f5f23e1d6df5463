"""`grade_all`: the class from Python, reports as they come."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.batch.everybody import grade_all
from grader.course import Course
from grader.errors import CourseFault, UsageFault
from tests.batch.batches import SLOW, TRIPLED, Batch, nothing_left_running
from tests.batch.submissions import archive
from tests.small_course import REFERENCE, SmallCourse


def test_reports_of_a_folder_come_one_a_learner(batch: Batch) -> None:
    batch.hand_in("anna")
    batch.hand_in("ben", TRIPLED)
    batch.hand_in("chi", TRIPLED)
    with nothing_left_running():
        found = list(grade_all(Course(batch.course.root), batch.submissions))
    assert sorted((one.learner, one.report.points) for one in found) == [("anna", 6), ("ben", 3), ("chi", 3)]
    assert found[0].as_json().keys() >= {"learner", "item", "points", "checks"}


def test_triples_may_hold_bytes_or_paths_and_items_by_number(course: SmallCourse, tmp_path: Path) -> None:
    path = tmp_path / "anything.py"
    path.write_text(TRIPLED)
    given: list[tuple[str, str, Path | bytes]] = [
        ("anna", "exercise-01", REFERENCE.encode()),
        ("ben", "1", path),
        ("anna", "01", b""),
    ]
    found = sorted((one.learner, one.report.points) for one in grade_all(Course(course.root), given))
    assert found == [("anna", 0), ("anna", 6), ("ben", 3)]


def test_the_members_of_a_group_each_get_the_report(course: SmallCourse, tmp_path: Path) -> None:
    metadata = (
        "submission_31:\n  :submitters:\n"
        "  - :name: Anna\n    :sid: '1'\n    :email: anna@example.org\n"
        "  - :name: Ben\n    :sid: '2'\n    :email: ben@example.org\n"
    )
    given = archive(
        tmp_path / "export.zip",
        {"export/submission_metadata.yml": metadata, "export/submission_31/doubling.py": TRIPLED},
    )
    first, second = grade_all(Course(course.root), given)
    assert first.report is second.report
    assert first.learner != second.learner


def test_reports_come_while_others_are_still_graded(course: SmallCourse) -> None:
    given = [(f"learner-{n}", "1", f"# {n}\n{SLOW}".encode()) for n in range(8)]
    reports = grade_all(Course(course.root), given, jobs=1)
    next(reports)
    first_s = time.monotonic()
    rest = list(reports)
    assert len(rest) == 7
    assert time.monotonic() - first_s > 7 * 0.2


@pytest.mark.parametrize("leaving", ["break", "close", "error"])
def test_leaving_early_leaves_no_process_and_no_folder(
    course: SmallCourse, leaving: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    given = [(f"learner-{n}", "1", f"# {n}\n{SLOW}".encode()) for n in range(20)]
    with nothing_left_running():
        reports = grade_all(Course(course.root), given)
        if leaving == "break":
            for one in reports:
                assert one.report.points == 6
                break
            del reports
        elif leaving == "close":
            next(reports)
            assert isinstance(reports, Iterator)
            reports.close()  # type: ignore[attr-defined]
        else:
            with pytest.raises(TypeError):
                dict(reports)  # type: ignore[arg-type]
            del reports
    assert not list(temporary.iterdir())


def test_nothing_is_started_for_nobody(course: SmallCourse) -> None:
    assert list(grade_all(Course(course.root), [])) == []


def test_an_unknown_item_or_file_is_told(course: SmallCourse, tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="exercise-09: there is no such item"):
        list(grade_all(Course(course.root), [("anna", "exercise-09", b"")]))
    with pytest.raises(UsageFault, match=r"nowhere.py: cannot be read \(no such file or directory\)"):
        list(grade_all(Course(course.root), [("anna", "1", tmp_path / "nowhere.py")]))


def test_a_faulty_file_of_the_course_is_the_author_s(course: SmallCourse) -> None:
    (course.solutions / "test_doubling.py").write_text("import nowhere\n")
    with nothing_left_running(), pytest.raises(CourseFault, match=str(course.solutions / "test_doubling.py")):
        list(grade_all(Course(course.root), [("anna", "1", REFERENCE.encode())]))
