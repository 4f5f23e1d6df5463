"""
tries: exit from a finaliser, which Python ignores, and from one that it can't ignore
expect: {array: ERROR, rest: PASSED}
"""
# + honest.py
import sys


class _Exits:
    def __del__(self):
        sys.exit(0)


class _Leaves:
    def __del__(self):
        os._exit(0)


def value(x):
    _Exits()
    return 2.0 * x


def array(a):
    _Leaves()
    return a * a
