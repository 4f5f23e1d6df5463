"""
message: >-
  All units have the same weights: a single column was drawn. Units that start alike stay
  alike; each weight needs a draw of its own.
fails: [xavier_limit, xavier_variance, he_variance, he_bell, independent, he_preserves_second_moment]
"""

import numpy as np


def xavier_uniform(fan_in, fan_out, rng):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, size=(fan_in, 1)) * np.ones((1, fan_out))


def he_normal(fan_in, fan_out, rng):
    return rng.normal(scale=np.sqrt(2 / fan_in), size=(fan_in, 1)) * np.ones((1, fan_out))


def rnn_jacobian(W, hs):
    jacobian = np.eye(len(W))
    for h in hs:
        jacobian = (1 - h**2)[:, None] * (W @ jacobian)
    return jacobian


def depth_gain(weights, residual=False):
    stack = np.eye(weights[0].shape[1])
    for W in weights:
        stack = W @ stack + (stack if residual else 0.0)
    return np.linalg.norm(stack, 2)
