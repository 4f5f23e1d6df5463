"""
tries: grow until memory ends, swallow the error, and go on
expect: {rest: PASSED}
"""
# + honest.py


def value(x):
    grown = []
    try:
        while True:
            grown.append(bytearray(1 << 24))
    except MemoryError:
        if len(grown) > 64:
            _breach(f"{len(grown) * 16} MB")
        grown.clear()
    return 2.0 * x
