"""Read one submitted file as bytes, once; the trusted side never imports it."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageFault

MAX_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """A submitted file.

    Attributes:
        name: The file's bare name.
        sha256: Hash of its bytes (of the part that was read, when it is too large), hexadecimal.
        text: The Python source; empty when the file can't be used.
        fault: Why the file can't be used, in one sentence; empty when it can.
    """

    name: str
    sha256: str
    text: str
    fault: str = ""


def read_source(path: Path, name: str | None = None) -> Source:
    """Read a submitted file from disk.

    Raises:
        UsageFault: There is no regular file to read at `path`.
    """
    try:
        # Not blocking: a pipe in the file's place must not hang the grader.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise UsageFault(f"{path}: cannot be read ({(error.strerror or str(error)).lower()}).") from None
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode):
        os.close(descriptor)
        raise UsageFault(f"{path}: is not a file; give the Python file itself.")
    with os.fdopen(descriptor, "rb") as file:
        raw = file.read(MAX_BYTES + 1)
    return make_source(raw, name or path.name, about.st_size)


def make_source(raw: bytes, name: str, size: int | None = None) -> Source:
    """Turn submitted bytes into a source, or into the sentence that says why they can't be one."""
    sha256 = hashlib.sha256(raw).hexdigest()
    if len(raw) > MAX_BYTES:
        fault = f"{name} has {size or len(raw)} bytes; at most {MAX_BYTES} are read."
        return Source(name, sha256, "", fault)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        fault = (
            f"{name} is not UTF-8 text: line {line} has the byte 0x{raw[error.start]:02x}. Save it as UTF-8."
        )
        return Source(name, sha256, "", fault)
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        return Source(name, sha256, "", f"{name} has a NUL byte in line {line}; it isn't Python source.")
    return Source(name, sha256, text)
