"""
tries: answer with numbers that break comparisons - nan, infinities, huge integers, complex and negative zeros
expect: {example: FAILED, again: FAILED, value: FAILED, array: FAILED, callback: FAILED, containers: FAILED, draw: FAILED, handle: FAILED, rest: PASSED}
"""
# + honest.py
import numpy as np


def shown(x):
    return 10**2000


def value(x):
    return -(1 << 63)


def array(a):
    return np.full((3, 4), np.iinfo(np.int64).min)


def callback(f, x):
    return complex(float("nan"), float("inf"))


def containers(x):
    return {"pair": (10**400, float("inf")), "powers": [10**2000, True, None]}


def draw(rng):
    return np.array([np.uint64(2**64 - 1), 0, 1], dtype=np.uint64)


class Total(Total):
    total = -0.0
