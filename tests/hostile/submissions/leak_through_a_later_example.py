"""
tries: keep hidden inputs and show them where printing is shown, in a visible check that runs later
expect: {again: ERROR, rest: PASSED}
"""
# + honest.py
_seen = []


def value(x):
    _seen.append(x)
    return 2.0 * x


def shown(x):
    if _seen:
        print("tattle", _seen)
        raise ValueError(f"tattle {_seen}")
    return 2.0 * x
