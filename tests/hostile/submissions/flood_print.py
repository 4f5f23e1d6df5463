"""
tries: print 50 MB, and then print for ever
expect: {array: TIMEOUT, rest: PASSED}
"""
# + honest.py


def value(x):
    for _ in range(50):
        print("x" * (1 << 20))
    return 2.0 * x


def array(a):
    while True:
        print("x" * 1000)
