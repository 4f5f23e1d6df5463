"""
message: The sign is turned around.
fails: [example, value, array, callback, containers, draw, handle, next, again]
"""


def shown(x):
    return -2.0 * x


value = shown


def array(a):
    return -a * a


def callback(f, x):
    return -f(x) - f(-x)


def containers(x):
    return {"pair": (-x, x), "powers": [-1.0, -x, -x * x]}


def draw(rng):
    return -rng.normal(size=3)


class Total:
    total = -1.0

    def add(self, number):
        pass


def last(x):
    return -x - 1.0
