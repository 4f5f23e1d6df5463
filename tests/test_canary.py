"""The search that the tests of a release rely on finds what is hidden in any of these ways."""

import base64
import bz2
import gzip
import lzma
import os
import py_compile
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.canary import Canary


def _content(place: Path, secret: str) -> None:
    (place / "a.txt").write_text(f"before {secret} after")


def _upper(place: Path, secret: str) -> None:
    (place / "a.txt").write_text(secret.upper())


def _utf16(place: Path, secret: str) -> None:
    (place / "a.txt").write_text(secret, encoding="utf-16")


def _hexadecimal(place: Path, secret: str) -> None:
    (place / "a.txt").write_text(secret.encode().hex())


def _reversed(place: Path, secret: str) -> None:
    (place / "a.txt").write_text(secret[::-1])


def _base64(place: Path, secret: str) -> None:
    (place / "a.txt").write_bytes(base64.b64encode(b"1" + secret.encode()))


def _base64_shifted(place: Path, secret: str) -> None:
    (place / "a.txt").write_bytes(base64.b64encode(b"22" + secret.encode()))


def _base64_aligned(place: Path, secret: str) -> None:
    (place / "a.txt").write_bytes(base64.b64encode(secret.encode()))


def _file_name(place: Path, secret: str) -> None:
    (place / f"{secret}.txt").touch()


def _folder_name(place: Path, secret: str) -> None:
    (place / "deep" / secret).mkdir(parents=True)


def _link(place: Path, secret: str) -> None:
    (place / "link").symlink_to(f"/nowhere/{secret}")


def _zip_content(place: Path, secret: str) -> None:
    with zipfile.ZipFile(place / "a.bin", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", secret * 9)


def _zip_name(place: Path, secret: str) -> None:
    with zipfile.ZipFile(place / "a.bin", "w") as archive:
        archive.writestr(secret, "")


def _zip_comment(place: Path, secret: str) -> None:
    with zipfile.ZipFile(place / "a.bin", "w") as archive:
        archive.comment = secret.encode()


def _zip_extra(place: Path, secret: str) -> None:
    entry = zipfile.ZipInfo("a")
    entry.extra = b"\xff\xff" + len(secret).to_bytes(2, "little") + secret.encode()
    with zipfile.ZipFile(place / "a.bin", "w") as archive:
        archive.writestr(entry, "")


def _zip_in_gzip(place: Path, secret: str) -> None:
    _zip_content(place, secret)
    (place / "a.bin").write_bytes(gzip.compress((place / "a.bin").read_bytes()))


def _bz2(place: Path, secret: str) -> None:
    (place / "a.bin").write_bytes(bz2.compress(secret.encode() * 9))


def _xz(place: Path, secret: str) -> None:
    (place / "a.bin").write_bytes(lzma.compress(secret.encode() * 9))


def _bytecode(place: Path, secret: str) -> None:
    (place / "a.py").write_text(f'"""{secret}"""')
    py_compile.compile(str(place / "a.py"), str(place / "a.pyc"))
    (place / "a.py").unlink()


def _history(place: Path, secret: str) -> None:
    _content(place, secret)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *command], cwd=place, check=True)
    (place / "a.txt").unlink()


WAYS = (
    _content, _upper, _utf16, _hexadecimal, _reversed, _base64, _base64_shifted, _base64_aligned,
    _file_name, _folder_name, _link, _zip_content, _zip_name, _zip_comment, _zip_extra, _zip_in_gzip,
    _bz2, _xz, _bytecode, _history,
)  # fmt: skip


@pytest.mark.parametrize("hide", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_a_hidden_canary_is_found(tmp_path: Path, hide: Callable[[Path, str], None]) -> None:
    canary = Canary()
    hide(tmp_path, canary.plant("here"))
    assert canary.search(tmp_path)


def test_a_canary_in_a_file_s_attributes_is_found(tmp_path: Path) -> None:
    canary = Canary()
    (tmp_path / "a.txt").touch()
    try:
        os.setxattr(tmp_path / "a.txt", "user.note", canary.plant("here").encode())
    except (AttributeError, OSError):
        pytest.skip("files have no attributes here")
    assert canary.search(tmp_path) == [f"{tmp_path / 'a.txt'}: an attribute"]


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    for hide in WAYS:
        (tmp_path / hide.__name__).mkdir()
        hide(tmp_path / hide.__name__, Canary().plant("another"))
    assert Canary().search(tmp_path) == []


def test_the_canaries_that_were_caught_are_told_apart(tmp_path: Path) -> None:
    canary = Canary()
    _content(tmp_path, canary.plant("first"))
    canary.plant("second")
    _file_name(tmp_path, canary.plant("third"))
    assert canary.caught(tmp_path) == {"first", "third"}
