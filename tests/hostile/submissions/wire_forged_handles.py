"""
tries: answer with handles that don't exist, with huge numbers and names that are no names
expect: {value: FAILED, array: ERROR, callback: ERROR, containers: ERROR, draw: FAILED, handle: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    _answer({"v": {"$": "h", "id": 77, "class": "\x1b]0;PASSED\x07\u202e" * 1000}})


def array(a):
    _answer({"v": {"$": "h", "id": -(10**4000), "class": "x"}})


def callback(f, x):
    _answer({"v": {"$": "h", "id": "1", "class": "x"}})


def containers(x):
    _answer({"v": {"$": "h", "id": 1, "class": None}})


def draw(rng):
    _answer({"v": [{"$": "h", "id": 1, "class": "x"}] * 3, "g": []})


class Total:
    def __init__(self):
        _answer({"v": {"$": "h", "id": 10**9, "class": "Total"}})
