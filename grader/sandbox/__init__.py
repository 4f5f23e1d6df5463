"""The trust boundary: submitted code runs in a confined worker process and returns values, never verdicts.

Names are looked up lazily, so that the worker's side never imports the trusted side, and so that a
`Sandbox` can be started before the caller has paid for numpy.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.sandbox.errors import (
        Death,
        MissingName,
        SandboxBroken,
        SubmissionDied,
        SubmissionError,
        SubmissionTimeout,
    )
    from grader.sandbox.event import Event, same_events
    from grader.sandbox.handle import Handle, handle_class
    from grader.sandbox.host import Host
    from grader.sandbox.launch import Limits, Sandbox, Usage, Use
    from grader.sandbox.limits import shield_process
    from grader.sandbox.proxy import Function, Observation, Submission
    from grader.sandbox.wire import CannotSend

__all__ = [
    "CannotSend",
    "Death",
    "Event",
    "Function",
    "Handle",
    "Host",
    "Limits",
    "MissingName",
    "Observation",
    "Sandbox",
    "SandboxBroken",
    "Submission",
    "SubmissionDied",
    "SubmissionError",
    "SubmissionTimeout",
    "Usage",
    "Use",
    "handle_class",
    "same_events",
    "shield_process",
]

_HOME = {
    "CannotSend": "wire",
    "Death": "errors",
    "Event": "event",
    "Function": "proxy",
    "Handle": "handle",
    "Host": "host",
    "Limits": "launch",
    "MissingName": "errors",
    "Observation": "proxy",
    "Sandbox": "launch",
    "SandboxBroken": "errors",
    "Submission": "proxy",
    "SubmissionDied": "errors",
    "SubmissionError": "errors",
    "SubmissionTimeout": "errors",
    "Usage": "launch",
    "Use": "launch",
    "handle_class": "handle",
    "same_events": "event",
    "shield_process": "limits",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
