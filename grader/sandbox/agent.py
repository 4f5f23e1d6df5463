"""The agent inside a worker: loads the submission, calls it, and answers with plain data.

Nothing in here is trusted by the other side. It may not import the trusted modules of this package.
"""

from __future__ import annotations

import linecache
import os
import sys
import traceback
import types
import warnings
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from grader.sandbox import generator, syntax, wire
from grader.sandbox.decode import Decoder
from grader.sandbox.encode import Encoder
from grader.sandbox.loading import (
    Printed,
    exception,
    fresh_module,
    hold_recursion_limit,
    leave,
    make_deterministic,
    named_type,
    public_names,
)
from grader.sandbox.observe import Flags, fingerprint, shares
from grader.sandbox.operation import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.sandbox.pipe import Pipe

# Questions come from the trusted side, so they are taken at their word.
Question = dict[str, Any]
Answer = dict[str, object]

_MAX_HANDLES = 200_000

_METHODS = (types.MethodType, types.FunctionType, types.BuiltinFunctionType, types.MethodWrapperType)


class Agent:
    """One worker's life: question, answer, until the other side hangs up."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._module = types.ModuleType("submission")
        self._filename = "submission.py"
        self._handles: dict[int, Any] = {}
        self._next_handle = 1
        self._from_callbacks: dict[int, BaseException] = {}
        self._generators: dict[int, np.random.Generator] = {}
        self._printed = Printed()
        self._questions: dict[object, Callable[[Question, Decoder], Answer]] = {
            "load": self._load,
            "find": self._find,
            "call": self._call,
            "get": self._get,
            "set": self._set,
            "operate": self._operate,
            "iterate": self._iterate,
            "next": self._next,
        }
        self._decoders: dict[str, Callable[[Decoder, Any], object]] = {
            "h": lambda _, m: self._handles[m["id"]],
            "k": self._decode_callback,
            "g": self._decode_generator,
            "f": lambda _, m: self._target(m),
            "s": lambda d, m: slice(*cast("list[Any]", d.decode(m["v"]))),
            "e": lambda _, __: Ellipsis,
            "d": lambda _, m: np.dtype(m["v"]),
            "y": lambda _, m: named_type(m["v"]),
        }

    def run(self) -> None:
        """Answer questions for ever."""
        sys.stdout = sys.stderr = self._printed
        warnings.simplefilter("ignore")
        self._pipe.send(wire.READY, 0, {})
        self._serve(None)

    def _serve(self, until: int | None) -> object:
        """Answer questions; inside a callback, until that callback's reply comes."""
        while True:
            kind, seq, meta, blob = self._pipe.receive()
            if kind == wire.QUESTION:
                if until is None:
                    self._from_callbacks.clear()
                self._answer(seq, meta, blob)
            elif seq != until:
                os._exit(97)
            elif kind == wire.CALLBACK_ERROR:
                self._raise_from_callback(meta)
            else:
                return Decoder(blob, self._decoders).decode(meta["v"])

    def _answer(self, seq: int, meta: Question, blob: memoryview) -> None:
        for number in meta.get("free", ()):
            self._handles.pop(number, None)
        outer, self._generators = self._generators, {}
        encoder = Encoder(self._encode_other)
        kind, answer = wire.REPLY, {}
        try:
            decoder = Decoder(blob, self._decoders, frozen=meta.get("mode") == "frozen")
            answer = self._questions[meta["op"]](meta, decoder)
            if "value" in answer:
                answer["v"] = encoder.encode(answer.pop("value"))
        except wire.CannotSend:
            kind, answer = wire.UNSENDABLE, {}
        except SystemExit as e:
            leave(e)
        except BaseException as e:
            kind, answer = wire.ERROR, {"error": self._describe(e)}
        if kind != wire.REPLY:
            encoder = Encoder(self._encode_other)
        if self._generators:
            answer["g"] = encoder.encode([[k, *generator.progress(g)] for k, g in self._generators.items()])
        self._generators = outer
        self._send(kind, seq, answer, encoder)

    def _send(self, kind: int, seq: int, answer: dict[str, object], encoder: Encoder) -> None:
        try:
            self._pipe.send(kind, seq, answer | self._printed.take(), encoder.buffers)
        except wire.CannotSend:
            self._pipe.send(wire.UNSENDABLE, seq, {})

    # Questions.

    def _load(self, meta: Question, _: Decoder) -> Answer:
        source, seed = str(meta["source"]), int(meta["seed"])
        self._filename = str(meta["filename"])
        make_deterministic(seed)
        hold_recursion_limit()
        self._module = fresh_module(self._filename)
        linecache.cache[self._filename] = (
            len(source),
            None,
            source.splitlines(keepends=True),
            self._filename,
        )
        code = compile(source, self._filename, "exec", dont_inherit=True)
        with np.errstate(all="ignore"):
            exec(code, self._module.__dict__)  # noqa: S102 - what this process is for
        return {"names": public_names(self._module)}

    def _find(self, meta: Question, _: Decoder) -> Answer:
        self._filename = str(meta["filename"])
        found = syntax.find_forbidden(meta["source"], self._filename, meta["functions"], meta["forbid"])
        return {"value": found}

    def _call(self, meta: Question, decoder: Decoder) -> Answer:
        calls = cast("Any", decoder.decode(meta["v"]))
        decoder.finish()
        target = self._target(meta)
        if meta.get("each"):
            with np.errstate(all="ignore"):
                return {"value": [_result(target, target(*args)) for args in calls]}
        args, kwargs = calls
        if meta.get("mode"):
            return _observed(target, args, kwargs)
        with np.errstate(all="ignore"):
            return {"value": _result(target, target(*args, **kwargs))}

    def _target(self, meta: Question) -> Callable[..., object]:
        on, name = meta.get("on"), meta.get("name")
        owner: Any = self._handles[on] if type(on) is int and on else self._module
        target: Callable[..., object] = owner if name is None else getattr(owner, str(name))
        return target

    def _get(self, meta: Question, _: Decoder) -> Answer:
        with np.errstate(all="ignore"):
            found = self._target(meta)
        # A method is called by its name later; it needs no handle.
        return {"method": 1} if isinstance(found, _METHODS) else {"value": found}

    def _set(self, meta: Question, decoder: Decoder) -> Answer:
        setattr(self._handles[meta["on"]], str(meta["name"]), decoder.decode(meta["v"]))
        return {"value": None}

    def _operate(self, meta: Question, decoder: Decoder) -> Answer:
        operands = cast("Any", decoder.decode(meta["v"]))
        with np.errstate(all="ignore"):
            return {"value": OPERATIONS[str(meta["name"])](*operands)}

    def _iterate(self, meta: Question, _: Decoder) -> Answer:
        return {"value": _Opaque(iter(self._handles[meta["on"]]))}

    def _next(self, meta: Question, _: Decoder) -> Answer:
        try:
            with np.errstate(all="ignore"):
                return {"value": next(self._handles[meta["on"]])}
        except StopIteration:
            return {"end": 1}

    # Values that aren't plain.

    def _encode_other(self, _: Encoder, x: object) -> object:
        x = x.content if type(x) is _Opaque else x
        if len(self._handles) >= _MAX_HANDLES:
            raise wire.CannotSend(f"more than {_MAX_HANDLES} objects at a time")
        number = self._next_handle
        self._next_handle += 1
        self._handles[number] = x
        return {"$": "h", "id": number, "class": type(x).__name__[:100]}

    def _decode_callback(self, _: Decoder, meta: Question) -> object:
        number = int(meta["id"])

        def callback(*args: object, **kwargs: object) -> object:
            encoder = Encoder(self._encode_other)
            value = encoder.encode([list(args), kwargs])
            self._pipe.send(
                wire.CALLBACK,
                number,
                {"v": value} | self._printed.take(),
                encoder.buffers,
            )
            return self._serve(number)

        callback.__name__ = callback.__qualname__ = str(meta["name"])
        return callback

    def _raise_from_callback(self, meta: Question) -> None:
        raised = exception(str(meta["module"]), str(meta["class"]))(str(meta["text"]))
        self._from_callbacks[int(meta["number"])] = raised
        raise raised

    def _decode_generator(self, decoder: Decoder, meta: Question) -> object:
        number = int(meta["id"])
        if number not in self._generators:
            self._generators[number] = generator.rebuild(*cast("list[Any]", decoder.decode(meta["v"])))
        return self._generators[number]

    # Errors.

    def _describe(self, e: BaseException) -> dict[str, object]:
        try:
            text = str.__str__(str(e))[:2000]
        except BaseException:
            text = ""
        line, function = self._place(e)
        described: dict[str, object] = {
            "lineage": [f"{c.__module__}.{c.__name__}" for c in type(e).__mro__][:20],
            "text": text,
            "line": line,
            "function": function,
            "read_only": isinstance(e, ValueError) and "read-only" in text,
        }
        for number, raised in self._from_callbacks.items():
            if raised is e:
                described["callback"] = number
        return described

    def _place(self, e: BaseException) -> tuple[int | None, str]:
        """The innermost line in the learner's file."""
        if isinstance(e, SyntaxError) and e.filename == self._filename:
            return e.lineno, "<module>"
        place: tuple[int | None, str] = (None, "")
        for frame, line in traceback.walk_tb(e.__traceback__):
            if frame.f_code.co_filename == self._filename:
                place = (line, frame.f_code.co_name[:100])
        return place


class _Opaque:
    """Marks a value that is to cross as a handle, whatever its type."""

    __slots__ = ("content",)

    def __init__(self, content: object) -> None:
        self.content = content


def _result(target: object, value: object) -> object:
    """What calling a learner's class gives is an object of it, even if that class extends a plain type."""
    return (
        _Opaque(value) if isinstance(target, type) and type(value) is target and not _known(target) else value
    )


def _known(cls: type) -> bool:
    return cls.__module__ in ("builtins", "numpy")


def _observed(
    target: Callable[..., object], args: list[object], kwargs: dict[str, object]
) -> dict[str, object]:
    before = fingerprint([args, kwargs])
    flags = Flags()
    value = flags.run(lambda: target(*args, **kwargs))
    return {
        "value": _result(target, value),
        "flags": sorted(flags.seen),
        "changed": fingerprint([args, kwargs]) != before,
        "shares": shares(value, [args, kwargs]),
    }
