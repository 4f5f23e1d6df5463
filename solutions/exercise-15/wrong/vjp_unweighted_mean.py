"""
message: >-
  The plain mean of the slopes was taken away; it must be their mean under p, Σ
  g_i·p_i.
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
    return p * (g - np.mean(g, axis=-1, keepdims=True))
