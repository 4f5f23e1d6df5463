"""Deadlines, kept outside the worker: on its processor clock, with a wall clock behind for sleepers."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.sandbox.launch import Limits
    from grader.sandbox.process import Process

_LEAST_WAIT_S = 0.001
_START_S = 60.0


class Expired(Exception):
    """The time is used up: one check's, or (`whole_item`) all of it."""

    def __init__(self, limit_s: float, *, whole_item: bool) -> None:
        super().__init__(limit_s)
        self.limit_s = limit_s
        self.whole_item = whole_item


class Meter:
    """Counts what a submission uses. Only waiting for it counts as its time, not the check's own work."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: Process | None = None
        self._start_wall_s: float | None = None
        self._last_cpu_s = 0.0
        self._check_cpu_s = self._check_wall_s = 0.0
        self._item_cpu_s = self._item_wall_s = 0.0

    @property
    def item_cpu_s(self) -> float:
        """Processor seconds so far."""
        self._read_cpu()
        return self._item_cpu_s

    def begin_item(self) -> None:
        """Another file takes the place of the one before, with all its time."""
        self._read_cpu()
        self._item_cpu_s = self._item_wall_s = 0.0

    def begin_check(self) -> None:
        """A check starts with its whole time, as far as the item's lasts."""
        self._read_cpu()  # what was used since the last look is the check's before
        self._check_cpu_s = self._check_wall_s = 0.0

    def begin_start(self) -> None:
        """A worker starts: on our time, not the submission's."""
        self._start_wall_s = 0.0

    def watch(self, process: Process) -> None:
        """From now on this process is the submission's, and its time counts."""
        self._start_wall_s = None
        self._process = process
        self._last_cpu_s = process.cpu_s() or 0.0

    def left_s(self) -> float:
        """How long to wait before asking again; raises Expired."""
        if self._start_wall_s is not None:
            if self._start_wall_s >= _START_S:
                raise Expired(_START_S, whole_item=False)
            return _START_S - self._start_wall_s
        self._read_cpu()
        limits, confined = self._limits, self._process is not None and self._process.confined
        return min(
            _left(limits.item_s, self._item_cpu_s, self._item_wall_s, confined=confined, whole_item=True),
            _left(limits.check_s, self._check_cpu_s, self._check_wall_s, confined=confined, whole_item=False),
        )

    def add_wall(self, seconds: float) -> None:
        """So long was waited for an answer."""
        if self._start_wall_s is not None:
            self._start_wall_s += seconds
            return
        self._check_wall_s += seconds
        self._item_wall_s += seconds

    def _read_cpu(self) -> None:
        now = None if self._process is None else self._process.cpu_s()
        if now is not None:
            used, self._last_cpu_s = now - self._last_cpu_s, now
            self._check_cpu_s += used
            self._item_cpu_s += used


def _left(limit_s: float, cpu_s: float, wall_s: float, *, confined: bool, whole_item: bool) -> float:
    # A busy machine gives a worker less than its share, hence the multiple; without a processor
    # clock the wall clock is all there is, and waiting is dearer.
    wall_limit_s = 3 * limit_s + 1 if confined else 2 * limit_s
    if cpu_s >= limit_s or wall_s >= wall_limit_s:
        raise Expired(limit_s, whole_item=whole_item)
    return max(_LEAST_WAIT_S, min(limit_s - cpu_s, wall_limit_s - wall_s))


def now_s() -> float:
    """The wall clock that waiting is measured on."""
    return time.monotonic()
