"""
tries: never stop answering
expect: {value: PASSED, array: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    seq = _seq()
    while True:
        _send(_REPLY, seq, {"v": 2.0 * x, "pad": "x" * 100_000})
