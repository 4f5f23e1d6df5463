"""
message: >-
  Every row lacks its factor p_i: the slope of p_i in z_j is p_i·(1 − p_j) or
  −p_i·p_j.
fails: [example_softmax, softmax_jacobian_fd, rows_sum_to_zero, softmax_saturated]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    columns = [np.atleast_1d((f(x + step) - f(x - step)) / (2 * h)) for step in h * np.eye(len(x))]
    return np.stack(columns, axis=1)


def chain(jacobians):
    return reduce(lambda product, later: later @ product, jacobians[1:], np.array(jacobians[0]))


def softmax_jacobian(p):
    return np.eye(len(p)) - np.tile(p, (len(p), 1))


def softmax_vjp(p, g):
    return p * (g - np.sum(g * p, axis=-1, keepdims=True))
