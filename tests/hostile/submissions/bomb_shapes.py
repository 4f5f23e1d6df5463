"""
tries: announce arrays of more memory than there is, with none behind
expect: {value: ERROR, array: ERROR, callback: ERROR, containers: ERROR, draw: ERROR, rest: PASSED}
"""
# + honest.py
# + frames.py


def _array(shape, dtype="<f8", **more):
    return {"v": {"$": "a", "d": dtype, "s": shape, "b": 0} | more}


def value(x):
    _answer(_array([1 << 39, 1 << 39]))


def array(a):
    _answer(_array([1 << 39, 0, 1 << 39]))


def callback(f, x):
    _answer(_array([1] * 4000), bytes(8))


def containers(x):
    _answer(_array([-1]), bytes(8))


def draw(rng):
    _answer(_array([3], "|O"), bytes(24))
