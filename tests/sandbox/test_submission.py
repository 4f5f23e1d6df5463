"""What a check sees of a submission, in both kinds of worker."""

from __future__ import annotations

import collections
import copy
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from grader.sandbox import Host, MissingName, Sandbox, SubmissionError, handle_class, wire

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = """
import collections, dataclasses, math, sys
from fractions import Fraction
import numpy as np

RATE = 0.5
TABLE = {"a": [1, 2]}

def same(x):
    return x

def both(*args, **kwargs):
    return args, kwargs

def is_same(a, b):
    return a is b

def boss(x):
    raise Boss("custom")

class Boss(ValueError):
    pass

class Weird(Exception):
    def __str__(self):
        raise RuntimeError

def raises(kind):
    if kind == "custom":
        raise Boss("\\x1b[31mred\\u202e")
    if kind == "weird":
        raise Weird
    if kind == "todo":
        raise NotImplementedError
    if kind == "singular":
        return np.linalg.inv(np.zeros((2, 2)))
    if kind == "recursion":
        return raises(kind)
    if kind == "unicode":
        return b"\\xff".decode()
    raise getattr(__builtins__, kind, None) or __builtins__[kind]

def write(x):
    x = np.asarray(x)
    x[0] = 99
    return x

def write_inside(d):
    d["w"][0] += 1

def overflows(x):
    return np.exp(x)

def keeps(x):
    return {"view": x[1:], "n": 1}

def apply(f, *args):
    return f(*args)

def apply_safely(f):
    try:
        return f()
    except ZeroDivisionError:
        return "caught"

def apply_many(f, n):
    return [f(i) for i in range(n)]

def draw(rng, n):
    return rng.normal(size=n)

def draw_int(rng):
    return rng.integers(10, dtype=np.uint16), rng.spawn(1)[0].normal()

def unseeded():
    return np.random.default_rng().normal(), np.random.rand()

def prints(text, times=1):
    for _ in range(times):
        print(text)

def ordered():
    return collections.OrderedDict(b=1)

Pair = collections.namedtuple("Pair", "x y")

def pair():
    return Pair(1, 2)

def a_set():
    return {1, 2}

def objects():
    return np.array([None, {}], dtype=object)

def counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step

def numbers(n):
    for i in range(n):
        yield i

def endless():
    while True:
        yield 0

def kind_of(x):
    return type(x).__name__

def zeros(dtype):
    return np.zeros(2, dtype=dtype)

class Value:
    def __init__(self, data):
        self.data = data
        self.grad = np.zeros(2)
    def _other(self, other):
        return other.data if isinstance(other, Value) else other
    def __add__(self, other): return Value(self.data + self._other(other))
    def __radd__(self, other): return Value(self._other(other) + self.data)
    def __sub__(self, other): return Value(self.data - self._other(other))
    def __rsub__(self, other): return Value(self._other(other) - self.data)
    def __mul__(self, other): return Value(self.data * self._other(other))
    def __rmul__(self, other): return Value(self._other(other) * self.data)
    def __truediv__(self, other): return Value(self.data / self._other(other))
    def __rtruediv__(self, other): return Value(self._other(other) / self.data)
    def __floordiv__(self, other): return Value(self.data // self._other(other))
    def __mod__(self, other): return Value(self.data % self._other(other))
    def __pow__(self, other): return Value(self.data ** self._other(other))
    def __rpow__(self, other): return Value(self._other(other) ** self.data)
    def __matmul__(self, other): return Value(self.data @ self._other(other))
    def __rmatmul__(self, other): return Value(self._other(other) @ self.data)
    def __neg__(self): return Value(-self.data)
    def __pos__(self): return Value(+self.data)
    def __abs__(self): return Value(abs(self.data))
    def __eq__(self, other): return True
    def __bool__(self): return True
    def __len__(self): return 3
    def __getitem__(self, key): return key
    def __setitem__(self, key, value): self.data = (key, value)
    def __contains__(self, x): return x == 7
    def __call__(self, x, scale=1): return self.data * x * scale
    def double(self): return Value(2 * self.data)

class Stack(list):
    def top(self):
        return self[-1]

@dataclasses.dataclass
class Config:
    rate: float = 0.1
"""


