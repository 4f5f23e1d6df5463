"""
message: >-
  A straight line that is cut at 0 and 1 looks like σ, but isn't it.
fails: [seed_sigmoid, sigmoid_values, sigmoid_symmetry, sigmoid_extreme]
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
    return np.clip(floats(x) / 4 + 0.5, 0, 1)


def sigmoid_grad(x):
    x = floats(x)
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


def gelu(x):
    x = floats(x)
    return np.maximum(x, -40) * cdf(x)


def gelu_grad(x):
    x = floats(x)
    t = np.clip(x, -40, 40)
    return cdf(x) + t * np.exp(-t * t / 2) / math.sqrt(2 * math.pi)
