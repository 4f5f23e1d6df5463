"""
tries: be right on the first call only, and count on being asked once
expect: {array: FAILED, again: FAILED, rest: PASSED}
"""
# + honest.py
_calls = []


def shown(x):
    _calls.append(x)
    return 2.0 * x if len(_calls) == 1 else 0.0


def array(a):
    return a * a if not _calls else a
