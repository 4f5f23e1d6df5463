"""What a batch says while it runs: a bar on a terminal, lines elsewhere."""

import os
import pty
import re
import struct
import subprocess
import termios
from fcntl import ioctl

import pytest

from tests.batch.batches import SLOW, TRIPLED, Batch
from tests.small_course import BIN

DONE = re.compile(r"12 of 12 graded in \d+\.\d s, \d+(\.\d)? a second, 0 to review$", re.MULTILINE)
COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9]")


def on_a_terminal(batch: Batch, **env: str) -> str:
    """Run the command on a terminal of 100 columns; give all that it writes there."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
    }
    with subprocess.Popen(
        [BIN / "grader", *batch.words()],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**kept, "TERM": "xterm-256color", **env},
    ) as started:
        os.close(theirs)
        said = b""
        while piece := _read(ours):
            said += piece
    os.close(ours)
    assert started.returncode == 0
    return said.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other side is closed
        return b""


def test_a_terminal_shows_a_bar_with_count_rate_and_time_left_and_clears_it(batch: Batch) -> None:
    batch.hand_in_many(12, SLOW)
    said = on_a_terminal(batch)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said)
    assert re.search(r"grading [━╸╺]+ +\d+/12 +\d+(\.\d)?/s +\d:\d\d:\d\d", plain)
    assert COLOUR.search(said)
    assert said.rindex("\x1b[2K") < said.rindex("Graded 12 submissions now")
    assert DONE.search(plain)


@pytest.mark.parametrize(("name", "value", "escapes"), [("NO_COLOR", "1", True), ("TERM", "dumb", False)])
def test_a_terminal_that_wants_no_colour_gets_none(
    batch: Batch, name: str, value: str, escapes: bool
) -> None:
    batch.hand_in_many(12, TRIPLED)
    said = on_a_terminal(batch, **{name: value})
    assert not COLOUR.search(said)
    assert ("\x1b" in said) == escapes
    assert DONE.search(said)


def test_elsewhere_progress_is_lines_without_a_single_escape(batch: Batch) -> None:
    batch.hand_in_many(12, TRIPLED)
    ran = batch.run()
    assert DONE.search(ran.err)
    assert "\x1b" not in ran.out + ran.err


def test_a_long_batch_says_every_ten_seconds_how_far_it_is(batch: Batch) -> None:
    batch.hand_in_many(50, SLOW)
    ran = batch.run("--jobs", "1")
    assert re.match(
        r"\d+ of 50 graded, \d+(\.\d)? a second, \d+\.\d s left, 0 to review\n50 of 50 graded in ", ran.err
    ), ran.err
