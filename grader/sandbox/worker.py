"""One worker as the trusted side sees it: questions with their callbacks, answers, death."""

from __future__ import annotations

import builtins
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from grader.sandbox import generator, wire
from grader.sandbox.channel import Breach, Channel, HungUp
from grader.sandbox.decode import Decoder
from grader.sandbox.encode import Encoder
from grader.sandbox.errors import (
    NAME_CAP,
    Death,
    SandboxBroken,
    SubmissionDied,
    SubmissionError,
    SubmissionTimeout,
    clean,
)
from grader.sandbox.handle import Handle, link_of
from grader.sandbox.meter import Expired, now_s
from grader.sandbox.process import End
from grader.sandbox.proxy import Function, name_of
from grader.sandbox.reading import advance, read_arguments, read_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.sandbox.meter import Meter
    from grader.sandbox.process import Process

_MAX_CALLBACKS = 100_000
_MAX_DEPTH = 20
_FREED_AT_A_TIME, _MAX_FREED = 20_000, 200_000
_NOTHING = object()
_SENDABLE_TYPES = {int: "int", float: "float", bool: "bool", complex: "complex"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the whole metadata, the bytes of arrays, and the value that they tell."""

    meta: dict[str, object]
    blob: memoryview
    value: object


class Worker:
    """Asks one process questions. After its death every question raises that death again."""

    def __init__(self, process: Process, meter: Meter, told: Callable[[str, int], None]) -> None:
        self.death: Death | None = None
        self.struck = False  # killed, and not by us: it may not be the submission's doing
        self._end: End | None = None
        self._process = process
        self._meter = meter
        self._told = told  # takes what the submission prints
        # Takes each question's name with its answer, or with the class of what was raised instead.
        self.record: Callable[[str, Answer | str], None] = lambda _name, _what: None
        self._channel = Channel(process, meter.left_s, meter.add_wall)
        self._seq = 0
        self._freed: list[int] = []
        self._callbacks: dict[int, Callable[..., object]] = {}
        self._callback_ids: dict[int, int] = {}
        # Of the exceptions raised by callbacks only the last is kept: its traceback holds on to the arguments.
        self._raised: tuple[int, Exception] | None = None
        self._raised_count = 0
        self._depth = 0  # of questions within callbacks within questions
        self._callbacks_left = _MAX_CALLBACKS

    def await_ready(self) -> None:
        """Wait until the agent stands; raises SandboxBroken, for no submitted code has run so far."""
        try:
            kind, *_ = self._channel.receive()
        except (HungUp, Expired, Breach, wire.WireError):
            raw = self._channel.take_raw()
            self._finish()
            raise SandboxBroken(f"a worker could not start: {raw[-2000:]}") from None
        if kind != wire.READY:
            raise SandboxBroken("a worker began with something else than its readiness")
        self._meter.watch(self._process)

    def ask(self, op: str, value: object = _NOTHING, **meta: object) -> Answer:
        """Ask one question and record what comes back.

        Raises SubmissionError, Death, or what a callback of the check raised.
        """
        name = str(meta.get("name", op))
        try:
            answer = self._ask(op, value, **meta)
        except SubmissionError as e:
            self.record(name, e.base)
            raise
        except Death as e:
            self.record(name, type(e).__name__)
            raise
        except Exception as e:
            self.record(name, _nearest_builtin(e).__name__)
            raise
        self.record(name, answer)
        return answer

    def _ask(self, op: str, value: object = _NOTHING, **meta: object) -> Answer:
        self._check_alive()
        if self._depth == 0:
            self._raised, self._callbacks_left = None, _MAX_CALLBACKS
        if self._depth == _MAX_DEPTH:
            # Python's own limit would strike in the middle of a frame.
            self.kill_for("it and a function of the check call each other without end")
        encoder, generators = self._encoder()
        meta["op"] = op
        if value is not _NOTHING:
            meta["v"] = encoder.encode(value)
        if self._freed:
            meta["free"], self._freed = self._freed[:_FREED_AT_A_TIME], self._freed[_FREED_AT_A_TIME:]
        self._seq += 1
        pieces = wire.frame(wire.QUESTION, self._seq, meta, encoder.buffers)
        self._depth += 1
        try:
            self._channel.expect_silence()
            self._channel.send(pieces)
            return self._await_answer(self._seq, generators)
        except Breach as e:
            self._die(SubmissionDied(e.reason, e.detail))
        except wire.WireError as e:
            self._die(SubmissionDied("it broke the protocol", str(e)))
        except HungUp:
            self._die(None)
        except Expired as e:
            self._die(SubmissionTimeout(e.limit_s, whole_item=e.whole_item))
        except (SubmissionError, _FromCallback) as e:
            raise (e.original if isinstance(e, _FromCallback) else e) from e.__cause__
        except BaseException:
            # Ctrl-C, or a check that was left by way of a callback: the conversation can't go on.
            if self.death is None:
                self._finish()
                self.death = SubmissionDied("it was interrupted")
            raise
        finally:
            self._depth -= 1

    def _check_alive(self) -> None:
        if self.death is not None:
            raise self.death.with_traceback(None)
        try:
            self._meter.left_s()
        except Expired as e:
            self._die(SubmissionTimeout(e.limit_s, whole_item=e.whole_item))

    def _await_answer(self, asked: int, generators: dict[int, np.random.Generator]) -> Answer:
        while True:
            kind, seq, meta, blob = self._channel.receive()
            self._take_printed(meta)
            if kind == wire.CALLBACK:
                self._call_back(seq, meta, blob)
                continue
            if seq != asked or kind not in (wire.REPLY, wire.ERROR, wire.UNSENDABLE):
                raise Breach("it broke the protocol", "an answer to something else")
            return self._read_answer(kind, meta, blob, generators)

    def _read_answer(
        self, kind: int, meta: dict[str, object], blob: memoryview, generators: dict[int, np.random.Generator]
    ) -> Answer:
        if kind == wire.UNSENDABLE:
            raise Breach("its answer is too large")
        flags = meta.get("flags", [])
        if type(flags) is not list or not all(type(flag) is str for flag in flags):
            raise wire.WireError("flags")
        decoder = self._decoder(blob)
        value = decoder.decode(meta["v"]) if "v" in meta else None
        if "g" in meta:
            advance(generators, decoder.decode(meta["g"]))
        decoder.finish()
        if kind == wire.ERROR:
            self._raise(meta.get("error"))
        return Answer(meta, blob, value)

    def _take_printed(self, meta: dict[str, object]) -> None:
        text, lost = meta.get("out", ""), meta.get("lost", 0)
        # Bounded, since Python refuses to write out integers of more than 4300 digits.
        if type(text) is not str or type(lost) is not int or not 0 <= lost < 1 << 60:
            raise wire.WireError("printed text")
        raw = self._channel.take_raw()
        if text or lost or raw:
            self._told(text + raw, lost)

    # Callbacks: the check's own functions, called by the submission.

    def _call_back(self, number: int, meta: dict[str, object], blob: memoryview) -> None:
        self._callbacks_left -= 1
        if self._callbacks_left < 0:
            raise Breach(f"it called a function more than {_MAX_CALLBACKS} times")
        began_s = now_s()
        decoder = self._decoder(blob)
        arguments = decoder.decode(meta.get("v"))
        decoder.finish()
        self._meter.add_wall(now_s() - began_s)  # reading what it sends is its time, not the check's
        function = self._callbacks.get(number)
        if function is None:
            raise wire.WireError("callback")
        args, kwargs = read_arguments(arguments)
        encoder, _ = self._encoder()
        try:
            value = encoder.encode(function(*args, **kwargs))
            pieces = wire.frame(wire.CALLBACK_REPLY, number, {"v": value}, encoder.buffers)
        except Exception as e:
            pieces = wire.frame(wire.CALLBACK_ERROR, number, self._describe(e))
        self._channel.send(pieces)

    def _describe(self, e: Exception) -> dict[str, object]:
        self._raised_count += 1
        self._raised = self._raised_count, e
        known = _nearest_builtin(e)
        text = e.text if isinstance(e, SubmissionError) else str(e)
        return {
            "number": self._raised_count,
            "module": known.__module__,
            "class": known.__name__,
            "text": text[:2000],
        }

    # Values.

    def _encoder(self) -> tuple[Encoder, dict[int, np.random.Generator]]:
        generators: dict[int, np.random.Generator] = {}
        return Encoder(lambda encoder, x: self._encode_other(encoder, x, generators)), generators

    def _encode_other(
        self, encoder: Encoder, x: object, generators: dict[int, np.random.Generator]
    ) -> object:
        if type(x) is Handle:
            return {"$": "h", "id": self._own(x)}
        if type(x) is Function:
            on, name = name_of(x)
            return {"$": "f", "on": on, "name": name}
        if type(x) is np.random.Generator:
            generators[id(x)] = x
            return {"$": "g", "id": id(x), "v": encoder.encode(generator.describe(x))}
        if type(x) is slice:
            return {"$": "s", "v": encoder.encode([x.start, x.stop, x.step])}
        if x is Ellipsis:
            return {"$": "e"}
        if isinstance(x, np.dtype) and x.str in wire.DTYPES:
            return {"$": "d", "v": x.str}
        if isinstance(x, type):
            return _encode_type(x)
        if callable(x):
            return {"$": "k", "id": self._callback_id(x), "name": str(getattr(x, "__name__", "callback"))}
        raise wire.CannotSend(f"a {type(x).__name__} can't be sent to a submission")

    def _own(self, handle: Handle) -> int:
        worker, number, _ = link_of(handle)
        if worker is not self:
            if worker.death is not None:
                raise worker.death.with_traceback(None)
            raise wire.CannotSend("an object of one submission can't be sent to another")
        return number

    def _callback_id(self, function: Callable[..., object]) -> int:
        known = self._callback_ids.get(id(function))
        if known is None:
            known = self._callback_ids[id(function)] = len(self._callbacks) + 1
            self._callbacks[known] = function
        return known

    def _decoder(self, blob: memoryview) -> Decoder:
        return Decoder(blob, {"h": self._decode_handle})

    def _decode_handle(self, _: Decoder, meta: dict[str, object]) -> Handle:
        number, name = meta.get("id"), meta.get("class")
        if type(number) is not int or not 0 < number < 1 << 40 or type(name) is not str:
            raise wire.WireError("handle")
        return Handle(self, number, clean(name, NAME_CAP))

    def free(self, number: int) -> None:
        """A handle is gone; the worker is told with the next question."""
        if len(self._freed) < _MAX_FREED:  # an honest worker never has so many
            self._freed.append(number)

    # Errors and death.

    def _raise(self, told: object) -> NoReturn:
        error, number = read_error(told)
        if self._raised is not None and number == self._raised[0]:
            raise _FromCallback(self._raised[1]) from error
        raise error

    def kill_for(self, reason: str) -> NoReturn:
        """End the worker for what it did."""
        self._die(SubmissionDied(reason))

    def _die(self, death: Death | None) -> NoReturn:
        """End the worker; without a death given, its own end says why."""
        end = self._finish()
        self.struck = death is None and end.signal == signal.SIGKILL
        self.death = death or SubmissionDied(_reason(end))
        raise self.death from None

    def _finish(self) -> End:
        if self._end is not None:
            return self._end
        try:
            self._process.kill()
            self._end = self._process.wait()
            raw = self._channel.take_raw()
            if raw:
                self._told(raw, 0)
        except BaseException:
            # Without a zygote nobody is left who could tell, and after Ctrl-C nobody has asked to the end;
            # it is dead all the same, and its descriptors must not be used a second time.
            self.death = SubmissionDied("its worker was lost")
            self._end = End(None, None, 0.0, 0.0)
            raise
        finally:
            self._channel.close()
            self._process.close()
        return self._end

    def close(self) -> End:
        """End the worker; its handles are dead from now on."""
        if self.death is None:
            self.death = SubmissionDied("its worker was closed")
        return self._finish()


def _reason(end: End) -> str:
    # Whoever closes the connection and lives on is killed by us.
    return "it ended without an answer" if end.signal == signal.SIGKILL else end.reason()


class _FromCallback(Exception):
    """What escaped a submission is what the check's own callback had raised."""

    def __init__(self, original: Exception) -> None:
        super().__init__(original)
        self.original = original


def _encode_type(x: type) -> object:
    if x in _SENDABLE_TYPES:
        return {"$": "y", "v": f"builtins.{x.__name__}"}
    if issubclass(x, np.generic) and x.__module__ == "numpy":
        return {"$": "y", "v": f"numpy.{x.__name__}"}
    raise wire.CannotSend(f"the class {x.__name__} can't be sent to a submission")


def _nearest_builtin(e: Exception) -> type[BaseException]:
    for cls in type(e).__mro__:
        if cls is np.linalg.LinAlgError or getattr(builtins, cls.__name__, None) is cls:
            return cls
    return RuntimeError
