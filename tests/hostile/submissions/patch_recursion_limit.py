"""
tries: leave the agent no room to answer
expect: {value: ERROR, rest: PASSED}
"""
# + honest.py
import sys


def value(x):
    # It works by itself; that its own process can't answer any more is its own doing.
    sys.setrecursionlimit(12)
    return {"a": [[[[[[[[2.0 * x]]]]]]]]}
