"""
tries: keep arguments and change them later, while other checks run
expect: {rest: PASSED}
"""
# + honest.py
_kept = []


def value(x):
    for kept in _kept:
        kept[:] = 0.0
    return 2.0 * x


def array(a):
    for kept in _kept:
        kept[:] = 1e9
    _kept.append(a)
    return a * a


def containers(x):
    for kept in _kept:
        try:
            kept.resize((1000, 1000), refcheck=False)
        except ValueError:
            kept.shape = (12,)
    return {"pair": (x, -x), "powers": [1.0, x, x * x]}
