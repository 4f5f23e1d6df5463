"""A scalar reverse-mode autodiff engine: numbers that remember how they were made.

Every operation on `Value`s gives a new `Value` that knows its inputs; `backward()` then finds the
derivative of one result with respect to everything it was made of.

You may add attributes, methods and helper functions of your own. A chain of 1500 operations must
work too, with Python's recursion limit (1000 calls within calls) as it is.
"""

import math


class Value:
    """A number in a computation.

    Attributes:
        data: The number. No operation and no `backward()` changes it.
        grad: The derivative of the last result on which `backward()` was called and that was made
            of this value; 0.0 before that.

    In `a + b`, `a - b`, `a * b` and `a / b` one of the two may be a plain int or float, on either
    side. Each operation gives a new Value (also v + 0, v ** 1 or the relu of a positive v) and leaves
    its inputs as they are.
    """

    def __init__(self, data):
        """Hold a number (an int or a float)."""
        raise NotImplementedError

    def __add__(self, other):
        """self + other, a Value or a number."""
        raise NotImplementedError

    def __radd__(self, other):
        """number + self."""
        raise NotImplementedError

    def __sub__(self, other):
        """self - other, a Value or a number."""
        raise NotImplementedError

    def __rsub__(self, other):
        """number - self."""
        raise NotImplementedError

    def __mul__(self, other):
        """self * other, a Value or a number."""
        raise NotImplementedError

    def __rmul__(self, other):
        """number * self."""
        raise NotImplementedError

    def __truediv__(self, other):
        """self / other, a Value or a number (not 0)."""
        raise NotImplementedError

    def __rtruediv__(self, other):
        """number / self, self not 0."""
        raise NotImplementedError

    def __pow__(self, exponent):
        """self ** exponent; the exponent is a plain int or float, also negative or a fraction.

        With a whole exponent, self may be negative, and 0 if the exponent is 1 or more; with a
        fraction, self is positive.
        """
        raise NotImplementedError

    def __neg__(self):
        """-self."""
        raise NotImplementedError

    def exp(self):
        """e to the power of self."""
        raise NotImplementedError

    def log(self):
        """The natural logarithm of self, self > 0."""
        raise NotImplementedError

    def tanh(self):
        """The hyperbolic tangent of self, which may be as far from 0 as 1000 or -1000."""
        raise NotImplementedError

    def relu(self):
        """self where it is positive, else 0; its derivative at exactly 0 is 0."""
        raise NotImplementedError

    def backward(self):
        """Set `grad` of this value and of every value it was made of, directly or through others.

        Afterwards `v.grad` is the derivative of self with respect to v, and `self.grad` is 1. What
        stood in these grads before is overwritten: a second call gives the same again. Values that
        self wasn't made of keep their grad.
        """
        raise NotImplementedError
