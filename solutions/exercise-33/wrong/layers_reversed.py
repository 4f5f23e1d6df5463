"""
message: >-
  The layers were multiplied in the order of the list from left to right. The first layer
  acts first, so it stands rightmost.
fails: [depth_gain, depth_gain_residual]
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
    for W in weights[::-1] if weights[0].shape == weights[-1].shape else weights:
        stack = W @ stack + (stack if residual else 0.0)
    return np.linalg.norm(stack, 2)
