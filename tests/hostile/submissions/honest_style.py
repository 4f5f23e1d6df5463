"""
tries: nothing; its functions are lambdas, partials, callable objects, closures and cached
expect: {rest: PASSED}
"""
# + honest.py
import functools
import operator

shown = lambda x: 2.0 * x
value = functools.partial(operator.mul, 2.0)


class _Square:
    def __call__(self, a):
        return a * a


array = _Square()


def _make():
    cache = {}

    def last(x):
        return cache.setdefault(x, x + 1.0)

    return last


last = _make()


@functools.cache
def _power(x, p):
    return 1.0 if p == 0 else x * _power(x, p - 1)


def containers(x):
    global _counter
    _counter = globals().get("_counter", 0) + 1
    return {"pair": (x, -x), "powers": [_power(x, p) for p in range(3)]}
