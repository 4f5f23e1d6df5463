"""Folders and archives that mean harm: nothing is followed, opened, unpacked or believed."""

import os
import stat
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.intake.archive import member_parts
from grader.batch.intake.entry import MAX_DEPTH, MAX_ENTRIES
from grader.errors import UsageFault
from grader.source import MAX_BYTES
from tests.batch.submissions import (
    archive,
    folder,
    in_memory,
    kinds,
    member,
    patched,
    read_all,
    take_in,
    whose,
)


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    root = folder(tmp_path / "in", {"bob/softmax.py": "mine"})
    (root / "mallory").mkdir()
    (root / "mallory" / "softmax.py").symlink_to("/etc/passwd")
    (root / "mallory" / "more").symlink_to(root / "bob", target_is_directory=True)
    (root / "eve").symlink_to(root / "bob", target_is_directory=True)
    read, intake = read_all(root)
    assert whose(read) == [("bob", "exercise-07", "bob/softmax.py")]
    assert kinds(intake) == [("link", "eve"), ("link", "mallory/more"), ("link", "mallory/softmax.py")]
    assert intake.odd[0].reason == "It is a link; links aren't followed. Put the file itself there."


def test_a_file_that_turned_into_a_link_or_a_pipe_is_not_read(tmp_path: Path) -> None:
    root = folder(tmp_path / "in", ["a/softmax.py", "b/softmax.py", "c/softmax.py", "d/softmax.py"])
    with take_in(root) as intake:
        for learner in "abc":
            (root / learner / "softmax.py").unlink()
        (root / "a" / "softmax.py").symlink_to("/etc/passwd")
        os.mkfifo(root / "b" / "softmax.py")
        assert whose(intake.read()) == [("d", "exercise-07", "d/softmax.py")]
        assert kinds(intake) == [("unreadable", f"{learner}/softmax.py") for learner in "abc"]
        assert intake.odd[1].reason == (
            "It can't be read: it isn't a regular file any more. exercise-07 of b wasn't graded."
        )


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    root = folder(tmp_path / "in", ["bob/softmax.py"])
    os.mkfifo(root / "bob" / "adam.py")
    read, intake = read_all(root)
    assert len(read) == 1
    assert kinds(intake) == [("device", "bob/adam.py")]
    assert intake.odd[0].reason == "It is a pipe, socket or device, not a file; it wasn't opened."


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_not_opened(tmp_path: Path) -> None:
    root = folder(tmp_path / "in", ["bob/softmax.py"])
    try:
        os.mknod(root / "bob" / "adam.py", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("devices can't be made here")
    assert kinds(read_all(root)[1]) == [("device", "bob/adam.py")]


def test_folders_too_deep_are_not_looked_into(tmp_path: Path) -> None:
    deep = "bob/" + "x/" * MAX_DEPTH
    for made in (
        folder(tmp_path / "in", [f"{deep}softmax.py"]),
        archive(tmp_path / "in.zip", [f"{deep}softmax.py"]),
    ):
        read, intake = read_all(made)
        assert read == []
        assert [odd.kind for odd in intake.odd] == ["too-deep"]
        assert intake.odd[0].reason == f"It lies more than {MAX_DEPTH} folders deep; nothing is read there."


def test_a_link_and_a_device_in_an_archive_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(member("bob/softmax.py"), "mine")
        made.writestr(member("mallory/softmax.py", stat.S_IFLNK | 0o777), "/etc/passwd")
        made.writestr(member("mallory/adam.py", stat.S_IFCHR | 0o666), "")
        made.writestr(member("mallory/layer_norm.py", stat.S_IFIFO | 0o666), "")
    read, intake = read_all(path)
    assert whose(read) == [("bob", "exercise-07", "bob/softmax.py")]
    assert kinds(intake) == [
        ("link", "mallory/softmax.py"),
        ("device", "mallory/adam.py"),
        ("device", "mallory/layer_norm.py"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../bob/softmax.py",
        "mallory/../bob/softmax.py",
        "/bob/softmax.py",
        "\\bob\\softmax.py",
        "mallory\\..\\bob\\softmax.py",
        "C:\\bob\\softmax.py",
        "c:bob/softmax.py",
        "bob/softmax.py\0.txt",
        "//server/bob/softmax.py",
    ],
)
def test_a_name_that_leads_outside_is_not_read(tmp_path: Path, name: str) -> None:
    read, intake = read_all(archive(tmp_path / "in.zip", {"bob/softmax.py": "mine", name: "theirs"}))
    assert [one.data for one in read] == [b"mine"]
    assert [odd.kind for odd in intake.odd] == ["outside"]
    assert intake.odd[0].reason.startswith("Its name is absolute, climbs out of the archive or has a NUL")
    assert intake.odd[0].origin.isprintable()


@given(
    st.lists(st.sampled_from(["..", ".", "", "a", "softmax.py", "C:", "~", "a b", "…"]), max_size=6),
    st.sampled_from("/\\"),
)
def test_the_parts_of_a_member_stay_inside(pieces: list[str], separator: str) -> None:
    parts = member_parts(separator.join(pieces))
    if parts is not None:
        assert parts
        assert not {"", ".", ".."} & set(parts)
        assert not any(separator in part for part in parts)


def test_names_by_old_windows_tools_are_split_at_backslashes(tmp_path: Path) -> None:
    read, _ = read_all(archive(tmp_path / "in.zip", ["bob\\exercise-07\\softmax.py", "eve\\softmax.py"]))
    assert [one.learners for one in read] == [("bob",), ("eve",)]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_members_with_one_name_the_last_counts(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("bob/softmax.py", "first")
        made.writestr("bob/softmax.py", "second")
    read, intake = read_all(path)
    assert [one.data for one in read] == [b"second"]
    assert kinds(intake) == [("duplicate", "bob/softmax.py")]


def test_a_bomb_is_read_to_just_past_the_cap(tmp_path: Path) -> None:
    path = archive(tmp_path / "in.zip", {"bob/softmax.py": b"\0" * (64 << 20), "eve/softmax.py": "pass"})
    assert path.stat().st_size < 100_000
    read, intake = read_all(path)
    assert [len(one.data) for one in read] == [MAX_BYTES + 1, 4]
    assert kinds(intake) == [("too-large", "bob/softmax.py")]
    assert intake.odd[0].reason == f"It has more than {MAX_BYTES} bytes, the most that are graded."


def test_a_bomb_that_claims_to_be_small_is_damaged(tmp_path: Path) -> None:
    size = (64 << 20) + 54321  # no other four bytes are these
    path = archive(tmp_path / "in.zip", {"bob/softmax.py": b"\0" * size, "eve/softmax.py": "pass"})
    patched(path, struct.pack("<L", size), struct.pack("<L", 10))
    read, intake = read_all(path)
    assert [one.learners for one in read] == [("eve",)]
    assert kinds(intake) == [("unreadable", "bob/softmax.py")]
    assert "the archive is damaged there" in intake.odd[0].reason


def test_a_file_that_claims_to_be_huge_is_read_for_what_it_is(tmp_path: Path) -> None:
    path = archive(tmp_path / "in.zip", {"bob/softmax.py": b"x" * 1000})
    patched(path, struct.pack("<L", 1000), struct.pack("<L", 0xFFFFFFF0))
    read, _ = read_all(path)
    assert [one.data for one in read] == [b"x" * 1000]


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        made.writestr("bob/softmax.py", "these bytes change")
        made.writestr("eve/softmax.py", "pass")
    patched(path, b"these bytes change", b"those bytes change")
    read, intake = read_all(path)
    assert [one.learners for one in read] == [("eve",)]
    assert kinds(intake) == [("unreadable", "bob/softmax.py")]
    assert intake.odd[0].reason == (
        "It can't be read: the archive is damaged there: bad CRC-32 for file 'bob/softmax.py'."
        " exercise-07 of bob wasn't graded."
    )
    assert intake.unread == {("bob", "exercise-07"): intake.odd[0].reason}


def test_an_archive_that_was_closed_is_not_said_to_be_damaged(tmp_path: Path) -> None:
    with take_in(archive(tmp_path / "in.zip", ["bob/softmax.py"])) as intake:
        pass
    with pytest.raises(ValueError, match="the archive is closed"):
        list(intake.read())


def test_an_encrypted_member_is_not_read(tmp_path: Path) -> None:
    path = archive(tmp_path / "in.zip", {"bob/softmax.py": "secret"})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    read, intake = read_all(path)
    assert read == []
    assert "it is encrypted" in intake.odd[0].reason


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compression_that_grows_without_bound_is_not_read(tmp_path: Path, method: int) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w", method) as made:
        made.writestr("bob/softmax.py", b"\0" * (1 << 20))
    read, intake = read_all(path)
    assert read == []
    assert (
        f"it is compressed by method {method}; only stored and deflated members are read"
        in intake.odd[0].reason
    )


def test_archives_inside_are_not_opened(tmp_path: Path) -> None:
    inner = in_memory({"eve/softmax.py": "pass"})
    read, intake = read_all(archive(tmp_path / "in.zip", {"bob/work.zip": inner, "eve/adam.py": "pass"}))
    assert whose(read) == [("eve", "exercise-12", "eve/adam.py")]
    assert kinds(intake) == [("no-item", "bob/work.zip")]
    assert intake.odd[0].reason == "It is an archive; archives that were handed in aren't opened."


def test_strange_names_stay_on_one_line_and_apart(tmp_path: Path) -> None:
    names = ["new\nline", "🦊", "right\u202eto left", "..", "=cmd()", "c\u0327", "ç", " ", "-rf", "a" * 200]
    made = archive(tmp_path / "in.zip", {f"{name}/softmax.py": name for name in names})
    read, intake = read_all(made)
    assert sorted(one.learners[0] for one in read) == sorted(set(names) - {".."})
    assert len({learner.id for learner in intake.learners}) == len(names) - 1
    assert all(one.origin.isprintable() for one in read)
    assert all(text.isprintable() for odd in intake.odd for text in (odd.origin, odd.reason))
    assert ("twin", "c\u0327") in kinds(intake)


def test_bytes_that_are_no_utf_8_may_name_a_folder(tmp_path: Path) -> None:
    root = folder(tmp_path / "in", ["bob/softmax.py"])
    (root / "bob").rename(root / os.fsdecode(b"b\xffb"))
    read, _ = read_all(root)
    assert whose(read) == [("b\udcffb", "exercise-07", "b\\udcffb/softmax.py")]


def test_names_in_utf_8_that_do_not_say_so_are_read_as_such(tmp_path: Path) -> None:
    path = archive(tmp_path / "in.zip", ["Zo\u00eb/softmax.py"])
    raw = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        flags = raw.index(signature) + offset
        raw[flags + 1] &= ~0x8
    path.write_bytes(raw)
    assert read_all(path)[0][0].learners == ("Zoë",)


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    junk = [
        "__MACOSX/bob/._softmax.py", ".DS_Store", "bob/.DS_Store", "bob/Thumbs.db", "bob/__pycache__/softmax.py",
        "bob/.git/config", "bob/.ipynb_checkpoints/softmax.py", "bob/exercise-07/exercise.yaml", "bob/._softmax.py",
    ]  # fmt: skip
    for made in (
        folder(tmp_path / "in", [*junk, "bob/softmax.py"]),
        archive(tmp_path / "z.zip", [*junk, "bob/softmax.py"]),
    ):
        read, intake = read_all(made)
        assert whose(read) == [("bob", "exercise-07", "bob/softmax.py")]
        assert intake.odd == ()


def test_one_learner_cannot_hide_the_rest_behind_many_odd_files(tmp_path: Path) -> None:
    many = [f"mallory/{number:04}.txt" for number in range(1000)]
    _, intake = read_all(archive(tmp_path / "in.zip", [*many, "nell/notes.txt"]))
    listed = kinds(intake)
    assert len(listed) == 22
    assert ("no-item", "nell/notes.txt") in listed
    assert (intake.odd[-1].kind, intake.odd[-1].reason) == ("more", "980 more odd files aren't listed.")


def test_fifty_thousand_files_are_taken_in_within_seconds(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        for number in range(25_000):
            made.writestr(f"learner-{number:05}/softmax.py", f"n = {number}")
            made.writestr(f"learner-{number:05}/notes.txt", "")
    start = time.perf_counter()
    with take_in(path) as intake:
        count = sum(1 for _ in intake.read())
    assert count == len(intake.learners) == 25_000
    assert time.perf_counter() - start < 15.0


def _directory(entries: int) -> bytes:
    """Write the directory of an archive alone; every member lies at its very start."""
    header = struct.pack(
        "<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 33, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0
    )
    listing = b"".join(header + f"a/{number:06}".encode() for number in range(entries))
    return listing + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(listing), 0, 0)


def test_an_archive_with_too_many_entries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    path.write_bytes(_directory(MAX_ENTRIES + 1))
    with pytest.raises(
        UsageFault, match=r"in\.zip: holds more than 200000 entries; at most that many are read"
    ):
        take_in(path)


def test_a_folder_with_too_many_entries_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Making 200,000 files takes a minute; the cap itself is what is lowered.
    monkeypatch.setattr("grader.batch.intake.folder.MAX_ENTRIES", 30)
    root = folder(tmp_path / "in", [f"mallory/{number}.txt" for number in range(30)])
    with pytest.raises(UsageFault, match="'mallory' has the most of them"):
        take_in(root)


def test_a_directory_of_an_archive_that_claims_to_be_huge_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with path.open("wb") as file:
        size = 2 << 30
        file.truncate(size)
        file.seek(size)
        file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, size, 0, 0))
    with pytest.raises(UsageFault, match="holds more than 200000 entries"):
        take_in(path)


