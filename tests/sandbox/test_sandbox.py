"""The sandbox as a whole: its layers, its confinement, what may be imported."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import grader.sandbox
from grader.sandbox import Host, Sandbox, SubmissionError, imports

if TYPE_CHECKING:
    from collections.abc import Callable

    Put = Callable[..., Host]


def test_the_public_names_are_sorted_and_complete() -> None:
    assert grader.sandbox.__all__ == sorted(grader.sandbox._HOME)
    for name in grader.sandbox.__all__:
        assert getattr(grader.sandbox, name).__name__ == name
    with pytest.raises(AttributeError, match="nothing"):
        _ = grader.sandbox.nothing


def test_a_sandbox_starts_without_numpy_in_the_caller() -> None:
    code = "import sys; from grader.sandbox import Sandbox; s = Sandbox(); print('numpy' in sys.modules); s.close()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_layers_name_what_is_active(confined: Sandbox) -> None:
    assert confined.confined
    assert {"process", "deadlines", "rlimits", "no-new-privs", "seccomp"} <= set(confined.layers)
    assert confined.lacks == ()


def test_the_weak_worker_says_what_it_lacks() -> None:
    with Sandbox(weak=True) as weak:
        assert not weak.confined
        assert weak.layers[:2] == ("process", "deadlines")
        assert "files are not shut off" in weak.lacks


def test_a_kernel_that_refuses_the_filter_gets_the_weak_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox() as made:
        zygote = made._zygote
        if zygote is None:
            pytest.skip("only Linux confines")
        zygote.layers()
        zygote._layers = ()
        assert not made.confined
        assert made.lacks
        with made.host("def f(): return 1\n", "f.py") as host:
            assert host.submission.f() == 1


CONFINED = """
import os, sys, threading, signal
def attempt(what):
    if what == "open": open("/etc/passwd")
    elif what == "stat": os.stat("/")
    elif what == "list": os.listdir("/")
    elif what == "write": open("/tmp/x", "w")
    elif what == "fork": os.fork()
    elif what == "exec": os.execv("/bin/true", ["true"])
    elif what == "kill": os.kill(os.getppid(), 0)
    elif what == "thread": threading.Thread(target=int).start()
    elif what == "setuid": os.setuid(0)
    elif what == "dup": os.dup(3)
    elif what == "system": return os.posix_spawn("/bin/true", ["true"], {})
    elif what == "shm": os.memfd_create("x")
    elif what == "cpu": os.sched_setaffinity(0, {0})
    elif what == "control":
        import fcntl
        fcntl.fcntl(3, 8, 1)
def who(): return os.getuid(), dict(os.environ), sys.argv, sys.path
"""


@pytest.mark.parametrize(
    "what",
    [
        "open",
        "stat",
        "list",
        "write",
        "fork",
        "exec",
        "kill",
        "thread",
        "setuid",
        "dup",
        "system",
        "shm",
        "cpu",
    ],
)
def test_a_confined_worker_may_not(put_confined: Put, what: str) -> None:
    submission: Any = put_confined(CONFINED).submission
    with pytest.raises((OSError, RuntimeError)):
        submission.attempt(what)


def test_a_confined_worker_is_nobody_and_knows_nothing(put_confined: Put) -> None:
    import os

    submission: Any = put_confined(CONFINED).submission
    uid, environment, argv, path = submission.who()
    assert uid != 0
    assert uid == os.getuid() or os.getuid() == 0
    assert (environment, argv, path) == ({}, [""], [])


def test_what_an_exercise_may_import_is_there(put: Put) -> None:
    source = (
        "import importlib\ndef load(names): return [n for n in names if not importlib.import_module(n)]\n"
    )
    submission: Any = put(source).submission
    assert submission.load(list(imports.ALLOWED)) == []


@pytest.mark.parametrize(
    "name", ["scipy", "torch", "numpy.f2py", "asyncio", "pytest", "grader", "grader.sandbox.host"]
)
def test_any_other_import_is_refused_in_plain_words(put: Put, name: str) -> None:
    with pytest.raises(
        ModuleNotFoundError, match="exercises may use NumPy and the standard library"
    ) as raised:
        _ = put(f"x = 1\nimport {name}\n").submission.x
    assert isinstance(raised.value, SubmissionError)
    assert raised.value.line == 2


LAZY = """
import copy, dataclasses, datetime, decimal, fractions, inspect, statistics, traceback, typing, json, re, random
import numpy as np

