"""All outputs in one walk: whole or not at all, the same bytes each time, and in little memory."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.batch.gradebook import Row
from grader.errors import Fault, UsageFault
from grader.export.format import FileFormat
from grader.export.gradebook_csv import read_shown
from grader.export.outputs import ALWAYS, FORMATS, write_outputs
from tests.export.books import HOSTILE_NAMES, book, hostile, large, one_of_each


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_what_is_always_written_stands_where_it_is_said_to(tmp_path: Path) -> None:
    written = write_outputs(one_of_each(), tmp_path / "out")
    assert written == tuple(
        tmp_path / "out" / name for name in ("gradebook.csv", "results.jsonl", "feedback")
    )
    assert sorted(contents(tmp_path / "out")) == [
        "feedback/ada.md", "feedback/ben.md", "feedback/chi.md", "feedback/dee.md", "feedback/eve.md",
        "gradebook.csv", "results.jsonl",
    ]  # fmt: skip


def test_the_same_gradebook_gives_the_same_bytes_and_no_file_is_touched_again(tmp_path: Path) -> None:
    write_outputs(large(5, 2), tmp_path, FORMATS)
    first = contents(tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    write_outputs(large(5, 2), tmp_path, FORMATS)
    assert contents(tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_hostile_names_stay_inside_the_folder_each_with_a_file_of_its_own(tmp_path: Path) -> None:
    write_outputs(hostile(), tmp_path / "out", FORMATS)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    made = contents(tmp_path / "out")
    for kind in ("feedback", "gradescope", "prairielearn"):
        assert len({name.casefold() for name in made if name.startswith(kind)}) == len(HOSTILE_NAMES)
    assert not [name for name, content in made.items() if b"\r\n" in content]
    assert len(read_shown(tmp_path / "out" / "gradebook.csv")) == len(HOSTILE_NAMES)


def test_the_feedback_of_somebody_who_left_goes_and_staff_s_own_file_stays(tmp_path: Path) -> None:
    write_outputs(one_of_each(), tmp_path, FORMATS)
    (tmp_path / "feedback" / "notes.md").write_text("staff's own")
    write_outputs(book([row for row in one_of_each().rows() if row.learner.id != "ben"]), tmp_path, FORMATS)
    left = contents(tmp_path)
    assert "feedback/notes.md" in left
    assert not [name for name in left if "ben" in name]


def test_rows_are_walked_over_once_when_the_learners_are_given(tmp_path: Path) -> None:
    walks = []
    small = one_of_each()

    def rows() -> Iterator[Row]:
        walks.append(1)
        return small.rows()

    write_outputs(replace(small, rows=rows), tmp_path, FORMATS, learners=["ada", "ben", "chi", "dee", "eve"])
    assert len(walks) == 1
    assert "feedback/ada.md" in contents(tmp_path)


def test_a_fault_in_one_output_leaves_all_of_them_as_they_were(tmp_path: Path) -> None:
    write_outputs(one_of_each(), tmp_path)
    before = contents(tmp_path)
    (tmp_path / "junit.xml.part").mkdir()
    (tmp_path / "junit.xml.part" / "in the way").touch()
    with pytest.raises(Fault, match=r"junit\.xml: cannot be written"):
        write_outputs(hostile(), tmp_path, [*ALWAYS, "junit"])
    (tmp_path / "junit.xml.part" / "in the way").unlink()
    assert contents(tmp_path) == before


def test_rows_that_break_off_leave_all_outputs_as_they_were(tmp_path: Path) -> None:
    def rows() -> Iterator[Row]:
        changed = next(one_of_each().rows())
        yield replace(changed, learner=replace(changed.learner, name="Another name"))
        raise KeyboardInterrupt

    write_outputs(one_of_each(), tmp_path, FORMATS)
    before = contents(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        write_outputs(replace(one_of_each(), rows=rows), tmp_path, FORMATS, learners=["ada"])
    assert contents(tmp_path) == before


def test_an_output_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(
        UsageFault, match=r"junitt: there is no such output\. Did you mean 'junit'\? There are grad"
    ):
        write_outputs(one_of_each(), tmp_path, ["junitt"])
    assert not list(tmp_path.iterdir())


def test_another_output_can_take_part_in_the_walk(tmp_path: Path) -> None:
    seen: list[str] = []

    def take(row: Row) -> bytes:
        seen.append(row.learner.id)
        return b""

    extra = FileFormat("names.txt", take, tail=lambda: "\n".join(seen).encode())
    assert write_outputs(one_of_each(), tmp_path, (), also=[extra]) == (tmp_path / "names.txt",)
    assert contents(tmp_path) == {"names.txt": b"ada\nben\nchi\ndee\neve"}


def test_an_empty_gradebook_has_its_headers(tmp_path: Path) -> None:
    write_outputs(book([]), tmp_path, FORMATS)
    assert contents(tmp_path)["gradebook.csv"].count(b"\n") == 1
    assert contents(tmp_path)["results.jsonl"] == b""


def test_memory_grows_by_little_more_than_a_name_a_learner(tmp_path: Path) -> None:
    def peak(learners: int) -> int:
        tracemalloc.start()
        write_outputs(large(learners, checks=2), tmp_path / str(learners))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert (peak(330) - peak(30)) / 300 < 1500
