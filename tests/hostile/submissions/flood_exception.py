"""
tries: raise texts of 50 MB, in the exception, its class's name and its notes
expect: {value: ERROR, array: ERROR, callback: ERROR, rest: PASSED}
"""
# + honest.py


def value(x):
    raise ValueError("x" * 50_000_000)


def array(a):
    raise type("N" * 10_000_000, (Exception,), {})("x")


def callback(f, x):
    error = ValueError("x")
    for _ in range(10_000):
        error.add_note("x" * 1000)
    raise error
