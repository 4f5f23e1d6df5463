"""Measure what the README quotes: `python tests/benchmarks [NAME ...]`, by hand, never in the test suite.

Every figure is a ratio of two things timed in turn in this one run (A B A B …), as the median of
the pairs, so that a machine whose speed drifts doesn't spoil it.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
HERE = Path(__file__).parent


def whole_process(
    *command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT
) -> Callable[[], float]:
    """Give a function that runs a command and returns its wall-clock time, s."""
    import os

    def run() -> float:
        started = time.perf_counter()
        done = subprocess.run(
            [str(word) for word in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            capture_output=True,
            check=False,
        )
        seconds = time.perf_counter() - started
        if done.returncode != 0:
            sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout.decode()}{done.stderr.decode()}")
        return seconds

    return run


def compare(
    title: str, ours: Callable[[], float], baseline: Callable[[], float], pairs: int, bound: float
) -> None:
    """Time the two in turn and print the median of the ratios."""
    ours(), baseline()  # a warm-up: bytecode and file caches
    timed = [(ours(), baseline()) for _ in range(pairs)]
    ratio = statistics.median(a / b for a, b in timed)
    a, b = (statistics.median(column) for column in zip(*timed, strict=True))
    print(
        f"{title}: {ratio:.2f} times ({1e3 * a:.1f} ms against {1e3 * b:.1f} ms; at most {bound})", flush=True
    )


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


BENCHMARKS = {"grade": grade_one, "start": start_up, "sandbox": sandbox}


def main() -> None:
    """Run the benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(prog="python tests/benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="which (default: all)")
    parser.add_argument("--pairs", type=int, default=15, help="how many pairs are timed")
    given = parser.parse_args()
    for name in given.names or BENCHMARKS:
        BENCHMARKS[name](given.pairs)


if __name__ == "__main__":
    main()
