"""
tries: raise an exception whose text never ends, or can't be made
expect: {value: TIMEOUT, array: ERROR, callback: ERROR, containers: ERROR, rest: PASSED}
"""
# + honest.py


class _Endless(Exception):
    def __str__(self):
        while True:
            pass


class _Raises(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__


class _Number(Exception):
    def __str__(self):
        return 7


class _Exits(Exception):
    def __str__(self):
        os._exit(0)


def value(x):
    raise _Endless


def array(a):
    raise _Raises


def callback(f, x):
    raise _Number


def containers(x):
    raise _Exits
