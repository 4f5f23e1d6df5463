"""Records of what came back, compared call by call."""

from __future__ import annotations

import contextlib
import pickle
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from grader.sandbox import Event, Sandbox, SubmissionError, same_events

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = """
import numpy as np
class Thing: pass
def give(x): return x
class Own(ValueError): pass
def fail(x): raise (ValueError if x == 1 else Own)(x)
def thing(): return Thing()
def leave(): raise SystemExit(1)
"""


def events(confined: Sandbox, use: Callable[[Any], object]) -> list[Event]:
    with confined.host(SOURCE, "e.py") as host:
        host.begin()
        with contextlib.suppress(SubmissionError):
            use(host.submission)
        return host.events


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        (1.0, 1.0 + 1e-8, True),
        (1.0, 1.0 + 1e-4, False),
        (np.array([1.0, np.nan]), np.array([1.0 + 1e-9, np.nan]), True),
        (np.array([1.0, np.nan]), np.array([1.0, 2.0]), False),
        (np.ones(2), np.ones(3), False),
        (np.ones(2), np.ones(2, dtype=int), False),
        (1e-17, 0.0, True),
        (np.inf, np.inf, True),
        (np.inf, -np.inf, False),
        (3, 3, True),
        (10**15, 10**15 + 1, False),
        ("a", "a", True),
        ("a", "b", False),
        ([1.0, 2.0], (1.0, 2.0), True),
        ({"w": np.ones(2)}, {"w": np.ones(2) + 1e-9}, True),
        ({"w": 1}, {"v": 1}, False),
        (None, None, True),
        (None, 0, False),
        (1.0, np.float64(1.0), True),
        (True, 1, False),
    ],
)
def test_values_are_compared_as_numbers(confined: Sandbox, a: object, b: object, alike: bool) -> None:
    first, second = events(confined, lambda s: s.give(a)), events(confined, lambda s: s.give(b))
    assert same_events(first, second) is alike
    assert same_events(second, first) is alike


def test_errors_are_compared_by_class(confined: Sandbox) -> None:
    first, other = events(confined, lambda s: s.fail(1)), events(confined, lambda s: s.fail(2))
    assert first[0].value == "ValueError"
    assert same_events(first, other)
    assert not same_events(first, events(confined, lambda s: s.give(1)))


def test_traces_of_other_length_or_other_calls_differ(confined: Sandbox) -> None:
    first = events(confined, lambda s: s.give(1))
    assert not same_events(first, [])
    assert not same_events(first, events(confined, lambda s: (s.give(1), s.give(1))))


def test_a_handle_is_recorded_by_its_class(confined: Sandbox) -> None:
    assert events(confined, lambda s: s.thing())[0].value == "<Thing object>"


def test_a_record_is_not_changed_by_what_a_check_does_with_the_value(confined: Sandbox) -> None:
    def spoil(s: Any) -> None:
        s.give(np.zeros(2))[0] = 5

    record = events(confined, spoil)[0]
    assert record.value.tolist() == [0, 0]  # type: ignore[attr-defined]


def test_records_can_be_kept_for_later(confined: Sandbox) -> None:
    record = events(confined, lambda s: s.give({"a": np.arange(3)}))
    assert same_events(pickle.loads(pickle.dumps(record)), record)


def test_what_is_too_large_to_keep_is_compared_by_digest(
    confined: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.sandbox import host

    monkeypatch.setattr(host, "KEPT_BYTES", 100)
    big = events(confined, lambda s: (s.give(np.zeros(10)), s.give(np.zeros(10))))
    assert [len(e.blob) for e in big] == [80, 0]
    assert same_events(big, events(confined, lambda s: (s.give(np.zeros(10)), s.give(np.zeros(10)))))
    assert not same_events(big, events(confined, lambda s: (s.give(np.zeros(10)), s.give(np.ones(10)))))
