"""Fixtures that several tests share."""

import signal
from pathlib import Path

import pytest

from tests.small_course import SmallCourse, make_course


@pytest.fixture
def course(tmp_path: Path) -> SmallCourse:
    """A fresh small course, its stub as handed out."""
    return make_course(tmp_path / "course")


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Let Ctrl-C reach the commands under test, also where the suite runs in the background, which ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
