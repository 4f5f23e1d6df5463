"""
message: >-
  The results were stored in an array made after g, which cuts off all fractions when
  the slopes are whole numbers. Make an array of floats.
fails: [vjp_random_cotangent]
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
    slopes = np.zeros_like(g)
    slopes[...] = p * (g - np.sum(g * p, axis=-1, keepdims=True))
    return slopes
