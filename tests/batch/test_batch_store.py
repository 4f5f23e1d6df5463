"""The store holds on to what it has: on a full disk, when it is damaged, when it isn't ours."""

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.batch.batches import SLOW, Batch, everything
from tests.small_course import REFERENCE, run


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.getuid() != 0 or subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk], capture_output=True, check=False
    ).returncode:  # fmt: skip
        pytest.skip("a small disk can't be mounted here; it needs root")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill(disk: Path, left: int) -> Path:
    """Fill the disk but for so many bytes; give the file that lies in the way."""
    ballast = disk / "ballast"
    about = os.statvfs(disk)
    ballast.write_bytes(b"x" * (about.f_bavail * about.f_bsize - left))
    return ballast


@pytest.mark.parametrize("left_kib", range(0, 240, 40))
def test_a_disk_that_fills_up_is_told_and_costs_nothing_once_there_is_room(
    batch: Batch, small_disk: Path, left_kib: int
) -> None:
    for n in range(6):
        batch.hand_in(f"learner-{n}", f"# {n} {'x' * 3000}\n{REFERENCE}")
    undisturbed = Batch(batch.course, batch.submissions, batch.out)
    undisturbed.run()
    cramped = Batch(batch.course, batch.submissions, small_disk / "out")
    cramped.out.mkdir()
    ballast = fill(small_disk, left_kib << 10)
    ran = cramped.run()
    assert "Traceback" not in ran.err
    if ran.code:
        assert ran.code == 2, ran.err
        assert re.search(r"can('t|not) be written \(.*[Mm]ake room", ran.err), ran.err
        assert not [path for path in cramped.out.iterdir() if ".part" in path.name or ".course" in path.name]
    ballast.unlink()
    again = cramped.run()
    assert again.code == 0, (ran.err, again.err)
    assert cramped.gradebook == undisturbed.gradebook
    assert cramped.outcomes == undisturbed.outcomes


def test_outputs_are_as_they_were_when_the_disk_is_full(batch: Batch, small_disk: Path) -> None:
    cramped = Batch(batch.course, batch.submissions, small_disk / "out")
    batch.hand_in_many(4)
    cramped.run()
    before = everything(cramped.out)
    batch.hand_in_many(60, f'"""{"x" * 2000}"""\n{REFERENCE}')
    fill(small_disk, 40 << 10)
    ran = cramped.run()
    assert ran.code == 2
    assert "ake room" in ran.err
    after = everything(cramped.out)
    assert after.keys() == before.keys()
    assert {name: after[name] for name in before if name != "batch.sqlite"} == {
        name: before[name] for name in before if name != "batch.sqlite"
    }


def _garbage(path: Path) -> None:
    path.write_bytes(b"not a store at all" * 1000)


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _cut_in_a_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1234])


def _head_only(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def _flipped_pages(path: Path) -> None:
    held = bytearray(path.read_bytes())
    for start in range(4096, len(held), 4096):
        held[start : start + 64] = bytes(255 - byte for byte in held[start : start + 64])
    path.write_bytes(held)


def _changed_points(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"points": 6,', b'"points": 9,', 1))


def _zeroed_page(path: Path) -> None:
    held = bytearray(path.read_bytes())
    held[8192 : 8192 + 4096] = bytes(4096)
    path.write_bytes(held)


@pytest.mark.parametrize(
    "harm",
    [_garbage, _truncated, _cut_in_a_page, _head_only, _flipped_pages, _zeroed_page, _changed_points],
    ids=lambda harm: harm.__name__.strip("_"),
)
def test_a_damaged_store_is_told_and_left_as_it_is(batch: Batch, harm: Callable[[Path], None]) -> None:
    batch.hand_in_many(9)
    batch.run()
    harm(batch.out / "batch.sqlite")
    assert_told_and_left(batch)


@pytest.mark.parametrize(
    "harm", [_garbage, _truncated, _head_only, _emptied], ids=lambda harm: harm.__name__.strip("_")
)
def test_a_store_damaged_after_a_kill_is_told_and_left_as_it_is_with_its_journal(
    batch: Batch, harm: Callable[[Path], None]
) -> None:
    batch.hand_in_many(9)
    batch.run()
    batch.hand_in_many(30, SLOW)
    with batch.running() as started:
        batch.await_results(1)
        started.kill()
    harm(batch.out / "batch.sqlite")
    assert (batch.out / "batch.sqlite-wal").stat().st_size
    assert_told_and_left(batch)


def assert_told_and_left(batch: Batch) -> None:
    """Hold that each command says that the store is damaged, and leaves every byte as it is."""
    before = everything(batch.out)
    for ran in (batch.run(), batch.run("--dry-run"), batch.diff()):
        assert ran.code == 2, ran
        assert f"grader: {batch.out / 'batch.sqlite'}: is damaged (" in ran.err
        assert "nothing was changed. Put a copy from a backup in its place, or move it away and the batch is graded anew." in ran.err  # fmt: skip
        assert everything(batch.out) == before


def test_a_store_of_another_version_is_told_and_left_as_it_is(batch: Batch) -> None:
    batch.hand_in_many(1)
    batch.run()
    with sqlite3.connect(batch.out / "batch.sqlite") as store:
        store.execute("PRAGMA user_version = 99")
    store.close()
    before = everything(batch.out)
    ran = batch.run()
    assert ran.code == 2
    assert (
        "was written by another version of the grader (layout 99, here 1); give another folder with --out."
        in ran.err
    )
    assert everything(batch.out) == before


def test_a_database_of_something_else_is_left_as_it_is(batch: Batch) -> None:
    batch.hand_in_many(1)
    batch.out.mkdir()
    with sqlite3.connect(batch.out / "batch.sqlite") as store:
        store.execute("CREATE TABLE photos (name TEXT)")
    store.close()
    before = everything(batch.out)
    assert "was written by another version of the grader (layout 0, here 1)" in batch.run().err
    assert everything(batch.out) == before


def test_a_store_that_may_only_be_read_is_told(batch: Batch) -> None:
    batch.hand_in_many(1)
    batch.out.write_text("a file in the folder's place")
    ran = batch.run()
    assert ran.code == 2
    assert f"{batch.out}: can't be made (file exists)." in ran.err
    batch.out.unlink()
    (batch.out / "batch.sqlite").mkdir(parents=True)
    ran = batch.run()
    assert ran.code == 2
    assert f"{batch.out / 'batch.sqlite'}: can't be opened (unable to open database file)." in ran.err


def test_a_folder_that_holds_no_store_is_told_by_diff(batch: Batch) -> None:
    ran = run("grader", "diff", batch.out, cwd=batch.course.root)
    assert ran.code == 2
    assert f"{batch.out}: holds no batch.sqlite; give the folder that was --out of a batch." in ran.err
    assert not batch.out.exists()