@pytest.fixture(scope="module")
def lived(sandbox: Sandbox) -> Iterator[Host]:
    with sandbox.host(SOURCE, "work.py", seed=7) as host:
        yield host


@pytest.fixture
def s(lived: Host) -> Any:
    lived.begin()
    return lived.submission


def test_plain_values_come_back(s: Any) -> None:
    value = {"a": (1, 2.5, None, True), 3: [b"x", 1j, "y", 10**40]}
    assert s.same(value) == value
    assert s.both(1, k=[2]) == ((1,), {"k": [2]})


def test_module_level_data_is_a_value(s: Any) -> None:
    assert s.RATE == 0.5
    assert s.TABLE == {"a": [1, 2]}


def test_a_missing_name_tells_close_ones(s: Any) -> None:
    with pytest.raises(MissingName) as raised:
        _ = s.appli
    assert raised.value.name == "appli"
    assert raised.value.near[0] == "apply"
    assert "did you mean apply" in str(raised.value)
    with pytest.raises(AttributeError):
        _ = s.np


def test_private_names_and_setting_are_refused(s: Any) -> None:
    with pytest.raises(AttributeError):
        _ = s._private
    with pytest.raises(AttributeError):
        s.RATE = 1


def test_each_calls_many_times_in_one_round_trip(lived: Host, s: Any) -> None:
    assert s.same.each([(1,), (2.0,), (np.arange(2),)])[:2] == [1, 2.0]
    assert len(lived.events) == 1


def test_one_array_passed_twice_is_one_object(s: Any) -> None:
    a = np.ones(3)
    assert s.is_same(a, a) is True
    assert s.is_same(a, a.copy()) is False


def test_subclasses_come_back_flat(s: Any) -> None:
    assert type(s.ordered()) is dict
    assert s.pair() == (1, 2)
    assert s.same(collections.OrderedDict(a=1)) == {"a": 1}


def test_sets_and_object_arrays_are_handles(s: Any) -> None:
    assert handle_class(s.a_set()) == "set"
    assert sorted(s.a_set()) == [1, 2]
    assert handle_class(s.objects()) == "ndarray"


def test_dtypes_types_and_slices_can_be_sent(s: Any) -> None:
    assert s.zeros(np.float32).dtype == np.float32
    assert s.zeros(np.dtype("i4")).dtype == np.int32
    assert s.zeros(int).dtype == np.int64
    assert s.Value(1)[1:3, ..., None] is not None


def test_what_can_not_be_sent_is_the_checks_own_type_error(s: Any) -> None:
    with pytest.raises(wire.CannotSend, match="set"):
        s.same({1})
    with pytest.raises(TypeError, match="RandomState"):
        s.same(np.random.RandomState(0))
    assert s.same(1) == 1


# Errors.


@pytest.mark.parametrize(
    "name", ["ValueError", "TypeError", "KeyError", "ZeroDivisionError", "StopIteration", "OSError"]
)
def test_built_in_exceptions_keep_their_class(s: Any, name: str) -> None:
    with pytest.raises(SubmissionError) as raised:
        s.raises(name)
    assert raised.value.kind == name
    assert any(c.__name__ == name and c.__module__ == "builtins" for c in type(raised.value).__mro__)


def test_an_error_tells_the_learners_line_and_function(s: Any) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        s.apply(lambda: 1 / 0)
    with pytest.raises(ValueError, match="custom") as raised_by_them:
        s.boss(1)
    line = SOURCE.splitlines().index('    raise Boss("custom")') + 1
    error = raised_by_them.value
    assert isinstance(error, SubmissionError)
    assert (error.line, error.function, error.kind, error.loading) == (line, "boss", "Boss", False)
    assert not isinstance(raised.value, SubmissionError)


def test_text_of_an_error_is_cleaned(s: Any) -> None:
    with pytest.raises(SubmissionError) as raised:
        s.raises("custom")
    assert "\x1b" not in raised.value.text
    assert "\u202e" not in raised.value.text


