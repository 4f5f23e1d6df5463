"""
tries: answer with bit patterns that no computation gives - truth values of 255, broken long doubles, signalling nans
expect: {example: FAILED, again: FAILED, value: FAILED, array: FAILED, callback: FAILED, containers: FAILED, draw: FAILED, rest: PASSED}
"""
# + honest.py
import numpy as np


def _long(byte):
    return np.frombuffer(bytes([byte]) * np.longdouble(0).nbytes * 12, dtype=np.longdouble)


def shown(x):
    return _long(0x41)[0]


def value(x):
    return np.frombuffer(b"\xff", dtype=bool)[0]


def array(a):
    return _long(0x7F).reshape(3, 4)


def callback(f, x):
    return np.frombuffer(b"\x01\0\0\0\0\0\xf0\x7f", dtype=float)[0]


def containers(x):
    return {"pair": (_long(0x80)[0], x), "powers": np.frombuffer(b"\x02\x03\x80", dtype=bool)}


def draw(rng):
    return np.frombuffer(bytes([0xFF]) * np.clongdouble(0).nbytes * 3, dtype=np.clongdouble)
