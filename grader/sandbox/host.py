"""One submission's life: loaded lazily, across as many workers as its deaths make needful. Trusted side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, Self

from grader.sandbox import wire
from grader.sandbox.errors import NAME_CAP, Death, SubmissionDied, SubmissionError, SubmissionTimeout, clean
from grader.sandbox.event import KEPT_BYTES, Event, event_of_answer
from grader.sandbox.launch import Limits, Sandbox, Usage, Use
from grader.sandbox.meter import Expired, Meter
from grader.sandbox.proxy import Submission
from grader.sandbox.worker import Answer, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.sandbox.process import End

_PRINTED_CAP = 64 * 1024
_MAX_NAMES = 10_000
# The kernel limits a worker's processor time, which the files that share it use up together.
_SHARED_S = 1.0


class Host:
    """Keeps one submission: gives checks its functions, their deadlines, and a record of what came back."""

    def __init__(self, sandbox: Sandbox, source: str, filename: str, *, seed: int, limits: Limits) -> None:
        self.filename = filename
        self.submission = Submission(self)
        self.events: list[Event] = []
        self.struck = False  # whether a worker of it was killed by somebody else
        self._sandbox = sandbox
        self._source = source
        self._seed = seed
        self._limits = limits
        self._meter = Meter(limits)
        self._worker: Worker | None = None
        self._names: dict[str, bool] | None = None  # once it is loaded
        self._shared_s = 0.0
        self._load_failure: SubmissionError | Death | None = None
        self._room = KEPT_BYTES
        self._printed = ""
        self._cut = 0
        self._ends: list[End] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def printed(self) -> str:
        """What the submission has printed since `begin()`, cleaned, with a note where it was cut."""
        text = clean(self._printed, _PRINTED_CAP)
        return f"{text}\n[{self._cut} more characters]" if self._cut else text

    def begin(self) -> None:
        """A check begins: its deadline, nothing recorded, and a fresh worker if the last one died."""
        self._meter.begin_check()
        self.events, self._room = [], KEPT_BYTES
        self._printed, self._cut = "", 0
        if self._worker is not None and self._worker.death is not None:
            self._retire()

    def reseat(self, source: str) -> None:
        """Put another file in the place of the one before, in the same worker while that lives.

        For staff's solutions alone: what one of them leaves behind, the next one meets.
        """
        self._shared_s += self._meter.item_cpu_s
        if self._worker is not None and (self._worker.death is not None or self._shared_s > _SHARED_S):
            self._retire()
        self._source, self._names, self._load_failure = source, None, None
        self._meter.begin_item()

    def names(self) -> dict[str, bool]:
        """The submission's public names, and whether each can be called; loads it if need be."""
        self._ready()
        return self._names or {}

    def ask(self, op: str, value: object = None, **meta: object) -> Answer:
        """Ask the submission's worker."""
        try:
            return self._ready().ask(op, value, **meta)
        except SubmissionError as e:
            e.read_only_write = e.read_only_write and meta.get("mode") == "frozen"
            raise

    def _record(self, name: str, what: Answer | str) -> None:
        if isinstance(what, str):
            self.events.append(Event("error", name, what))
            return
        event = event_of_answer(name, what.meta, what.blob, self._room)
        self._room -= len(event.blob)
        self.events.append(event)

    def kill_for(self, reason: str) -> NoReturn:
        """End the submission's worker for what it did."""
        self._ready().kill_for(reason)

    def close(self) -> Usage:
        """End its worker; what it has used in all."""
        self._retire()
        return Usage(sum(e.cpu_s for e in self._ends), max((e.peak_mb for e in self._ends), default=0.0))

    def _ready(self) -> Worker:
        """A worker that has loaded the submission."""
        if self._load_failure is not None:
            raise self._load_failure.with_traceback(None)
        if self._worker is None:
            self._check_item_time()
            self._worker = start_worker(self._sandbox, self._limits, self._meter, self._hear)
            self._names, self._shared_s = None, 0.0
        if self._names is None:
            self._load(self._worker)
        return self._worker

    def _check_item_time(self) -> None:
        try:
            self._meter.left_s()
        except Expired as e:
            raise SubmissionTimeout(e.limit_s, whole_item=e.whole_item) from None

    def _load(self, worker: Worker) -> None:
        """Load the file, within a check's time of its own; a failure is remembered for good."""
        worker.record = lambda _name, _what: None
        self._meter.begin_check()
        try:
            answer = worker.ask("load", source=self._source, filename=self.filename, seed=self._seed)
            self._names = _read_names(answer.meta.get("names"))
        except wire.CannotSend:
            self._load_failure = SubmissionDied("its source is too long")
            raise self._load_failure from None
        except SubmissionError as e:
            e.loading = True
            e.read_only_write = False
            self._load_failure = e
            raise
        except Death as e:
            self._load_failure = e
            raise
        worker.record = self._record
        self._meter.begin_check()

    def _hear(self, text: str, lost: int) -> None:
        room = max(0, _PRINTED_CAP - len(self._printed))
        self._printed += text[:room]
        self._cut += len(text[room:]) + lost

    def _retire(self) -> None:
        if self._worker is not None:
            worker, self._worker = self._worker, None
            self.struck = self.struck or worker.struck
            self._ends.append(worker.close())


def start_worker(sandbox: Sandbox, limits: Limits, meter: Meter, hear: Callable[[str, int], None]) -> Worker:
    """A worker whose agent stands; its start is on our time, not the submission's."""
    process = sandbox.launch(limits)
    meter.begin_start()
    worker = Worker(process, meter, hear)
    worker.await_ready()
    return worker


def _read_names(told: object) -> dict[str, bool]:
    """The names that a worker tells, as far as they are plausible: near ones are looked for among them."""
    names: dict[str, bool] = {}
    for pair in told[:_MAX_NAMES] if type(told) is list else ():
        if type(pair) is list and len(pair) == 2 and type(pair[0]) is str and len(pair[0]) <= NAME_CAP:
            names[pair[0]] = pair[1] == 1
    return names


def find_forbidden(
    sandbox: Sandbox, source: str, *, functions: Sequence[str], forbid: Sequence[str]
) -> list[Use]:
    """Sandbox.find_forbidden: judged in a fresh worker that runs nothing of the submission."""
    limits = Limits()
    worker = start_worker(sandbox, limits, Meter(limits), lambda *_: None)
    try:
        answer = worker.ask(
            "find", source=source, filename="submission.py", functions=list(functions), forbid=list(forbid)
        )
    finally:
        worker.close()
    uses = answer.value if type(answer.value) is list else []
    return sorted(Use(line, name) for line, name in uses if type(line) is int and type(name) is str)
