"""
tries: answer with numbers of millions of digits
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: ERROR, draw: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    return 1 << 8_000_000


def array(a):
    _answer(b'{"v":' + b"9" * 4_000_000 + b"}")


def callback(f, x):
    _answer({"v": {"$": "i", "v": "0x" + "f" * 4_000_000}})


def containers(x):
    _answer({"v": {"$": "i", "v": "__import__('os')"}})


def draw(rng):
    _answer(b'{"v":' + b"1" * 4299 + b"}")
