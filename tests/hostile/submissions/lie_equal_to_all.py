"""
tries: answer with an object that says yes to every comparison and converts to whatever is wanted
expect: {example: FAILED, again: FAILED, value: FAILED, array: FAILED, callback: FAILED, containers: FAILED, draw: FAILED, rest: PASSED}
weak: {example: FAILED, again: FAILED, value: FAILED, array: FAILED, callback: FAILED, containers: FAILED, draw: FAILED, rest: PASSED}
"""
# + honest.py
import numpy as np


class _Yes:
    shape, dtype, ndim, size, nbytes = (3, 4), np.dtype(float), 2, 12, 96
    __array_priority__ = 1e9

    def _self(self, *_, **__):
        return self

    def _true(self, *_, **__):
        return True

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = _true
    __add__ = __sub__ = __mul__ = __radd__ = __rsub__ = __rmul__ = __abs__ = __neg__ = __getitem__ = __call__ = _self
    __float__ = lambda self: 4.0
    __int__ = __index__ = __len__ = lambda self: 3
    __hash__ = lambda self: 0
    __array__ = lambda self, *_, **__: np.zeros((3, 4))
    __array_ufunc__ = __array_function__ = _true
    __iter__ = lambda self: iter([4.0] * 3)
    __instancecheck__ = __subclasscheck__ = _true


def shown(x):
    return _Yes()


value = array = shown


def callback(f, x):
    return _Yes()


def containers(x):
    return {"pair": _Yes(), "powers": _Yes()}


def draw(rng):
    return _Yes()
