"""
message: >-
  Probabilities were kept away from 0 by a small number. Nothing is divided and no
  logarithm is taken here, so a p of 0 or of 1e-20 is fine as it is.
fails: [softmax_saturated]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    columns = [np.atleast_1d((f(x + step) - f(x - step)) / (2 * h)) for step in h * np.eye(len(x))]
    return np.stack(columns, axis=1)


def chain(jacobians):
    return reduce(lambda product, later: later @ product, jacobians[1:], np.array(jacobians[0]))


def softmax_jacobian(p):
    p = np.clip(p, 1e-7, 1.0)
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, g):
    return p * (g - np.sum(g * p, axis=-1, keepdims=True))
