"""
message: >-
  The polynomial for erf that many tables print is good to 1e-7 only; math.erf is exact
  to the last digit.
fails: [gelu_exact, gelu_tails]
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
    u = np.minimum(np.abs(x), 40) / math.sqrt(2)
    t = 1 / (1 + 0.3275911 * u)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - tail * np.exp(-u * u))
    return np.maximum(x, -40) * (1 + erf) / 2


def gelu_grad(x):
    x = floats(x)
    t = np.clip(x, -40, 40)
    return cdf(x) + t * np.exp(-t * t / 2) / math.sqrt(2 * math.pi)
