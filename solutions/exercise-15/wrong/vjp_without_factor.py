"""
message: >-
  The outer factor p is missing: a probability near 0 can hardly move.
fails: [example_vjp, vjp_random_cotangent, vjp_axes, vjp_constant]
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
    return g - np.sum(g * p, axis=-1, keepdims=True)
