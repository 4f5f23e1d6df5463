"""From the last state backwards; singular values; draws from the unit interval."""

import math

import numpy as np


def xavier_uniform(fan_in, fan_out, rng):
    a = math.sqrt(3.0) * math.sqrt(2.0 / (fan_in + fan_out))
    return a * (2.0 * rng.random((fan_in, fan_out)) - 1.0)


def he_normal(fan_in, fan_out, rng):
    return rng.standard_normal((fan_in, fan_out)) * (2.0 / fan_in) ** 0.5


def rnn_jacobian(W, hs):
    n = W.shape[0]
    rows = np.identity(n)
    for t in range(len(hs) - 1, -1, -1):
        rows = (rows * (1.0 - hs[t] * hs[t])) @ W
    return rows


def depth_gain(weights, residual=False):
    layers = [W + np.eye(len(W)) for W in weights] if residual else list(weights)
    product = layers.pop()
    while layers:
        product = product @ layers.pop()
    return float(np.linalg.svd(product, compute_uv=False)[0])


