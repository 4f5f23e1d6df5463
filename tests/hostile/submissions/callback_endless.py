"""
tries: call the check's function for ever
expect: {callback: TIMEOUT, rest: PASSED}
"""
# + honest.py


def callback(f, x):
    while True:
        f(x)
