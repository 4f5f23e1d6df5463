"""
tries: call functions that were never handed over, with what is no argument
expect: {value: ERROR, array: ERROR, callback: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    _send(_CALLBACK, 12345, {"v": [[], {"$": "m", "v": []}]})
    return 2.0 * x


def array(a):
    _send(_CALLBACK, 1, {})
    return a * a


def callback(f, x):
    _send(_CALLBACK, 1, {"v": [[x], {"$": "m", "v": [[1, 2]]}]})
    return f(x) + f(-x)
