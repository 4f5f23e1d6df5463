"""Fixtures that several tests share."""

from pathlib import Path

import pytest

from tests.small_course import SmallCourse, make_course


@pytest.fixture
def course(tmp_path: Path) -> SmallCourse:
    """A fresh small course, its stub as handed out."""
    return make_course(tmp_path / "course")
