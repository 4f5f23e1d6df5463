"""A pseudo-terminal with a command in it: what a learner sees and types."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BIN = Path(sys.executable).parent
_CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\r|\x07")


class Terminal:
    """A running command.

    Attributes:
        raw: All that came out of it, with the codes for colours.
    """

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self._process = process
        self._master = master
        self._seen = 0
        # A letter of several bytes may come in pieces.
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.raw = ""

    @property
    def screen(self) -> str:
        """All that was shown, without codes."""
        return _CODES.sub("", self.raw)

    def wait_for(self, text: str, within_s: float = 20.0) -> str:
        """Wait until a text is shown after what was seen before; give what was shown up to it."""
        end = time.monotonic() + within_s
        while text not in self.screen[self._seen :]:
            assert time.monotonic() < end, f"{text!r} isn't shown; there is:\n{self.screen[self._seen :]}"
            if not self._read():
                assert text in self.screen[self._seen :], f"it ended without {text!r}:\n{self.screen}"
        shown = self.screen[self._seen :]
        upto = shown.index(text) + len(text)
        self._seen += upto
        return shown[:upto]

    def send(self, keys: str) -> None:
        """Press keys, and look at the screen meanwhile: a terminal holds only so much."""
        raw = keys.encode()
        for at in range(0, len(raw), 512):
            os.write(self._master, raw[at : at + 512])
            while select.select([self._master], [], [], 0)[0] and self._read():
                pass

    def type(self, line: str, then: str = "› ") -> str:
        """Type a line; give what is shown until the next prompt."""
        self.send(line + "\r")
        return self.wait_for(then)

    def leave(self, key: str) -> None:
        """Press Ctrl-C or Ctrl-D, again if need be: one that comes just as readline begins to wait is seen late."""
        end = time.monotonic() + 20
        while self._process.poll() is None and time.monotonic() < end:
            with suppress(OSError):  # it has ended meanwhile
                self.send(key)
            self._read()
            time.sleep(0.3)

    def end(self) -> int:
        """Wait for the command's end; give its exit code."""
        end = time.monotonic() + 30
        while self._read():
            assert time.monotonic() < end, f"it doesn't end; there is:\n{self.screen[self._seen :]}"
        return self._process.wait(20)

    def _read(self) -> bool:
        if not select.select([self._master], [], [], 0.2)[0]:
            return self._process.poll() is None
        try:
            piece = os.read(self._master, 65536)
        except OSError:  # on Linux: the other end is closed
            return False
        self.raw += self._decoder.decode(piece)
        return bool(piece)


@contextmanager
def terminal(
    *args: str, cwd: Path, columns: int = 80, env: dict[str, str] | None = None
) -> Iterator[Terminal]:
    """Run `grade` on a terminal."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "COV_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"))
    }
    process = subprocess.Popen(
        [BIN / "grade", *args],
        cwd=cwd,
        env={**kept, "TERM": "xterm-256color", **(env or {})},
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(slave)
    try:
        yield Terminal(process, master)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(master)
