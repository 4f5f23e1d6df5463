"""Each operation leaves a closure that knows how to pass the gradient on; iterators take the place of recursion."""

import math


class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0
        self._children = children
        self._pass_on = lambda: None

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out._pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._pass_on = pass_on
        return out

    def _unary(self, data, slope):
        out = Value(data, (self,))

        def pass_on():
            self.grad += slope() * out.grad

        out._pass_on = pass_on
        return out

    def __pow__(self, exponent):
        assert isinstance(exponent, (int, float))
        return self._unary(self.data**exponent, lambda: exponent * self.data ** (exponent - 1))

    def exp(self):
        y = math.exp(self.data)
        return self._unary(y, lambda: y)

    def log(self):
        return self._unary(math.log(self.data), lambda: 1 / self.data)

    def tanh(self):
        e = math.exp(-2 * abs(self.data))
        y = math.copysign((1 - e) / (1 + e), self.data)
        return self._unary(y, lambda: 1 - y * y)

    def relu(self):
        return self._unary(self.data if self.data > 0 else 0, lambda: int(self.data > 0))

    def backward(self):
        topological, visited = [], {self}
        path = [(self, iter(self._children))]
        while path:
            node, children = path[-1]
            for child in children:
                if child not in visited:
                    visited.add(child)
                    path.append((child, iter(child._children)))
                    break
            else:
                path.pop()
                topological.append(node)
        for node in topological:
            node.grad = 0
        self.grad = 1
        for node in reversed(topological):
            node._pass_on()

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return other + (-self)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * (other if isinstance(other, Value) else Value(other)) ** -1

    def __rtruediv__(self, other):
        return other * self**-1
