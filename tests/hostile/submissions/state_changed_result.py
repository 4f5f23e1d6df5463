"""
tries: change a result after it was returned
expect: {handle: PASSED, rest: PASSED}
"""
# + honest.py
_given = []


def array(a):
    _given.append(a * a)
    return _given[-1]


def callback(f, x):
    _given[-1][:] = 0.0
    return f(x) + f(-x)
