"""
tries: refer to one large array many times, so that comparing it would take memory without end
expect: {value: ERROR, array: ERROR, callback: ERROR, rest: PASSED}
"""
# + honest.py
import numpy as np


def value(x):
    return [np.ones(1 << 17)] * 2048


def array(a):
    return [[np.ones((1024, 1024))] * 64] * 4


def callback(f, x):
    return f(x, [np.ones(1 << 17)] * 2048)
