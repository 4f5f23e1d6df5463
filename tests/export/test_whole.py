"""Files and folders appear whole or not at all, and what is there already isn't written again."""

import os
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader.errors import Fault
from grader.export.whole import WholeFile, WholeFolder, write_whole

MARKER = b"<!-- ours -->\n"


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let the system refuse to make any file larger, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def folder(path: Path, files: dict[str, bytes]) -> None:
    with WholeFolder(path, MARKER) as whole:
        for name, content in files.items():
            whole.write(name, MARKER + content)
        whole.finish()


def test_a_file_is_written_and_leaves_no_part(tmp_path: Path) -> None:
    write_whole(tmp_path / "deep" / "a.csv", b"one\n")
    assert (tmp_path / "deep" / "a.csv").read_bytes() == b"one\n"
    assert names(tmp_path) == ["deep/a.csv"]


@pytest.mark.parametrize("old", [b"", b"one\n", b"one\ntwo\n", b"one\ntwo\nthree\n", b"other"])
def test_a_file_becomes_what_was_written_whatever_stood_there(tmp_path: Path, old: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(old)
    with WholeFile(path) as file:
        file.write(b"one\n")
        file.write(b"two\n")
        file.finish()
    assert path.read_bytes() == b"one\ntwo\n"
    assert names(tmp_path) == ["a.csv"]


def test_an_unchanged_file_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_whole(path, b"one\n")
    os.utime(path, (1, 1))
    write_whole(path, b"one\n")
    assert path.stat().st_mtime == 1


def test_a_file_that_is_not_finished_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old\n")
    with WholeFile(path) as file:
        file.write(b"new\n")
    assert path.read_bytes() == b"old\n"
    assert names(tmp_path) == ["a.csv"]


def test_a_part_that_a_killed_run_left_is_in_nobody_s_way(tmp_path: Path) -> None:
    (tmp_path / "a.csv.part").write_bytes(b"half")
    (tmp_path / "feedback.part").mkdir()
    (tmp_path / "feedback.part" / "x.md").write_bytes(b"half")
    write_whole(tmp_path / "a.csv", b"one\n")
    folder(tmp_path / "feedback", {"ada.md": b"hi"})
    assert names(tmp_path) == ["a.csv", "feedback/ada.md"]


def test_a_full_disk_is_a_fault_that_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old\n")
    with files_of_at_most(1000), pytest.raises(Fault) as caught:
        write_whole(path, b"x" * 200_000)
    assert str(caught.value) == (
        f"{path}: cannot be written (file too large); make room and run the same command again. "
        "What was there before is untouched."
    )
    assert caught.value.exit_code == 2
    assert path.read_bytes() == b"old\n"
    assert names(tmp_path) == ["a.csv"]


def test_a_full_disk_leaves_the_whole_folder_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "feedback"
    folder(path, {"ada.md": b"old"})
    with files_of_at_most(1000), pytest.raises(Fault, match=r"ben\.md: cannot be written"):
        folder(path, {"ada.md": b"new", "ben.md": b"x" * 200_000})
    assert names(tmp_path) == ["feedback/ada.md"]
    assert (path / "ada.md").read_bytes() == MARKER + b"old"


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody may write to")
def test_a_folder_that_is_closed_to_us_is_a_fault() -> None:
    with pytest.raises(Fault, match=r"see who may write there .* or choose another folder"):
        write_whole(Path("/sys/gradebook.csv"), b"x")


def test_what_stands_in_the_way_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a file")
    with pytest.raises(Fault, match=r"cannot be written \(.*\); see what stands in its way"):
        write_whole(tmp_path / "a" / "b.csv", b"x")
    (tmp_path / "c.csv").mkdir()
    with pytest.raises(Fault, match=r"c\.csv: cannot be written"):
        write_whole(tmp_path / "c.csv", b"x")
    assert names(tmp_path) == ["a"]


def test_unchanged_files_of_a_folder_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "feedback"
    folder(path, {"ada.md": b"a", "ben/x.md": b"b"})
    os.utime(path / "ada.md", (1, 1))
    folder(path, {"ada.md": b"a", "ben/x.md": b"other"})
    assert (path / "ada.md").stat().st_mtime == 1
    assert (path / "ben" / "x.md").read_bytes() == MARKER + b"other"
    assert names(tmp_path) == ["feedback/ada.md", "feedback/ben/x.md"]


def test_files_of_earlier_runs_go_but_only_ours(tmp_path: Path) -> None:
    path = tmp_path / "feedback"
    folder(path, {"ada.md": b"a", "gone.md": b"b", "left/results.json": b"c"})
    (path / "notes.md").write_bytes(b"staff's own")
    (path / "link.md").symlink_to(path / "ada.md")
    os.mkfifo(path / "pipe.md")
    folder(path, {"ada.md": b"a"})
    assert names(path) == ["ada.md", "link.md", "notes.md"]
    assert not (path / "left").exists()


def test_a_folder_that_is_not_finished_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "feedback"
    folder(path, {"ada.md": b"a", "ben.md": b"b"})
    with WholeFolder(path, MARKER) as whole:
        whole.write("ada.md", MARKER + b"new")
    assert names(tmp_path) == ["feedback/ada.md", "feedback/ben.md"]
    assert (path / "ada.md").read_bytes() == MARKER + b"a"
