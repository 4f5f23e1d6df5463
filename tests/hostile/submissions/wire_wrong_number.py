"""
tries: answer other questions than the one that was asked, before and after
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py
_PAD = "x" * 100_000  # longer than one read, so that each is taken by itself


def value(x):
    _send(_REPLY, _seq() + 1, {"v": 2.0 * x, "pad": _PAD})
    return 2.0 * x


def array(a):
    _send(_REPLY, 0, {"v": 0, "pad": _PAD})
    return a * a


def callback(f, x):
    _send(_READY, 0, {"pad": _PAD})
    return f(x) + f(-x)


def containers(x):
    _send(250, _seq(), {"v": 0, "pad": _PAD})
    return {}
