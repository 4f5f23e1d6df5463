"""What it takes to grade a class: `grader batch` against pytest, its memory, and a second run.

The class: 70 % right, 15 % half right, 10 % stubs, 4 % crashing, 1 % endless in one function; the
same checks on both sides, the visible examples too, with the same time limit a check.
"""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from grader.course import Course
from tests.benchmarks.classroom import Classroom, write_classroom, write_earnest, write_harmless
from tests.benchmarks.footprint import run_and_weigh
from tests.benchmarks.plain_class import PlainChecks
from tests.benchmarks.timing import BIN, ROOT, outpace, run_command

JOBS = 2
_ITEMS = ("exercise-24", "exercise-07")


def batch_command(classroom: Classroom, out: Path) -> list[str | Path]:
    """Give the whole command that grades a class, outputs and all."""
    return [BIN / "grader", "batch", classroom.folder, "--out", out, "--jobs", str(JOBS), "--course", ROOT]


def graded_a_second(classroom: Classroom, out: Path) -> float:
    """Grade a class from the beginning; give submissions a second."""
    with suppress(FileNotFoundError):
        shutil.rmtree(out)
    return len(classroom.files) / run_command(*batch_command(classroom, out))


def against_pytest(pairs: int, submissions: int) -> None:
    """`grader batch` against pytest for each submission, and against one session of pytest-xdist."""
    course = Course(ROOT)
    for item in map(course.exercise, _ITEMS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            plain = PlainChecks(item, folder / "plain")
            graded_a_second(write_earnest(item, folder / "few", 4), folder / "out")  # a warm-up
            for endless in (False, True):
                classroom = write_classroom(item, folder / f"class-{endless}", submissions, endless=endless)
                _against(plain, classroom, folder / "out", pairs, endless=endless)


def _against(plain: PlainChecks, classroom: Classroom, out: Path, pairs: int, *, endless: bool) -> None:
    # With endless ones nearly all time is their limits', which are the same on both sides.
    which = f"{classroom.item.id}, {len(classroom.files)} submissions {'with' if endless else 'without'} endless ones"

    def ours() -> float:
        return graded_a_second(classroom, out)

    outpace(f"grader batch / pytest for each, two at a time, unconfined ({which})", ours,
            lambda: plain.for_each(classroom), pairs, None if endless else 7)  # fmt: skip
    outpace(f"grader batch / one session of pytest -n 2, unconfined ({which})", ours,
            lambda: plain.in_one_session(classroom), pairs, None if endless else 1.6)  # fmt: skip


def of_many(few: int, many: int) -> None:
    """Memory of all processes together and the time of a second run, for two sizes of a class."""
    item = Course(ROOT).exercise(_ITEMS[0])
    most = {}
    for count in (few, many):
        with tempfile.TemporaryDirectory() as name:
            classroom = write_harmless(item, Path(name) / "class", count)
            command = batch_command(classroom, Path(name) / "out")
            seconds, most[count] = run_and_weigh(*command)
            print(f"grader batch, {count:,} submissions of {item.id}: {seconds:.1f} s, "
                  f"{most[count]:.0f} MiB at most, all processes together (under 400)", flush=True)  # fmt: skip
            again = run_command(*command)
            print(f"the same again, {count:,} submissions with nothing changed: {again:.2f} s "
                  f"(at most {1 + count / 1000:.2f})", flush=True)  # fmt: skip
    print(
        f"memory at {many:,} / at {few:,} submissions: {most[many] / most[few]:.2f} times (flat)", flush=True
    )
