"""Measure what the README quotes: `python tests/benchmarks [NAME ...]`, by hand, never in the test suite.

Every figure is a ratio of two things timed in turn in this one run (A B A B …), as the median of
the pairs, so that a machine whose speed drifts doesn't spoil it.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))  # started by its path, Python looks for modules here alone

from tests.benchmarks.timing import BIN, ROOT, compare, whole_process  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable


def grade_one(pairs: int) -> None:
    """`grade exercise-07` on the reference against pytest with the same checks, unconfined."""
    reference = ROOT / "solutions" / "exercise-07" / "softmax.py"
    ours = whole_process(BIN / "grade", "exercise-07", "--file", reference)
    checks: list[str | Path] = [BIN / "pytest", "-q", "-c", HERE / "plain.ini", "--rootdir", HERE, "--confcutdir", HERE,
              "-p", "no:cacheprovider", HERE / "plain_checks.py"]  # fmt: skip
    bare = whole_process(*checks, env={"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})
    compare("grade exercise-07 / pytest, plugins off", ours, bare, pairs, 1.25)
    compare(
        "grade exercise-07 / pytest, plugins of the dev environment", ours, whole_process(*checks), pairs, 1.0
    )


def start_up(pairs: int) -> None:
    """`grade --help` and the list of 40 items against importing click."""
    click = whole_process(sys.executable, "-c", "import click")
    compare(
        "grade --help / python -c 'import click'", whole_process(BIN / "grade", "--help"), click, pairs, 2.5
    )
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        text = (ROOT / "exercises" / "exercise-07" / "exercise.yaml").read_text(encoding="utf-8")
        for number in range(1, 41):
            item = course / "exercises" / f"exercise-{number:02d}"
            item.mkdir(parents=True)
            (item / "exercise.yaml").write_text(text, encoding="utf-8")
        listing = whole_process(BIN / "grade", cwd=course)
        compare("grade, listing 40 items / python -c 'import click'", listing, click, pairs, 5.0)


def sandbox(pairs: int) -> None:
    """A warm cycle against importing numpy, and one scalar call."""
    from grader.sandbox import Sandbox

    source = (ROOT / "solutions" / "exercise-07" / "softmax.py").read_text(encoding="utf-8")
    with Sandbox() as box:

        def cycle() -> float:
            started = time.perf_counter()
            with box.host(source, "softmax.py") as host:
                host.begin()
                host.submission.softmax([1.0, 2.0, 3.0])
            return time.perf_counter() - started

        numpy = whole_process(sys.executable, "-c", "import numpy")
        compare("fork, confine, load, one call, end / python -c 'import numpy'", cycle, numpy, 4 * pairs, 0.2)
        with box.host("def double(x):\n    return 2 * x\n", "double.py") as host:
            host.begin()
            double = host.submission.double
            times = []
            for _ in range(2000):
                started = time.perf_counter()
                double(1.5)
                times.append(time.perf_counter() - started)
        print(f"one scalar call: {1e3 * statistics.median(times):.3f} ms (under 0.3)", flush=True)


def batch(pairs: int, submissions: int) -> None:
    """`grader batch` against pytest, once for each submission and in one session over all."""
    from tests.benchmarks.batch import against_pytest

    against_pytest(max(1, pairs // 5), submissions)


def many(few: int, many: int) -> None:
    """Memory and second runs of `grader batch`."""
    from tests.benchmarks.batch import of_many

    of_many(few, many)


def rivals(pairs: int, submissions: int) -> None:
    """`grader batch` against otter-grader and nbgrader, installed for this into a folder of their own."""
    from tests.benchmarks.rivals import against_rivals

    against_rivals(max(1, pairs // 5), submissions)


def main() -> None:
    """Run the benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(prog="python tests/benchmarks", description=__doc__)
    names = ("grade", "start", "sandbox", "batch", "rivals", "many")
    parser.add_argument("names", nargs="*", choices=[*names, []], help="which (default: all)")
    parser.add_argument(
        "--pairs", type=int, default=15, help="how many pairs are timed; a fifth of them for batch and rivals"
    )
    parser.add_argument("--submissions", type=int, default=300, help="how large a class is")
    parser.add_argument("--many", type=int, default=10_000, help="how large a large class is")
    given = parser.parse_args()
    benchmarks: dict[str, Callable[[], None]] = {
        "grade": lambda: grade_one(given.pairs),
        "start": lambda: start_up(given.pairs),
        "sandbox": lambda: sandbox(given.pairs),
        "batch": lambda: batch(given.pairs, given.submissions),
        "rivals": lambda: rivals(given.pairs, given.submissions),
        "many": lambda: many(given.submissions, given.many),
    }
    for name in given.names or names:
        benchmarks[name]()


if __name__ == "__main__":
    main()
