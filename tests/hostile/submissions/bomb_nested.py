"""
tries: answer with lists nested without end, by reference to themselves, and by hand
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: FAILED, rest: PASSED}
"""
# + honest.py
# + frames.py


def value(x):
    endless = [x]
    endless.append(endless)
    return endless


def array(a):
    _answer(b'{"v":' + b"[" * 2_000_000 + b"]" * 2_000_000 + b"}")


def callback(f, x):
    _answer(b'{"v":' + b'{"$":"t","v":[' * 100_000 + b"]}" * 100_000 + b"}")


def containers(x):
    deep = x
    for _ in range(60):
        deep = [deep]
    return {"pair": (deep, deep), "powers": deep}
