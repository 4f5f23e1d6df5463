"""
message: >-
  Clipping x at ±20 stops the overflow, but changes values that float64 can still tell
  from 0 and 1.
fails: [sigmoid_extreme, sigmoid_grad_tails]
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
    return 1 / (1 + np.exp(-np.clip(floats(x), -20, 20)))


def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 - s)


def gelu(x):
    x = floats(x)
    return np.maximum(x, -40) * cdf(x)


def gelu_grad(x):
    x = floats(x)
    t = np.clip(x, -40, 40)
    return cdf(x) + t * np.exp(-t * t / 2) / math.sqrt(2 * math.pi)
