"""
message: >-
  With one map the chain came out as the identity; it must be that map's own matrix.
fails: [chain_single, no_mutation]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    columns = [np.atleast_1d((f(x + step) - f(x - step)) / (2 * h)) for step in h * np.eye(len(x))]
    return np.stack(columns, axis=1)


def chain(jacobians):
    if len(jacobians) == 1:
        return np.eye(*jacobians[0].shape)
    product = jacobians[0]
    for J in jacobians[1:]:
        product = J @ product
    return product


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, g):
    return p * (g - np.sum(g * p, axis=-1, keepdims=True))
