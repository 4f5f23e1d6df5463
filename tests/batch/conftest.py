"""Fixtures of the tests of batch grading."""

from pathlib import Path

import pytest

from tests.batch.batches import Batch, make_batch
from tests.small_course import SmallCourse


@pytest.fixture
def batch(course: SmallCourse, tmp_path: Path) -> Batch:
    """The small course and a class that hasn't handed in anything yet."""
    return make_batch(course, tmp_path)
