"""
message: >-
  Only the first and the last map were multiplied; every map between them counts as
  well.
fails: [chain_order, chain_shapes, chain_rule, no_mutation]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    columns = [np.atleast_1d((f(x + step) - f(x - step)) / (2 * h)) for step in h * np.eye(len(x))]
    return np.stack(columns, axis=1)


def chain(jacobians):
    if len(jacobians) == 1:
        return np.array(jacobians[0])
    return jacobians[-1] @ jacobians[0]


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, g):
    return p * (g - np.sum(g * p, axis=-1, keepdims=True))
