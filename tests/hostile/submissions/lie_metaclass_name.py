"""
tries: answer with objects whose class can't tell its name, or tells no text
expect: {value: ERROR, array: ERROR, rest: PASSED}
"""
# + honest.py


class _Raises(type):
    @property
    def __name__(cls):
        raise ValueError("no name")


class _Number(type):
    __name__ = property(lambda cls: 7)


def value(x):
    return _Raises("A", (), {})()


def array(a):
    return _Number("B", (), {})()
