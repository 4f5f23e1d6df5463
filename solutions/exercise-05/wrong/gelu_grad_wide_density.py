"""
message: >-
  The exponent of the bell curve is −x²/2, not −x².
fails: [gelu_grad_fd, gelu_grad_tails]
"""

import math

import numpy as np


def floats(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)


def cdf(x):
    return (np.vectorize(math.erfc, otypes=[float])(-x / math.sqrt(2)) / 2).astype(x.dtype)


def relu(x):
    return np.maximum(floats(x), 0)


def relu_grad(x):
    x = floats(x)
    return (x > 0).astype(x.dtype)


def sigmoid(x):
    x = floats(x)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 - s)


def gelu(x):
    x = floats(x)
    return np.maximum(x, -40) * cdf(x)


def gelu_grad(x):
    x = floats(x)
    t = np.clip(x, -40, 40)
    return cdf(x) + t * np.exp(-t * t) / math.sqrt(2 * math.pi)
