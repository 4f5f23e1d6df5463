"""
tries: keep hidden inputs and show them where printing is shown, in a visible check that runs later
expect: {rest: PASSED}
"""
# + honest.py
_seen = []


def value(x):
    _seen.append(x)
    return 2.0 * x


def shown(x):
    if _seen:
        print("smuggled", _seen)
        raise ValueError(f"smuggled {_seen}")
    return 2.0 * x
