"""Random strings that must not go out, and the search for them in everything that a folder or a file holds."""

import base64
import bz2
import gzip
import io
import lzma
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

_DEPTH = 4


class Canary:
    """One random token that marks every planted string, so that a single search finds them all.

    Attributes:
        token: What is searched for; twenty random characters.
        planted: What was planted, a label each.
    """

    def __init__(self) -> None:
        self.token = "c" + secrets.token_hex(10)[:19]
        self.planted: list[str] = []

    def plant(self, label: str) -> str:
        """Give a new string to plant; it holds the token and says which one it is."""
        self.planted.append(label)
        return f"{self.token}x{len(self.planted) - 1:05d}"

    def search(self, place: Path) -> list[str]:
        """Say where the token occurs: in a byte, name, link or attribute of a file or folder, also packed."""
        found = [where for where, blob in _everything(place) if self._is_in(blob)]
        return sorted(set(found))

    def caught(self, place: Path) -> set[str]:
        """Give the labels of the planted strings that can be read in a place, in plain or packed."""
        seen = set()
        for _, blob in _everything(place):
            for piece in blob.split(self.token.encode() + b"x")[1:]:
                if piece[:5].isdigit():
                    seen.add(self.planted[int(piece[:5])])
        return seen

    def _is_in(self, blob: bytes) -> bool:
        return any(form in blob.lower() for form in self._forms()) or any(
            form in blob for form in _base64_forms(self.token.encode())
        )

    def _forms(self) -> Iterator[bytes]:
        yield self.token.encode()
        yield self.token[::-1].encode()
        yield self.token.encode("utf-16-le")
        yield self.token.encode("utf-16-be")
        yield self.token.encode().hex().encode()


def _base64_forms(token: bytes) -> Iterator[bytes]:
    """The token in base64 at each of three alignments, without the characters that its neighbours share."""
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + token + b"\0\0\0")
        first = -(-shift * 8 // 6)
        yield coded[first : (shift + len(token)) * 8 // 6]


def _everything(place: Path) -> Iterator[tuple[str, bytes]]:
    """Give each byte string of a place with where it is: names, link targets, attributes, contents, unpacked."""
    yield from _one(place)
    if place.is_dir() and not place.is_symlink():
        for folder, folders, names in os.walk(place):
            for name in (*folders, *names):
                path = Path(folder, name)
                yield f"{path}: its name", os.fsencode(name)
                yield from _one(path)


def _one(path: Path) -> Iterator[tuple[str, bytes]]:
    if hasattr(os, "listxattr"):
        for name in os.listxattr(path, follow_symlinks=False):
            yield f"{path}: an attribute", name.encode() + os.getxattr(path, name, follow_symlinks=False)
    if path.is_symlink():
        yield f"{path}: what it links to", os.fsencode(path.readlink())
    elif path.is_file():
        yield from _unpacked(str(path), path.read_bytes(), _DEPTH)


def _unpacked(where: str, blob: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    yield where, blob
    if not depth:
        return
    if zipfile.is_zipfile(io.BytesIO(blob)):
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            yield f"{where}: the zip's comment", archive.comment
            for entry in archive.infolist():
                yield f"{where}: {entry.filename}", entry.filename.encode() + entry.comment + entry.extra
                yield from _unpacked(f"{where}: {entry.filename}", archive.read(entry), depth - 1)
    for unpack in (gzip.decompress, bz2.decompress, lzma.decompress, zlib.decompress):
        try:
            inner = unpack(blob)
        except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
            continue
        if inner:  # some take nothing at all for an empty archive
            yield from _unpacked(f"{where}: unpacked", inner, depth - 1)
