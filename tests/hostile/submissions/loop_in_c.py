"""
tries: stay for ever in one call that never comes back to Python
expect: {value: TIMEOUT, array: TIMEOUT, rest: PASSED}
"""
# + honest.py
import itertools
import re


def value(x):
    return sum(itertools.repeat(1.0))


def array(a):
    return re.match(r"(a+)+$", "a" * 60 + "b")
