"""
message: >-
  The result was put into an array of the dtype of x: for integers everything behind the
  point is cut off.
fails: [any_shape]
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
    x = np.asarray(x)
    out = np.empty_like(x)
    for i in np.ndindex(x.shape):
        e = math.exp(-abs(float(x[i])))
        out[i] = 1 / (1 + e) if x[i] >= 0 else e / (1 + e)
    return out


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
