"""
message: >-
  Only the slope of output i in input i was kept. Every output may depend on every
  input.
fails: [jacobian, jacobian_shape, jacobian_step, integer_input, no_mutation]
"""

from functools import reduce

import numpy as np


def jacobian(f, x, h=1e-6):
    x = np.asarray(x, dtype=np.float64)
    columns = []
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[j] = h
        columns.append(np.atleast_1d((f(x + step) - f(x - step)) / (2 * h)))
    J = np.stack(columns, axis=1)
    return J * np.eye(*J.shape)


def chain(jacobians):
    return reduce(lambda product, later: later @ product, jacobians[1:], np.array(jacobians[0]))


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


def softmax_vjp(p, g):
    return p * (g - np.sum(g * p, axis=-1, keepdims=True))
