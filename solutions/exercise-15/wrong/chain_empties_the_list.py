"""
message: >-
  The matrices were taken out of the caller's list, which is left empty. Read them
  without removing them.
fails: [no_mutation]
like: [chain_reverses_the_list]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    columns = [np.atleast_1d((f(x + step) - f(x - step)) / (2 * h)) for step in h * np.eye(len(x))]
    return np.stack(columns, axis=1)


def chain(jacobians):
    product = np.array(jacobians.pop())
    while jacobians:
        product = product @ jacobians.pop()
    return product


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, g):
    return p * (g - np.sum(g * p, axis=-1, keepdims=True))
