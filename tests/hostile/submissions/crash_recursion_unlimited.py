"""
tries: recurse until the stack or the memory ends, with the limit taken off
expect: {value: ERROR, array: ERROR, rest: PASSED}
"""
# + honest.py
import sys


def value(x):
    sys.setrecursionlimit(10**9)
    held = bytes(1 << 16)
    return value(x) + len(held)


class _Deep:
    def __repr__(self):
        return repr([self])


def array(a):
    sys.setrecursionlimit(10**9)
    return repr(_Deep())
