import os


def shown(x):
    return 2.0 * x


def value(x):
    return 2.0 * x


def array(a):
    return a * a


def callback(f, x):
    return f(x) + f(-x)


def containers(x):
    return {"pair": (x, -x), "powers": [1.0, x, x * x]}


def draw(rng):
    return rng.normal(size=3)


class Total:
    def __init__(self):
        self.numbers = []

    def add(self, number):
        self.numbers.append(number)

    @property
    def total(self):
        return sum(self.numbers)

    def steps(self):
        yield from self.numbers


def last(x):
    return x + 1.0


def _breach(what):
    """Tell, past all buffers, that an attack has got through."""
    os.write(1, f"\nBREACH: {what}\n".encode(errors="replace"))
