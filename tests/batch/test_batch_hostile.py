"""A hostile batch: each submission of the hostile corpus, twice, among honest ones, which get what they get alone."""

import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.batches import Batch, nothing_left_running
from tests.small_course import SmallCourse, run
from tests.test_hostile import CORPUS, HOSTILE, Place

HONEST = 100
# The seconds that the corpus' course allows a submission, and another for its workers' starts.
MOST_S = 3.0

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux confines")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """The corpus' course, with its secret, where attackers expect it."""
    listener = socket.create_server(("127.0.0.1", 0))
    made = Place(tmp_path, "CANARY-of-a-batch", f"hostile-{os.getpid():016x}", [listener])
    shutil.copytree(HOSTILE / "course", tmp_path / "course")
    for path in (tmp_path / "course").rglob("*.py"):
        path.write_text(made.fill(path.read_text("utf-8")).replace("@CANARY@", made.canary), encoding="utf-8")
    yield made
    listener.close()


def honest(place: Place, number: int) -> str:
    """An honest submission: right, or wrong in one of three ways; each a file of its own."""
    text = place.fill("# + honest.py\n")
    slips = [
        "",
        "\n\ndef value(x):\n    return 3.0 * x\n",
        "\n\ndef last(x):\n    raise ValueError(x)\n",
        "\n\ndel draw\n",
    ]
    return f"# the work of {number}\n{text}{slips[number % len(slips)]}"


def hand_in_honest(batch: Batch, place: Place) -> None:
    for number in range(HONEST):
        batch.hand_in(f"honest-{number:03}", honest(place, number), "probe.py")


def test_among_hostile_submissions_the_honest_get_exactly_the_grades_that_they_get_alone(
    place: Place,
) -> None:
    course = SmallCourse(place.root / "course")
    alone = Batch(course, place.root / "alone", place.root / "out-alone")
    hand_in_honest(alone, place)
    assert alone.run().code == 0
    assert set(alone.grades.values()) == {"20", "18", "14"}

    among = Batch(course, place.root / "among", place.root / "out-among")
    hand_in_honest(among, place)
    hostile = [one for one in CORPUS if not one.name.startswith("honest_")]
    for one in hostile:
        for time_of_two in (1, 2):
            # A line of its own, so that the second isn't taken for the first.
            own = f"\n# {time_of_two}\n".encode(one.encoding)
            among.hand_in(f"{one.name}-{time_of_two}", place.content(one) + own, "probe.py")
    started = time.monotonic()
    with nothing_left_running():
        ran = run("grader", *among.words("--jobs", "2"), cwd=course.root, timeout_s=600)
    took_s = time.monotonic() - started
    assert ran.code == 0, ran.out + ran.err

    names = [f"honest-{number:03}" for number in range(HONEST)]
    assert {name: among.grades[name] for name in names} == alone.grades
    assert {place: among.outcomes[place] for place in alone.outcomes} == alone.outcomes
    for name in names:
        assert among.feedback(name) == alone.feedback(name)
    for one in hostile:
        found = [among.outcomes[f"{one.name}-{n}", "exercise-01"] for n in (1, 2)]
        want = {check: one.expect.get(check, one.expect["rest"]) for check in found[0]}
        assert found == [want, want], one.name
    told = "".join(
        path.read_text(encoding="utf-8")
        for path in among.out.rglob("*")
        if path.suffix in (".md", ".csv", ".html")
    )
    assert place.canary not in told
    assert "BREACH" not in told
    assert took_s <= len(hostile) * MOST_S + 30  # each twice, on two cores
