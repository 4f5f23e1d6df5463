"""Deaths, deadlines and limits: what ends a worker, and what the next check gets."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from grader.sandbox import (
    Death,
    Host,
    Sandbox,
    SandboxBroken,
    SubmissionDied,
    SubmissionError,
    SubmissionTimeout,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Put = Callable[..., Host]

FATAL = """
import os, signal, sys, time
import numpy as np

def fine(x): return x
def leave(n): sys.exit(n)
def leave_now(n): os._exit(n)
def crash(): os.kill(os.getpid(), signal.SIGSEGV)
def spin():
    while True: pass
def one_long_call(): return sum(range(10**12))
def sleep(): time.sleep(60)
def swallow():
    while True:
        try:
            while True: pass
        except BaseException: pass
def hungry(): return len(bytearray(4 << 30))
def grow():
    kept = []
    while True: kept.append(np.ones(1 << 20))
def flood():
    while True: os.write(1, b"x" * 65536)
def hang_up():
    os.close(3)
    while True: pass
def huge(): return np.zeros((1 << 15, 1 << 15))
def broad(): return np.broadcast_to(1.0, (1 << 20, 1 << 20))
def deep():
    x = []
    x.append(x)
    return x
class Thing: pass
"""


def call(host: Host, name: str, *args: object) -> Any:
    return getattr(host.submission, name)(*args)


@pytest.mark.parametrize(
    ("name", "args", "reason"),
    [
        ("leave", (0,), "exit status 0"),
        ("leave", (3,), "exit status 3"),
        ("leave_now", (5,), "exit status 5"),
        ("crash", (), "SIGSEGV"),
        ("broad", (), "too large"),
        ("deep", (), "too large"),
    ],
)
def test_a_death_tells_its_reason(put: Put, name: str, args: tuple[object, ...], reason: str) -> None:
    host = put(FATAL)
    with pytest.raises(SubmissionDied, match=reason):
        call(host, name, *args)


def test_a_death_lasts_for_the_check_and_not_for_the_next(put: Put) -> None:
    host = put(FATAL)
    thing = call(host, "Thing")
    for _ in range(2):
        with pytest.raises(SubmissionDied, match="exit status 4"):
            call(host, "leave", 4)
    host.begin()
    assert call(host, "fine", 2) == 2
    with pytest.raises(SubmissionDied, match="exit status 4"):
        _ = thing.x
    with pytest.raises(Death):
        call(host, "fine", thing)


def test_a_death_is_not_an_exception_that_a_check_may_expect() -> None:
    assert not issubclass(Death, Exception)
    assert not issubclass(SandboxBroken, Death)


def test_a_check_isnt_charged_what_the_one_before_has_used(put_confined: Put) -> None:
    spin = "def spin(until_s):\n    import time\n    while time.process_time() < until_s: pass\n    return time.process_time()\n"
    host = put_confined(spin, check_s=1.0)
    used = 0.0
    for _ in range(4):
        host.begin()
        used = host.submission.spin(used + 0.7)


@pytest.mark.parametrize("name", ["spin", "one_long_call", "swallow"])
def test_work_without_end_meets_the_deadline(put_confined: Put, name: str) -> None:
    host = put_confined(FATAL, check_s=0.2)
    began = time.monotonic()
    with pytest.raises(SubmissionTimeout, match=r"0\.2 s that one check") as raised:
        call(host, name)
    assert not raised.value.whole_item
    assert time.monotonic() - began < 3
    host.begin()
    assert call(host, "fine", 1) == 1


def test_sleep_meets_the_wall_clock(put: Put) -> None:
    host = put(FATAL, check_s=0.2)
    began = time.monotonic()
    with pytest.raises(SubmissionTimeout):
        call(host, "sleep")
    assert time.monotonic() - began < 4


def test_a_loop_in_the_weak_worker_meets_the_wall_clock() -> None:
    from grader.sandbox import Limits

    limits = Limits(check_s=0.2)
    with (
        Sandbox(weak=True) as weak,
        weak.host(FATAL, "w.py", limits=limits) as host,
        pytest.raises(SubmissionTimeout),
    ):
        call(host, "swallow")


def test_the_items_time_counts_over_its_checks(put_confined: Put) -> None:
    host = put_confined(FATAL, check_s=0.2, item_s=0.5)
    whole = False
    for _ in range(4):
        host.begin()
        with pytest.raises(SubmissionTimeout) as raised:
            call(host, "spin")
        whole = raised.value.whole_item
    assert whole
    host.begin()
    began = time.monotonic()
    with pytest.raises(SubmissionTimeout, match="whole exercise"):
        call(host, "fine", 1)
    assert time.monotonic() - began < 0.1


def test_the_checks_own_work_is_not_the_submissions_time(put_confined: Put) -> None:
    host = put_confined(FATAL + "\ndef apply(f): return f()\n", check_s=0.1, item_s=0.3)
    assert call(host, "apply", lambda: time.sleep(1.5)) is None
    time.sleep(0.5)
    assert call(host, "fine", 1) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
@pytest.mark.parametrize("name", ["hungry", "grow"])
def test_memory_is_limited(put: Put, name: str) -> None:
    host = put(FATAL, memory_mb=128)
    with pytest.raises(MemoryError) as raised:
        call(host, name)
    assert isinstance(raised.value, SubmissionError)


def test_a_flood_of_raw_output_is_stopped(put: Put) -> None:
    host = put(FATAL)
    with pytest.raises(SubmissionDied, match="more than 1 MB to the output"):
        call(host, "flood")


def test_raw_output_is_heard(put: Put) -> None:
    host = put("import os\ndef f(): os.write(1, b'raw \\x1b words')\n")
    call(host, "f")
    assert "raw" in host.printed
    assert "\x1b" not in host.printed


def test_a_worker_that_hangs_up_is_dead(put_confined: Put) -> None:
    with pytest.raises(SubmissionDied, match="without an answer"):
        call(put_confined(FATAL), "hang_up")


FORGER = """
import os, struct, json

