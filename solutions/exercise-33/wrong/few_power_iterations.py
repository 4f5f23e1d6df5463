"""
message: >-
  A few power iterations haven't arrived where the two largest singular values almost agree,
  and never do if their start lacks the direction of the largest. Take the singular values.
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
        jacobian = (1 - h ** 2)[:, None] * (W @ jacobian)
    return jacobian


def depth_gain(weights, residual=False):
    stack = np.eye(weights[0].shape[1])
    for W in weights:
        stack = W @ stack + (stack if residual else 0.0)
    v = np.ones(stack.shape[1])
    for _ in range(100):
        v = stack.T @ (stack @ v)
        v = v / max(np.linalg.norm(v), 1e-300)
    return np.linalg.norm(stack @ v)
