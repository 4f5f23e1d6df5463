"""Run every reference and alternative under many seeds: `python tests/benchmarks/seeds.py [--seeds 50] [ITEM …]`.

Each runs confined, twice under the same seed with equal reports, and in this process with one and
with two BLAS threads. By hand, with the oldest and the newest NumPy that pyproject.toml allows.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from grader.checking.local import LocalSeat, LocalSubmission
from grader.checking.run import Examination, examining
from grader.course import Course
from grader.grading import examine
from grader.outcome import Report
from grader.sandbox import Sandbox
from grader.source import read_source

ROOT = Path(__file__).parents[2]


def faults(examination: Examination, seeds: int) -> Iterator[str]:
    """Say which right solution failed which check under which seed."""
    item = examination.item
    for path in (item.reference, *item.alternatives):
        for seed in range(seeds):
            seeded = replace(examination, seed=seed, _known={})
            yield from _in_this_process(seeded, path)
            source = read_source(path, item.spec.file)
            first, second = (examine(seeded, source).report for _ in range(2))
            yield from (
                f"{path.name}, seed {seed}: {check.id}: {check.outcome}"
                for check in first.checks
                if not check.points
            )
            if _timeless(first) != _timeless(second):
                yield f"{path.name}, seed {seed}: two different reports"


def _in_this_process(examination: Examination, path: Path) -> Iterator[str]:
    assert examination.hidden is not None
    seat = LocalSeat(LocalSubmission(path))
    for threads in (1, 2):
        with threadpool_limits(threads):
            for check in examination.hidden.ids:
                error, _ = examination.hidden.run(check, seat, examination.seed_key)
                if error is not None:
                    yield f"{path.name}, seed {examination.seed}, {threads} BLAS threads: {check}: {error}"


def _timeless(report: Report) -> Report:
    return replace(report, checks=tuple(replace(check, seconds=0.0) for check in report.checks))


def main() -> int:
    """Run all items, or those named; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("items", nargs="*")
    parser.add_argument("--seeds", type=int, default=50)
    given = parser.parse_args()
    course = Course(ROOT)
    found = 0
    for name in given.items or course.items:
        item = course.exercise(name)
        with Sandbox() as sandbox:
            told = examining(
                item, course.salt, 0, sandbox, lambda examination: list(faults(examination, given.seeds))
            )
        found += len(told)
        print(f"{item.id}: {len(told)} faults", *told, sep="\n  ", flush=True)
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}, {given.seeds} seeds: {found} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
