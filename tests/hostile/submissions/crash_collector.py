"""
tries: break the interpreter's own objects, so that it falls over after the answer
expect: {value: ERROR, rest: PASSED}
"""
# + honest.py
import gc


def value(x):
    import ctypes

    # None's type becomes nothing.
    ctypes.memset(id(None), 0, 16)
    gc.collect()
    return None