def frame(kind, seq, meta, size=None):
    text = json.dumps(meta).encode()
    return struct.pack("<IIQB", len(text) if size is None else size, len(text), seq, kind) + text

def early(): os.write(3, frame(3, 99, {"v": 1}))
def twice(): os.write(3, frame(3, 2, {"v": 1}) * 2)
def garbage(): os.write(3, b"\\xff" * 4096)
def endless(): os.write(3, frame(3, 2, {"v": 1}, size=(256 << 20) - 1)); os._exit(0)
def announced(): os.write(3, frame(3, 2, {"v": 1}, size=0xFFFFFFFF))
def unknown_callback(): os.write(3, frame(6, 12345, {"v": [[], {}]}))
def bad_error(): os.write(3, frame(4, 2, {"error": {"lineage": [1]}}))
def bad_generator(): os.write(3, frame(3, 2, {"v": 1, "g": [[1, {}, 0]]}))
def ready_again(): os.write(3, frame(2, 0, {}))
def later():
    os.write(3, frame(3, 2, {"v": "forged"}) )
    while True: pass
def fine(): return 1
"""


@pytest.mark.parametrize(
    "name",
    [
        "early",
        "twice",
        "garbage",
        "endless",
        "announced",
        "unknown_callback",
        "bad_error",
        "bad_generator",
        "ready_again",
    ],
)
def test_a_breach_of_the_protocol_is_a_death(put_confined: Put, name: str) -> None:
    host = put_confined(FORGER)
    with pytest.raises(SubmissionDied):
        _ = call(host, name), call(host, "fine")
    host.begin()
    assert call(host, "fine") == 1


def test_a_forged_reply_is_only_ever_a_wrong_answer(put_confined: Put) -> None:
    host = put_confined(FORGER, check_s=0.3)
    assert call(host, "later") == "forged"
    with pytest.raises(Death):
        call(host, "fine")


def test_a_forged_generator_state_is_refused(put_confined: Put) -> None:
    source = (
        FORGER
        + """
