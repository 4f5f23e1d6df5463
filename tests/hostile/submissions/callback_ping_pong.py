"""
tries: hand the check's function an object whose arithmetic calls that function again, without end
expect: {callback: ERROR, rest: PASSED}
"""
# + honest.py


class _Back:
    def __init__(self, f):
        self.f = f

    def __mul__(self, other):
        return self.f(self)

    __rmul__ = __add__ = __radd__ = __mul__


def callback(f, x):
    return f(_Back(f))