def test_an_error_that_can_not_be_shown_is_still_an_error(s: Any) -> None:
    with pytest.raises(SubmissionError) as raised:
        s.raises("weird")
    assert raised.value.kind == "Weird"


def test_known_special_errors_are_mapped(s: Any) -> None:
    for kind, cls in [
        ("todo", NotImplementedError),
        ("singular", np.linalg.LinAlgError),
        ("recursion", RecursionError),
        ("unicode", UnicodeDecodeError),
    ]:
        with pytest.raises(cls) as raised:
            s.raises(kind)
        assert isinstance(raised.value, SubmissionError)
        assert str(raised.value)


# Observing.


def test_frozen_arrays_raise_at_the_learners_line(s: Any) -> None:
    with pytest.raises(ValueError, match="read-only") as raised:
        s.write.frozen(np.zeros(3))
    assert isinstance(raised.value, SubmissionError)
    assert raised.value.read_only_write
    assert raised.value.line == SOURCE.splitlines().index("    x[0] = 99") + 1
    with pytest.raises(ValueError, match="read-only") as nested:
        s.write_inside.frozen({"w": np.zeros(3)})
    assert nested.value.read_only_write  # type: ignore[attr-defined]
    assert s.same.frozen([np.ones(2)]).value[0].tolist() == [1, 1]


def test_observed_tells_of_changed_arguments(s: Any) -> None:
    assert s.write.observed(np.zeros(3)).changed
    assert s.write_inside.observed({"w": np.zeros(3)}).changed
    assert not s.keeps.observed(np.array([np.nan, 1.0])).changed


def test_observed_tells_of_shared_memory(s: Any) -> None:
    assert s.keeps.observed(np.zeros(3)).shares
    assert not s.overflows.observed(np.zeros(3)).shares


def test_observed_tells_of_flags_but_not_of_underflow(s: Any) -> None:
    assert s.overflows.observed(np.array([1e4])).flags == {"overflow"}
    assert s.overflows.observed(np.array([-1e4])).flags == frozenset()
    assert np.isinf(s.overflows(np.array([1e4])))


# Callbacks and generators.


def test_callables_become_callbacks(s: Any) -> None:
    assert s.apply(lambda x, y: x + y, 2, 3) == 5
    assert s.apply(np.sin, 1.0) == np.sin(1.0)
    assert s.apply_many(lambda i: i * i, 5) == [0, 1, 4, 9, 16]


def test_a_function_of_the_submission_passed_back_is_itself(lived: Host, s: Any) -> None:
    assert s.apply(s.same, 3) == 3
    assert s.kind_of(s.same) == "function"


def test_a_callback_may_call_the_submission_again(s: Any) -> None:
    assert s.apply(lambda x: s.same(x) + 1, 1) == 2


def test_an_exception_of_a_callback_is_met_by_the_submission(s: Any) -> None:
    assert s.apply_safely(lambda: 1 / 0) == "caught"


class OwnError(Exception):
    """A check's own exception."""


def test_an_exception_of_a_callback_that_escapes_comes_back(s: Any) -> None:
    def boom() -> None:
        raise OwnError("mine")

    with pytest.raises(OwnError, match="mine") as raised:
        s.apply_safely(boom)
    assert isinstance(raised.value.__cause__, SubmissionError)
    assert s.same(1) == 1


@pytest.mark.parametrize("kind", ["MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64"])
def test_generators_draw_on_over_calls(s: Any, kind: str) -> None:
    def fresh() -> np.random.Generator:
        return np.random.Generator(getattr(np.random, kind)(5))

    sent, kept = fresh(), fresh()
    for n in (1, 3, 2):
        assert np.array_equal(s.draw(sent, n), kept.normal(size=n))
    for _ in range(2):
        assert s.draw_int(sent) == (kept.integers(10, dtype=np.uint16), kept.spawn(1)[0].normal())


def test_generators_without_a_seed_are_the_same_each_time(lived: Host, sandbox: Sandbox) -> None:
    drawn = []
    for _ in range(2):
        with sandbox.host(SOURCE, "work.py", seed=7) as host:
            drawn.append(host.submission.unseeded())
    assert drawn[0] == drawn[1]


# Printing.


