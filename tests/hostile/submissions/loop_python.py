"""
tries: loop for ever
expect: {value: TIMEOUT, rest: PASSED}
weak: {value: TIMEOUT, rest: PASSED}
"""
# + honest.py


def value(x):
    while True:
        pass
