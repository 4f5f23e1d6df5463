"""
tries: nothing; it recurses within reason
expect: {rest: PASSED}
"""
# + honest.py


def _down(n, x):
    return x if n == 0 else _down(n - 1, x)


def value(x):
    return 2.0 * _down(700, x)


def array(a):
    try:
        _down(10**6, 0)
    except RecursionError:
        pass
    return a * a
