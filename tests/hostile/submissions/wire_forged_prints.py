"""
tries: report printed text that is no text, and losses that are no numbers
expect: {value: ERROR, array: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    _answer({"v": 2.0 * x, "out": 7})


def array(a):
    _answer({"v": 0, "out": "x", "lost": "many"})
