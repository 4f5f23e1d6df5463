"""
tries: leave the agent no room to answer
expect: {value: FAILED, rest: PASSED}
"""
# + honest.py
import sys


def value(x):
    # The limit stays as it is, so the agent answers, and the answer is a wrong one.
    sys.setrecursionlimit(12)
    return {"a": [[[[[[[[2.0 * x]]]]]]]]}