def test_printed_text_is_kept_cleaned_and_cut(lived: Host, s: Any) -> None:
    s.prints("\x1b[2Jhello")
    assert "hello" in lived.printed
    assert "\x1b" not in lived.printed
    lived.begin()
    s.prints("x" * 1000, 200)
    assert len(lived.printed) < 70_000
    assert "more characters" in lived.printed


# Handles.


def test_a_class_is_called_and_gives_a_handle(s: Any) -> None:
    v = s.Value(3)
    assert handle_class(v) == "Value"
    assert repr(v) == "<Value object of the submission>"
    assert v.data == 3
    assert handle_class(s.Stack([1, 2])) == "Stack"
    assert s.Stack([1, 2]).top() == 2
    assert s.Config().rate == 0.1


def test_attributes_items_and_methods(s: Any) -> None:
    v = s.Value(3)
    v.data = 4
    assert v.double().double().data == 16
    assert v["key"] == "key"
    v[1] = 2
    assert v.data == (1, 2)
    assert len(v) == 3
    assert (7 in v, 8 in v) == (True, False)
    assert v.grad.tolist() == [0, 0]
    with pytest.raises(AttributeError):
        _ = v.nothing


def test_methods_can_be_observed_and_asked_for_many_points(s: Any) -> None:
    v = s.Value(3)
    assert v.double.observed().flags == frozenset()
    assert [h.data for h in v.double.each([(), ()])] == [6, 6]


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("a + b", 9), ("a - b", 3), ("a * b", 18), ("a / b", 2), ("a // b", 2), ("a % b", 0), ("a ** b", 216),
        ("a + 1", 7), ("1 + a", 7), ("1 - a", -5), ("2 * a", 12), ("3 / a", 0.5), ("2 ** a", 64), ("a ** 2", 36),
        ("-a", -6), ("+a", 6), ("abs(-a)", 6), ("a * b + 1", 19), ("np.float64(2) * a", 12), ("a(2, scale=3)", 36),
    ],
)  # fmt: skip
def test_arithmetic_runs_in_the_worker(s: Any, expression: str, result: float) -> None:
    value = eval(expression, {"a": s.Value(6), "b": s.Value(3), "np": np, "abs": abs})
    assert getattr(value, "data", value) == result


def test_arithmetic_with_arrays_reaches_the_learners_methods(s: Any) -> None:
    v = s.Value(np.eye(2))
    a = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert (a * v).data.tolist() == [[1, 0], [0, 4]]
    assert (a @ v).data.tolist() == a.tolist()
    assert (v @ a).data.tolist() == a.tolist()


def test_a_handle_has_no_truth_and_can_not_be_compared(s: Any) -> None:
    v = s.Value(1)
    with pytest.raises(TypeError, match="truth value"):
        bool(v)
    for compare in ("v == 1", "v != 1", "1 == v", "v < 1", "v >= v", "np.ones(2) == v"):
        with pytest.raises(TypeError):
            eval(compare, {"v": v, "np": np})
    with pytest.raises(TypeError, match="not an array"):
        np.asarray(v)
    with pytest.raises(TypeError, match="copied"):
        copy.deepcopy(v)


def test_closures_generators_and_iterators_are_driven(s: Any) -> None:
    step = s.counter()
    assert [step(), step()] == [1, 2]
    made = s.numbers(3)
    assert next(made) == 0
    assert list(made) == [1, 2]
    with pytest.raises(StopIteration):
        next(made)
    assert s.kind_of(s.numbers(1)) == "generator"


def test_a_handle_can_be_sent_back(s: Any) -> None:
    v = s.Value(1)
    assert s.is_same(v, v) is True
    assert s.kind_of([v]) == "list"


def test_many_live_objects_are_no_trouble(s: Any) -> None:
    v = s.Value(0)
    for _ in range(200):
        v = v + 1
    assert v.data == 200


def test_an_endless_iterator_is_cut_off(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.sandbox import SubmissionDied, handle

    monkeypatch.setattr(handle, "_MAX_STEPS", 50)
    with sandbox.host(SOURCE, "work.py") as host, pytest.raises(SubmissionDied, match="more than 50 values"):
        list(host.submission.endless())
