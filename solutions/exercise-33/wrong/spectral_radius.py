"""
message: >-
  The largest modulus of an eigenvalue was given. The stretch of a vector is a singular
  value; for a matrix that isn't symmetric it may be far larger.
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
    for W in weights:
        stack = W @ stack + (stack if residual else 0.0)
    k = min(stack.shape)
    return np.abs(np.linalg.eigvals(stack[:k, :k])).max()
