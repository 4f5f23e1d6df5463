"""
message: >-
  The slope of xⁿ is n·xⁿ⁻¹: the factor n is missing.
fails: [power, repeat_backward]
"""

import math


class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.inputs = []

    def __add__(self, other):
        other = value_of(other)
        return made(self.data + other.data, (self, 1.0), (other, 1.0))

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        other = value_of(other)
        return made(self.data - other.data, (self, 1.0), (other, -1.0))

    def __rsub__(self, other):
        return value_of(other) - self

    def __mul__(self, other):
        other = value_of(other)
        return made(self.data * other.data, (self, other.data), (other, self.data))

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        other = value_of(other)
        return made(self.data / other.data, (self, 1 / other.data), (other, -self.data / other.data**2))

    def __rtruediv__(self, other):
        return value_of(other) / self

    def __pow__(self, n):
        return made(self.data**n, (self, self.data ** (n - 1)))

    def __neg__(self):
        return made(-self.data, (self, -1.0))

    def exp(self):
        e = math.exp(self.data)
        return made(e, (self, e))

    def log(self):
        return made(math.log(self.data), (self, 1 / self.data))

    def tanh(self):
        t = math.tanh(self.data)
        return made(t, (self, 1 - t**2))

    def relu(self):
        return made(max(0.0, self.data), (self, float(self.data > 0)))

    def backward(self):
        order = sorted_nodes(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in order:
            for source, slope in node.inputs:
                source.grad += slope * node.grad


def value_of(x):
    return x if isinstance(x, Value) else Value(x)


def made(data, *inputs):
    node = Value(data)
    node.inputs = list(inputs)
    return node


def sorted_nodes(root):
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((source, False) for source, _ in node.inputs)
    return order[::-1]
