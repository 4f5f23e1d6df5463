"""
message: >-
  The matrices of the caller were changed: the identity was added in place. Work on new
  arrays.
fails: [no_mutation]
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
        jacobian = (1 - h**2)[:, None] * (W @ jacobian)
    return jacobian


def depth_gain(weights, residual=False):
    stack = np.eye(weights[0].shape[1])
    for W in weights:
        if residual:
            W += np.eye(len(W))
        stack = W @ stack
    return np.linalg.norm(stack, 2)
