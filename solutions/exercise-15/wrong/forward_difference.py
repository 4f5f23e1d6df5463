"""
message: >-
  The second point is x itself, so the error falls only like h. Take one point on
  either side of x.
fails: [jacobian_step]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    x = np.asarray(x, dtype=np.float64)
    columns = []
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[j] = h
        columns.append(np.atleast_1d((f(x + step) - f(x)) / h))
    return np.stack(columns, axis=1)


def chain(jacobians):
    return reduce(lambda product, later: later @ product, jacobians[1:], np.array(jacobians[0]))


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, g):
    return p * (g - np.sum(g * p, axis=-1, keepdims=True))
