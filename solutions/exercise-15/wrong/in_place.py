"""
message: >-
  The step was written into the caller's x. Work on new arrays.
fails: [jacobian, no_mutation]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    x = np.asarray(x, dtype=np.float64)
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
