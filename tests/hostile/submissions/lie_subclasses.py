"""
tries: answer wrongly with subclasses of the plain types that lie about what they hold
expect: {example: FAILED, again: FAILED, value: FAILED, array: FAILED, callback: FAILED, containers: FAILED, draw: FAILED, rest: PASSED}
"""
# + honest.py
import numpy as np


def _yes(self, *_):
    return True


def _me(self, *_):
    return self


_LIES = {"__eq__": _yes, "__ne__": lambda s, o: False, "__hash__": None} | dict.fromkeys(
    ("__sub__", "__rsub__", "__abs__", "__neg__", "__add__", "__mul__", "__float__"), _me
)


class _Float(float):
    locals().update(_LIES)
    hex = as_integer_ratio = __repr__ = __str__ = lambda self: "4.0"


class _Array(np.ndarray):
    locals().update(_LIES)
    shape = property(lambda self: (3, 4))
    tobytes = lambda self, *_: bytes(96)

    def __array_finalize__(self, other):
        self.__dict__["forged"] = True

    def __array_wrap__(self, *_):
        return True


class _Dict(dict):
    items = lambda self: [("pair", (1.0, -1.0)), ("powers", [1.0, 1.0, 1.0])]
    keys = __iter__ = lambda self: iter(["pair", "powers"])
    __len__ = lambda self: 2
    __getitem__ = get = lambda self, key: 1.0
    __contains__ = _yes


class _Tuple(tuple):
    __iter__ = lambda self: iter((1.0, -1.0))
    __len__ = lambda self: 3
    __getitem__ = lambda self, index: 1.0


class _Int(int):
    locals().update(_LIES)
    __index__ = __int__ = __add__ = lambda self, *_: 4


def shown(x):
    return _Float(-x)


def value(x):
    return _Int(-1)


def array(a):
    return (-a).view(_Array)


def callback(f, x):
    return _Float("nan")


def containers(x):
    return _Dict(pair=0)


def draw(rng):
    return _Tuple((0.0, 0.0, 0.0))
