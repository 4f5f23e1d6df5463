"""
tries: read where nothing is, through ctypes, a forged array, and a forged code object
expect: {value: ERROR, array: ERROR, callback: ERROR, rest: PASSED}
weak: {value: ERROR, array: ERROR, callback: ERROR, rest: PASSED}
"""
# + honest.py
import sys


def value(x):
    import ctypes

    return ctypes.string_at(16, 10)


def array(a):
    import numpy as np

    return np.lib.stride_tricks.as_strided(a, (1 << 20,), (1 << 30,)).sum()


def callback(f, x):
    # LOAD_CONST far past the constants.
    wide = bytes([144, 127, 144, 255, 144, 255, 100, 255, 83, 0])
    code = (lambda: None).__code__.replace(co_code=wide, co_stacksize=4)
    return type(_breach)(code, {})()
