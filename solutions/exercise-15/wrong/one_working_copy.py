"""
message: >-
  Both points were written into the same array. An f that returns its argument then gives the second
  point twice, and their difference is 0: hand f a new array each time.
fails: [jacobian]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    x = np.array(x, dtype=np.float64)
    columns = []
    for j in range(len(x)):
        old = x[j]
        x[j] = old + h
        ahead = f(x)
        x[j] = old - h
        behind = f(x)
        x[j] = old
        columns.append(np.atleast_1d((ahead - behind) / (2 * h)))
    return np.stack(columns, axis=1)


def chain(jacobians):
    return reduce(lambda product, later: later @ product, jacobians[1:], np.array(jacobians[0]))


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, g):
    return p * (g - np.sum(g * p, axis=-1, keepdims=True))
