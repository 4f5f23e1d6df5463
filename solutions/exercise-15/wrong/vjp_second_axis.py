"""
message: >-
  The sum runs along axis 1, which is the last axis only if there are two. Use axis
  −1.
fails: [vjp_axes]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    columns = [np.atleast_1d((f(x + step) - f(x - step)) / (2 * h)) for step in h * np.eye(len(x))]
    return np.stack(columns, axis=1)


def chain(jacobians):
    return reduce(lambda product, later: later @ product, jacobians[1:], np.array(jacobians[0]))


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, g):
    axis = 1 if p.ndim > 1 else 0
    return p * (g - np.sum(g * p, axis=axis, keepdims=True))
