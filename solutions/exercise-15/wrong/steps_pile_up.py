"""
message: >-
  The step of one input was still there when the next one was moved. Each column
  starts again from x.
fails: [jacobian, jacobian_step]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    x = np.array(x, dtype=np.float64)
    columns = []
    for j in range(len(x)):
        x[j] += h
        ahead = f(x)
        x[j] -= 2 * h
        columns.append(np.atleast_1d((ahead - f(x)) / (2 * h)))
    return np.stack(columns, axis=1)


def chain(jacobians):
    return reduce(lambda product, later: later @ product, jacobians[1:], np.array(jacobians[0]))


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, g):
    return p * (g - np.sum(g * p, axis=-1, keepdims=True))
