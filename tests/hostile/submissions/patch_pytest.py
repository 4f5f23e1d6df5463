"""
tries: put its own pytest, grader and builtins in place, and catch assertions
expect: {value: FAILED, array: FAILED, rest: PASSED}
"""
# + honest.py
import builtins
import sys
import types


def _module(name):
    made = types.ModuleType(name)
    made.__getattr__ = lambda _: lambda *a, **k: None
    sys.modules[name] = made


for _name in ("pytest", "_pytest", "_pytest.outcomes", "_pytest.runner", "grader", "grader.testing", "grader.checking.compare", "test_probe", "probe"):
    _module(_name)
builtins.AssertionError = builtins.RuntimeError = type("Quiet", (Exception,), {})
builtins.abs = lambda x: 0.0
sys.excepthook = sys.unraisablehook = lambda *_: None


def value(x):
    return -x


def array(a):
    return -a
