"""
tries: write much, but less than is allowed, to the raw output, without being read meanwhile
expect: {rest: PASSED}
"""
# + honest.py


def value(x):
    for _ in range(6):
        os.write(1, b"\x1b[2J\x00\xff" * 20_000)
    return 2.0 * x
