"""
tries: write without end to the raw output, past Python
expect: {value: ERROR, array: ERROR, rest: PASSED}
weak: {value: ERROR, array: ERROR, rest: PASSED}
"""
# + honest.py


def value(x):
    while True:
        os.write(1, b"x" * 65536)


def array(a):
    while True:
        os.write(2, b"\n" * 4096)
