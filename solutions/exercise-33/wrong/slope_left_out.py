"""
message: >-
  The slope of tanh is missing: each step has the factor diag(1 - h²), too.
fails: [example_recurrence, rnn_jacobian_fd, rnn_one_step, rnn_long]
"""

import numpy as np


def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))


def he_normal(fan_in, fan_out, rng):
    return rng.normal(scale=np.sqrt(2 / fan_in), size=(fan_in, fan_out))


def rnn_jacobian(W, hs):
    jacobian = np.eye(len(W))
    for h in hs:
        jacobian = W @ jacobian
    return jacobian


def depth_gain(weights, residual=False):
    stack = np.eye(weights[0].shape[1])
    for W in weights:
        stack = W @ stack + (stack if residual else 0.0)
    return np.linalg.norm(stack, 2)
