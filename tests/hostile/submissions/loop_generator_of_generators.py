"""
tries: answer with generators where numbers belong, endless and late
expect: {value: FAILED, array: FAILED, containers: FAILED, rest: PASSED}
"""
# + honest.py
import itertools


def value(x):
    return itertools.count()


def array(a):
    yield from a
    raise ValueError("late")


def containers(x):
    return {"pair": (_ for _ in (x, -x)), "powers": map(lambda p: x**p, range(3))}