def use():
    rng = np.random.default_rng(0)
    np.fft.fft(np.ones(4)); np.polynomial.Polynomial([1, 2])(3.0); np.ma.array([1.0], mask=[True]).mean()
    np.testing.assert_allclose([1.0], [1.0]); np.strings.upper(np.array(["a"])); np.char.add("a", "b")
    np.linalg.svd(np.eye(3)); np.linalg.eigh(np.eye(3)); np.linalg.solve(np.eye(2), np.ones(2)); np.linalg.qr(np.eye(2))
    np.random.RandomState(0).normal(); rng.permutation(5); copy.deepcopy(rng); rng.spawn(2); rng.choice(5, 2)
    np.array2string(np.ones((3, 3)), precision=3); repr(np.array([1 + 2j])); str(np.ones(2000)); np.set_printoptions(precision=3)
    np.einsum("ij,jk->ik", np.eye(2), np.eye(2), optimize=True); np.vectorize(abs)([1, -1]); np.histogram([1, 2]); np.median([1, 2])
    np.unique([1, 1]); np.save; np.nanmean([1.0]); np.percentile([1, 2], 50); np.interp(0.5, [0, 1], [0, 1]); np.isclose(1, 1)
    np.pad(np.ones(2), 1); np.lib.stride_tricks.sliding_window_view(np.arange(5), 2); np.datetime64("2020-01-01") + 1
    datetime.datetime.strptime("2020-01-01", "%Y-%m-%d"); datetime.date.today().strftime("%A")
    decimal.Decimal("1.1").sqrt(); fractions.Fraction(1, 3); statistics.pstdev([1, 2, 3]); statistics.NormalDist().cdf(1)
    "é".encode("latin-1"); "x".encode("utf-16"); "ü".encode("idna"); "a".encode("ascii"); json.loads("[1]"); re.sub("a", "b", "a")
    inspect.signature(use); inspect.getsource(use); typing.get_type_hints(use); random.gauss(0, 1); random.sample(range(9), 3)
    @dataclasses.dataclass(frozen=True, order=True)
    class Point:
        x: float = 0.0
    dataclasses.asdict(Point()); copy.copy(Point()); Point() < Point(1.0)
    try:
        Point().y
    except AttributeError:
        text = traceback.format_exc()
    try:
        np.ones(2) + np.ones(3)
    except ValueError:
        pass
    try:
        np.array([1], dtype=np.int8) + np.array([1000], dtype="S")
    except TypeError:
        pass
    try:
        np.sum("a", axis=5)
    except Exception:
        pass
    try:
        np.add.reduce(np.ones(2), axis=7)
    except np.exceptions.AxisError:
        pass
    import warnings
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        np.float64(1) / 0 if False else warnings.warn("x")
    warnings.simplefilter("always"); warnings.warn("shown")
    return text
"""


def test_what_is_loaded_late_inside_works(put: Put) -> None:
    submission: Any = put(LAZY).submission
    assert "line" in submission.use()


def test_a_file_named_like_a_module_does_not_take_its_place(put: Put) -> None:
    submission: Any = put(
        "import random\ndef f(): return random.random() < 2\n", filename="random.py"
    ).submission
    assert submission.f() is True


def test_submissions_do_not_see_one_another(put: Put) -> None:
    first: Any = put("import numpy as np\nnp.secret = 1\ndef f(): return 1\n").submission
    second: Any = put("import numpy as np\ndef f(): return hasattr(np, 'secret')\n").submission
    assert (first.f(), second.f()) == (1, False)


def test_two_submissions_take_turns(put_confined: Put) -> None:
    one: Any = put_confined("def f(x): return x + 1\n").submission
    two: Any = put_confined("def f(x): return x + 2\n").submission
    assert [one.f(0), two.f(0), one.f(1), two.f(1)] == [1, 2, 2, 3]
