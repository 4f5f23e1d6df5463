"""
message: >-
  The norms of the layers were multiplied. That is only an upper bound: no vector need be
  stretched the most in every layer.
fails: [example_stack, example_skips, depth_gain, depth_gain_residual, residual_keeps_gradient]
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
    gain = 1.0
    for W in weights:
        stack = (W + np.eye(len(W))) if residual else W
        gain *= np.linalg.norm(stack, 2)
    return gain
