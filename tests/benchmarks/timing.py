"""Time two things in turn in one run, and print the median of the ratios with its bound."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def run_command(
    *command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT, allowed: Collection[int] = (0,)
) -> float:
    """Run a command to its end; give its wall-clock time, s. Another exit code than those allowed ends it all."""
    started = time.perf_counter()
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    if done.returncode not in allowed:
        sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout.decode()}{done.stderr.decode()}")
    return seconds


def whole_process(
    *command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT
) -> Callable[[], float]:
    """Give a function that runs a command and returns its wall-clock time, s."""
    return lambda: run_command(*command, env=env, cwd=cwd)


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


def outpace(
    title: str, ours: Callable[[], float], baseline: Callable[[], float], pairs: int, bound: float | None
) -> None:
    """Measure two rates in turn, submissions a second, and print the median of the ratios."""
    measured = [(ours(), baseline()) for _ in range(pairs)]
    ratio = statistics.median(a / b for a, b in measured)
    a, b = (statistics.median(column) for column in zip(*measured, strict=True))
    wanted = "no bound" if bound is None else f"at least {bound:g}"
    print(
        f"{title}: {ratio:.1f} times the submissions a second ({a:.1f} against {b:.2f}; {wanted})", flush=True
    )
