"""Every value gets a running number when it is made; users always have a larger one than their inputs."""

import heapq
import itertools

import numpy as np

_numbers = itertools.count()


class Value:
    def __init__(self, data, inputs=()):
        self.data = np.float64(data)
        self.grad = 0.0
        self.inputs = inputs
        self.number = next(_numbers)

    @staticmethod
    def _wrap(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, other):
        other = Value._wrap(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __sub__(self, other):
        other = Value._wrap(other)
        return Value(self.data - other.data, ((self, 1.0), (other, -1.0)))

    def __mul__(self, other):
        other = Value._wrap(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __truediv__(self, other):
        other = Value._wrap(other)
        quotient = self.data / other.data
        return Value(quotient, ((self, 1.0 / other.data), (other, -quotient / other.data)))

    def __radd__(self, other):
        return Value._wrap(other) + self

    def __rsub__(self, other):
        return Value._wrap(other) - self

    def __rmul__(self, other):
        return Value._wrap(other) * self

    def __rtruediv__(self, other):
        return Value._wrap(other) / self

    def __pow__(self, n):
        return Value(self.data ** float(n), ((self, n * self.data ** float(n - 1)),))

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),))

    def exp(self):
        y = np.exp(self.data)
        return Value(y, ((self, y),))

    def log(self):
        return Value(np.log(self.data), ((self, 1.0 / self.data),))

    def tanh(self):
        return Value(np.tanh(self.data), ((self, 1.0 / np.cosh(self.data) ** 2),))

    def relu(self):
        on = self.data > 0
        return Value(self.data * on, ((self, 1.0 * on),))

    def backward(self):
        # A heap gives the youngest value first: all of its users have been through by then.
        self.grad = 1.0
        waiting, met = [(-self.number, self)], {self.number}
        while waiting:
            _, value = heapq.heappop(waiting)
            for source, slope in value.inputs:
                if source.number not in met:
                    met.add(source.number)
                    source.grad = 0.0
                    heapq.heappush(waiting, (-source.number, source))
                source.grad = source.grad + slope * value.grad
