"""Boolean masks: each branch is computed only where it holds; erf by np.vectorize."""

import math

import numpy as np


def _prepare(x):
    x = np.asarray(x)
    dtype = x.dtype if x.dtype.kind == "f" else np.dtype(float)
    return x.astype(np.float64), dtype


def relu(x):
    x, dtype = _prepare(x)
    return np.where(x > 0, x, 0.0).astype(dtype)


def relu_grad(x):
    x, dtype = _prepare(x)
    return np.heaviside(x, 0.0).astype(dtype)


def sigmoid(x):
    x, dtype = _prepare(x)
    out = np.empty_like(x)
    right = x >= 0
    out[right] = 1.0 / (1.0 + np.exp(-x[right]))
    small = np.exp(x[~right])
    out[~right] = small / (1.0 + small)
    return out.astype(dtype)


def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 - s)


def _phi_cdf(x):
    return 0.5 * (1.0 + np.vectorize(math.erf)(x / np.sqrt(2.0)))


def gelu(x):
    x, dtype = _prepare(x)
    weight = _phi_cdf(x)
    return np.multiply(x, weight, out=np.zeros_like(x), where=weight > 0).astype(dtype)


def gelu_grad(x):
    x, dtype = _prepare(x)
    density = np.exp(-np.square(x) / 2) / np.sqrt(2 * np.pi)
    second = np.multiply(x, density, out=np.zeros_like(x), where=density > 0)
    return (_phi_cdf(x) + second).astype(dtype)
