"""
tries: answer other questions than the one that was asked, before and after
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    _send(_REPLY, _seq() + 1, {"v": 2.0 * x})
    return 2.0 * x


def array(a):
    _send(_REPLY, 0, {"v": 0})
    return a * a


def callback(f, x):
    _send(_READY, 0, {})
    return f(x) + f(-x)


def containers(x):
    _send(250, _seq(), {"v": 0})
    return {}
