"""
message: >-
  The mean was subtracted inside the caller's g. Write g = g − mean, which makes a
  new array.
fails: [vjp_random_cotangent, no_mutation]
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
    g -= np.sum(g * p, axis=-1, keepdims=True)
    return p * g
