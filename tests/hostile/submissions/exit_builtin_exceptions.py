"""
tries: raise built-in exceptions that mean something to Python itself or take unusual arguments
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: ERROR, draw: ERROR, handle: ERROR, rest: PASSED}
"""
# + honest.py


def value(x):
    raise StopIteration(2.0 * x)


def array(a):
    raise ExceptionGroup("many", [ValueError("one"), TypeError("two")])


def callback(f, x):
    raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad")


def containers(x):
    raise AssertionError("a comparison?")


def draw(rng):
    raise FileNotFoundError(2, "gone", "/etc/passwd", None, "/etc/shadow")


class Total:
    def __init__(self):
        raise StopAsyncIteration
