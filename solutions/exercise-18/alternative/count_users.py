"""Kahn's algorithm: count the users of each value, and release it when the last has passed its gradient on."""

import math
from collections import Counter, deque


class Value:
    __slots__ = ("data", "grad", "parents", "slopes")

    def __init__(self, data):
        self.data = float(data)
        self.grad = 0.0
        self.parents, self.slopes = [], []

    def _apply(self, data, slope, other=None, other_slope=None):
        out = Value(data)
        out.parents, out.slopes = [self], [slope]
        if other is not None:
            out.parents.append(other)
            out.slopes.append(other_slope)
        return out

    def __add__(self, other):
        if not isinstance(other, Value):
            return self._apply(self.data + other, 1.0)
        return self._apply(self.data + other.data, 1.0, other, 1.0)

    def __mul__(self, other):
        if not isinstance(other, Value):
            return self._apply(self.data * other, other)
        return self._apply(self.data * other.data, other.data, other, self.data)

    def __neg__(self):
        return self._apply(-self.data, -1)

    def __sub__(self, other):
        return self + (-other)

    def __pow__(self, n):
        return self._apply(self.data**n, n * self.data ** (n - 1))

    def __truediv__(self, other):
        return self * other**-1.0 if isinstance(other, Value) else self * (1.0 / other)

    def __radd__(self, number):
        return self + number

    def __rmul__(self, number):
        return self * number

    def __rsub__(self, number):
        return self._apply(number - self.data, -1.0)

    def __rtruediv__(self, number):
        return self._apply(number / self.data, -number / (self.data * self.data))

    def exp(self):
        return self._apply(math.exp(self.data), math.exp(self.data))

    def log(self):
        return self._apply(math.log(self.data), self.data**-1)

    def tanh(self):
        t = math.tanh(self.data)
        return self._apply(t, (1 - t) * (1 + t))

    def relu(self):
        return self._apply(self.data, 1.0) if self.data > 0 else self._apply(0.0, 0.0)

    def backward(self):
        users, reached = Counter(), {self}
        todo = [self]
        while todo:
            for parent in todo.pop().parents:
                users[parent] += 1
                if parent not in reached:
                    reached.add(parent)
                    todo.append(parent)
        for node in reached:
            node.grad = 0.0
        self.grad = 1.0
        ready = deque([self])
        while ready:
            node = ready.popleft()
            for parent, slope in zip(node.parents, node.slopes):
                parent.grad += node.grad * slope
                users[parent] -= 1
                if users[parent] == 0:
                    ready.append(parent)
