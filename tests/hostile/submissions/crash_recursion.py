"""
tries: recurse without end, in Python and through C
expect: {value: ERROR, array: ERROR, callback: ERROR, rest: PASSED}
weak: {value: ERROR, array: ERROR, callback: ERROR, rest: PASSED}
"""
# + honest.py


class _Deep:
    def __repr__(self):
        return repr([self])

    def __getattr__(self, name):
        return getattr(self, name + "x")


def value(x):
    return value(x)


def array(a):
    return repr(_Deep())


def callback(f, x):
    return _Deep().x
