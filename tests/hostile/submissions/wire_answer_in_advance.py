"""
tries: answer the next question before it is asked
expect: {value: PASSED, array: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    # Longer than one read, so that the second can't be taken with it; written at once, so that it is there
    # before the first is read, however busy the machine is.
    first = _frame(_REPLY, _seq(), {"v": 2.0 * x, "pad": "x" * 100_000})
    _write(first + _frame(_REPLY, _seq() + 1, {"v": None}))
    _silence()
