"""
message: >-
  The results are written into the array of whoever called you. Make a new array
  instead.
fails: [no_mutation]
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
    positive = x >= 0
    np.exp(-np.abs(x), out=x)
    return np.where(positive, 1 / (1 + x), x / (1 + x))


def sigmoid_grad(x):
    s = sigmoid(np.array(x))
    return s * (1 - s)


def gelu(x):
    x = floats(x)
    return np.maximum(x, -40) * cdf(x)


def gelu_grad(x):
    x = floats(x)
    t = np.clip(x, -40, 40)
    return cdf(x) + t * np.exp(-t * t / 2) / math.sqrt(2 * math.pi)
