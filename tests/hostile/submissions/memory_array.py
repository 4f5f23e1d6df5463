"""
tries: take an array, a text, a number and a mapping of memory that are too large
expect: {value: ERROR, array: ERROR, callback: ERROR, rest: PASSED}
"""
# + honest.py
import numpy as np


def value(x):
    return float("1" * 10**10)


def array(a):
    return np.ones(10**9)


def callback(f, x):
    return f(1 << (10**11))
