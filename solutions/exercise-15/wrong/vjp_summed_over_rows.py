"""
message: >-
  The rows of the batch were added up at the end. The slope of each score is asked
  for: the result has the shape of p.
fails: [vjp_random_cotangent, vjp_axes, vjp_constant, no_mutation]
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
    return np.sum(p * (g - np.sum(g * p, axis=-1, keepdims=True)), axis=tuple(range(p.ndim - 1)))
