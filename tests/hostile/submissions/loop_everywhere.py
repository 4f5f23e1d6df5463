"""
tries: use each check's whole time, so that the exercise's whole time must run out
expect: {rest: TIMEOUT}
"""
# + honest.py


def _loop(*_):
    while True:
        pass


shown = value = array = callback = containers = draw = Total = last = _loop
