"""
tries: keep the check's function and call it in later checks, and from a finaliser
expect: {rest: PASSED}
"""
# + honest.py
_kept = []


def callback(f, x):
    _kept.append(f)
    return f(x) + f(-x)


class _Late:
    def __del__(self):
        _kept[0](1.0)


def last(x):
    _Late()
    if not isinstance(_kept[0](x), float):
        raise TypeError
    return x + 1.0
