"""
message: >-
  Numbers of float32 carry about seven digits, too few for a step of 0.000001.
  Convert x to float64 first.
fails: [integer_input]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    x = np.array(x, dtype=np.float64 if x.dtype.kind == "i" else None)
    columns = []
    for j in range(len(x)):
        right, left = x.copy(), x.copy()
        right[j] += h
        left[j] -= h
        columns.append(np.atleast_1d((f(right) - f(left)) / (2 * h)))
    return np.stack(columns, axis=1)


def chain(jacobians):
    return reduce(lambda product, later: later @ product, jacobians[1:], np.array(jacobians[0]))


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, g):
    return p * (g - np.sum(g * p, axis=-1, keepdims=True))
