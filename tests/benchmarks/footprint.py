"""How much memory a command and all that it started hold together, while it runs (Linux; as root, or one's own)."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.timing import ROOT

_EVERY_S = 0.2


def run_and_weigh(*command: str | Path) -> tuple[float, float]:
    """Run a command; give its wall-clock time, s, and the most that its processes held together, MiB of PSS."""
    started = time.perf_counter()
    quiet = subprocess.DEVNULL
    child = subprocess.Popen([str(word) for word in command], cwd=ROOT, stdout=quiet, stderr=quiet)
    most = 0.0
    while child.poll() is None:
        most = max(most, sum(map(_pss_mib, _family(child.pid))))
        time.sleep(_EVERY_S)
    if child.returncode != 0:
        sys.exit(f"{command} ended with {child.returncode}.")
    return time.perf_counter() - started, most


def _family(pid: int) -> Iterator[int]:
    """Give a process and all that descend from it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            children = (task / "children").read_text().split()
        except OSError:
            continue  # it has just ended
        for child in children:
            yield from _family(int(child))


def _pss_mib(pid: int) -> float:
    """Give a process's share of memory: pages that several hold count for each by its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0  # it has just ended
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
