"""
tries: write noise where an answer belongs
expect: {value: ERROR, array: ERROR, callback: ERROR, rest: PASSED}
weak: {value: ERROR, array: ERROR, callback: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    os.write(_descriptor(), bytes(range(256)) * 8)
    return 2.0 * x


def array(a):
    os.write(_descriptor(), bytes(64))
    return a * a


def callback(f, x):
    os.write(_descriptor(), b"HTTP/1.1 200 OK\r\n\r\n{}")
    return f(x) + f(-x)
