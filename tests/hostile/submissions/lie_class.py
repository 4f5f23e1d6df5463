"""
tries: give itself out for another class, by __class__, by its metaclass and by its name
expect: {value: FAILED, array: FAILED, containers: FAILED, rest: PASSED}
"""
# + honest.py
import numpy as np


class _Pretends:
    @property
    def __class__(self):
        return float


class _Meta(type):
    __name__ = property(lambda cls: "float")
    __module__ = property(lambda cls: "builtins")
    __mro__ = property(lambda cls: float.__mro__)
    __instancecheck__ = __subclasscheck__ = lambda cls, other: True


class _Pretended(metaclass=_Meta):
    pass


def value(x):
    return _Pretends()


def array(a):
    return _Pretended()


def containers(x):
    return type("dict", (), {"__class__": dict, "keys": lambda s: ["pair", "powers"], "__getitem__": lambda s, k: 1})()
