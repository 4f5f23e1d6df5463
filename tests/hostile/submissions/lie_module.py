"""
tries: answer for every name, by a module's __getattr__, and be another object than its file made
expect: {value: MISSING, array: MISSING, callback: MISSING, rest: PASSED}
"""
# + honest.py
import sys

del value, array, callback


class _Anything:
    def __getattr__(self, name):
        return lambda *a, **k: 4.0


def __getattr__(name):
    return lambda *a, **k: 4.0


sys.modules[__name__] = _Anything()
