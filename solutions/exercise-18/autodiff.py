"""Reference solution: a scalar reverse-mode autodiff engine."""

import math


class Value:
    """A number with the inputs it was made from, and the slope towards each of them."""

    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.inputs = ()  # pairs (input, derivative of this value with respect to it)

    def __add__(self, other):
        """The slope is 1 on both sides."""
        other = _as_value(other)
        return _made_from((self, 1.0), (other, 1.0), data=self.data + other.data)

    def __mul__(self, other):
        """The slope towards one factor is the other factor."""
        other = _as_value(other)
        return _made_from((self, other.data), (other, self.data), data=self.data * other.data)

    def __pow__(self, exponent):
        """Slope n·x^(n−1)."""
        return _made_from((self, exponent * self.data ** (exponent - 1)), data=self.data**exponent)

    def __neg__(self):
        """A product with −1."""
        return self * -1.0

    def __sub__(self, other):
        """A sum with the negative."""
        return self + -other

    def __truediv__(self, other):
        """A product with the reciprocal."""
        return self * other**-1.0

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        """The number comes first."""
        return _as_value(other) - self

    def __rtruediv__(self, other):
        """The number comes first."""
        return _as_value(other) / self

    def exp(self):
        """Its own derivative."""
        y = math.exp(self.data)
        return _made_from((self, y), data=y)

    def log(self):
        """Slope 1/x."""
        return _made_from((self, 1.0 / self.data), data=math.log(self.data))

    def tanh(self):
        """Slope 1 − tanh²."""
        y = math.tanh(self.data)
        return _made_from((self, 1.0 - y * y), data=y)

    def relu(self):
        """Slope 1 for a positive number, else 0."""
        return _made_from((self, 1.0 if self.data > 0 else 0.0), data=max(self.data, 0.0))

    def backward(self):
        """Clear what is reachable, then let each value pass its gradient on after all its users."""
        order = _users_first(self)
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        for value in order:
            for source, slope in value.inputs:
                source.grad += slope * value.grad


def _as_value(number):
    return number if isinstance(number, Value) else Value(number)


def _made_from(*inputs, data):
    value = Value(data)
    value.inputs = inputs
    return value


def _users_first(root):
    """Sort topologically, each value before its inputs, with a stack of our own instead of recursion."""
    finished, seen, stack = [], set(), [(root, False)]
    while stack:
        value, inputs_done = stack.pop()
        if inputs_done:
            finished.append(value)
        elif value not in seen:
            seen.add(value)
            stack.append((value, True))
            stack.extend((source, False) for source, _ in value.inputs)
    return finished[::-1]
