"""Diagonal matrices written out and multi_dot; eigenvalues of the Gram matrix."""

from functools import reduce

import numpy as np


def xavier_uniform(fan_in, fan_out, rng):
    limit = (6 / (fan_out + fan_in)) ** 0.5
    return rng.uniform(-limit, limit, fan_in * fan_out).reshape(fan_in, fan_out)


def he_normal(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2) / np.sqrt(fan_in), (fan_out, fan_in)).T


def rnn_jacobian(W, hs):
    steps = [np.diag(1 - np.square(h)) @ W for h in hs]
    if len(steps) == 1:
        return steps[0]
    return np.linalg.multi_dot(steps[::-1])


def depth_gain(weights, residual=False):
    if residual:
        stack = reduce(lambda total, W: total + W @ total, weights, np.eye(weights[0].shape[0]))
    else:
        stack = reduce(lambda total, W: W @ total, weights)
    return np.sqrt(np.linalg.eigvalsh(stack @ stack.T)[-1])