def test_submissions_that_do_not_exist_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"nowhere: there is no such folder or archive\."):
        take_in(tmp_path / "nowhere")


def test_a_file_that_is_no_archive_is_a_fault(tmp_path: Path) -> None:
    path = folder(tmp_path, {"in.tar": b"ustar" * 1000}) / "in.tar"
    with pytest.raises(
        UsageFault, match=r"in\.tar: is neither a folder nor a zip archive; unpack it and give the"
    ):
        take_in(path)


def test_a_pipe_in_the_place_of_the_archive_is_a_fault(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "in.zip")
    with pytest.raises(UsageFault, match=r"in\.zip: cannot be read \(it is a pipe, socket or device\)\."):
        take_in(tmp_path / "in.zip")


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_an_archive_that_is_cut_off_is_a_fault(tmp_path: Path, kept: float) -> None:
    path = archive(tmp_path / "in.zip", [f"learner-{number}/softmax.py" for number in range(100)])
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * kept)])
    with pytest.raises(
        UsageFault, match=r"in\.zip: the zip archive is damaged or cut off .*; fetch it again\."
    ):
        take_in(path)


def test_a_name_that_is_said_to_be_utf_8_and_is_not_is_a_fault(tmp_path: Path) -> None:
    path = archive(tmp_path / "in.zip", ["Zoë/softmax.py"])
    patched(path, "Zoë".encode(), b"Zo\xff\xff")
    with pytest.raises(UsageFault, match="a name in the archive is said to be UTF-8 and isn't; unpack it"):
        take_in(path)


def test_an_archive_with_any_byte_changed_is_read_or_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "in.zip", {"bob/softmax.py": "x = 1\n" * 20, "eve/softmax.py": "x = 2\n" * 20})
    raw = path.read_bytes()
    for place in range(len(raw)):
        for value in (0x00, 0xFF, raw[place] ^ 0x01):
            path.write_bytes(raw[:place] + bytes([value]) + raw[place + 1 :])
            try:
                read, _ = read_all(path)
            except UsageFault:
                continue
            assert all(one.data in (b"x = 1\n" * 20, b"x = 2\n" * 20) for one in read)
