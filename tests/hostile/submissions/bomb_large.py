"""
tries: answer with as much as may be sent - a large array, many small ones, long texts
expect: {value: FAILED, array: FAILED, callback: FAILED, containers: ERROR, rest: PASSED}
"""
# + honest.py
import numpy as np


def value(x):
    return np.zeros(1 << 22)


def array(a):
    return [np.zeros(1)] * 1000


def callback(f, x):
    return ["x" * 1000] * 2000


def containers(x):
    return ["x" * (1 << 20)] * 16
