"""
tries: give numpy and the integers a task that takes minutes
expect: {value: TIMEOUT, array: TIMEOUT, rest: PASSED}
"""
# + honest.py
import numpy as np


def value(x):
    return float(len(str(7 ** 9_000_000 % 3**8_000_000)))


def array(a):
    big = np.ones((2000, 2000))
    for _ in range(1000):
        big = big @ big
    return big
