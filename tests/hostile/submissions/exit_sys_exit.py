"""
tries: end the process tidily in the middle of a check, as if all were well
expect: {value: ERROR, rest: PASSED}
weak: {value: ERROR, rest: PASSED}
"""
# + honest.py
import sys


def value(x):
    sys.exit(0)
