"""
message: >-
  The product is in the wrong order: the map applied last stands leftmost, next to
  the outputs.
fails: [example_chain, chain_order, chain_shapes, chain_rule, no_mutation]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    columns = [np.atleast_1d((f(x + step) - f(x - step)) / (2 * h)) for step in h * np.eye(len(x))]
    return np.stack(columns, axis=1)


def chain(jacobians):
    product = np.array(jacobians[0])
    for J in jacobians[1:]:
        product = product @ J
    return product


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, g):
    return p * (g - np.sum(g * p, axis=-1, keepdims=True))
