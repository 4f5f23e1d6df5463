"""
message: >-
  The product was written out for three maps. The list may hold any number of them.
fails: [chain_shapes, chain_rule]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    columns = [np.atleast_1d((f(x + step) - f(x - step)) / (2 * h)) for step in h * np.eye(len(x))]
    return np.stack(columns, axis=1)


def chain(jacobians):
    if len(jacobians) == 1:
        return np.array(jacobians[0])
    if len(jacobians) == 2:
        return jacobians[1] @ jacobians[0]
    return jacobians[2] @ jacobians[1] @ jacobians[0]


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, g):
    return p * (g - np.sum(g * p, axis=-1, keepdims=True))