def cheat(rng):
    import sys
    state = dict(rng.bit_generator.state)
    state["state"]["pos"] = 10**6
    sys._getframe(1).f_globals["generator"].progress = lambda _: [state, 0]
"""
    )
    host = put_confined(source)
    with pytest.raises(SubmissionDied, match="protocol"):
        call(host, "cheat", np.random.Generator(np.random.MT19937(1)))


def test_a_load_that_raised_is_remembered(put: Put) -> None:
    host = put("x = 1\nraise ValueError('at once')\n")
    for _ in range(2):
        with pytest.raises(ValueError, match="at once") as raised:
            _ = host.submission.f
        error: Any = raised.value
        assert error.loading
        assert error.line == 2
        host.begin()


def test_a_load_that_never_ends_is_remembered(put_confined: Put) -> None:
    host = put_confined("while True: pass\n", check_s=0.2)
    with pytest.raises(SubmissionTimeout):
        _ = host.submission.f
    host.begin()
    began = time.monotonic()
    with pytest.raises(SubmissionTimeout):
        _ = host.submission.f
    assert time.monotonic() - began < 0.1


def test_a_syntax_error_tells_its_line(put: Put) -> None:
    with pytest.raises(SyntaxError) as raised:
        _ = put("x = 1\ndef f(:\n").submission.f
    error: Any = raised.value
    assert (error.line, error.loading) == (2, True)


@pytest.mark.parametrize("source", ["x = '\ud800'\n", "\0", "(" * 100_000, "x = " + "-" * 1_000_000 + "1"])
def test_odd_sources_have_an_end(put_confined: Put, source: str) -> None:
    with pytest.raises((SubmissionError, Death)):
        _ = put_confined(source).submission.f


def test_ctrl_c_ends_the_worker_and_goes_on_up(put: Put) -> None:
    host = put("def apply(f): return f()\n")

    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        call(host, "apply", interrupt)
    with pytest.raises(SubmissionDied, match="interrupted"):
        call(host, "apply", int)
    host.begin()
    assert call(host, "apply", lambda: 1) == 1


def test_usage_is_told_at_the_end(put: Put) -> None:
    host = put("def f():\n    x = 0\n    for i in range(10**6): x += i\n")
    call(host, "f")
    usage = host.close()
    assert 0.01 < usage.cpu_s < 20
    assert 5 < usage.peak_mb < 1000


def test_nothing_is_left_running_after_close(confined: Sandbox) -> None:
    with Sandbox() as own:
        host = own.host("def f(): return __import__('os').getpid()\n", "f.py")
        pid = call(host, "f")
        assert os.path.exists(f"/proc/{pid}")  # noqa: PTH110 - short
        zygote = own._zygote
        assert zygote is not None
        zygote_pid = zygote._child.pid
        host.close()
    deadline = time.monotonic() + 5
    while any(os.path.exists(f"/proc/{p}") for p in (pid, zygote_pid)):  # noqa: PTH110
        assert time.monotonic() < deadline
        time.sleep(0.01)
    with pytest.raises(SandboxBroken, match="closed"):
        own.host("", "f.py").submission.f  # noqa: B018


def test_a_dead_zygote_is_our_fault(confined: Sandbox) -> None:
    with Sandbox() as own:
        host = own.host(FATAL, "f.py")
        assert call(host, "fine", 1) == 1
        zygote = own._zygote
        assert zygote is not None
        zygote._child.kill()
        zygote._child.wait()
        with pytest.raises(SandboxBroken, match="zygote is gone"):
            call(host, "fine", 1)
        assert host.close().cpu_s == 0
        with pytest.raises(SandboxBroken, match="zygote is gone"):
            call(own.host(FATAL, "f.py"), "fine", 1)
