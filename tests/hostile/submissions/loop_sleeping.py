"""
tries: sleep, which uses no processor time
expect: {value: TIMEOUT, rest: PASSED}
weak: {value: TIMEOUT, rest: PASSED}
"""
# + honest.py
import time


def value(x):
    time.sleep(3600)
    return 2.0 * x
