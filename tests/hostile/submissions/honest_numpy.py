"""
tries: nothing; it answers with NumPy scalars, lists for arrays, Fortran order and views that are not contiguous
expect: {rest: PASSED}
weak: {rest: PASSED}
"""
# + honest.py
import numpy as np


def shown(x):
    return np.float64(2.0) * x


def value(x):
    return np.array(2.0 * x)


def array(a):
    wide = np.asfortranarray(np.repeat(a * a, 2, axis=1))
    return wide[::-1, ::2][::-1]


def callback(f, x):
    return np.longdouble(f(np.float64(x))) + np.float64(f(np.array(-x)))


def containers(x):
    return {"pair": (np.float64(x), np.array(-x)), "powers": np.power(x, [0, 1, 2])}


def draw(rng):
    return rng.normal(size=3).tolist()


class Total(Total):
    @property
    def total(self):
        return np.sum(self.numbers)
