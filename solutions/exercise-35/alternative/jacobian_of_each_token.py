"""One token at a time; the way back through the full Jacobian of the token."""

import math

import numpy as np


def layernorm_forward(x, gamma, beta, eps=1e-5):
    y = np.zeros(x.shape)
    for index in np.ndindex(x.shape[:-1]):
        row = x[index]
        mean = sum(row) / len(row)
        var = sum((v - mean) ** 2 for v in row) / len(row)
        y[index] = [(v - mean) / math.sqrt(var + eps) * g + b for v, g, b in zip(row, gamma, beta)]
    return y, (x, gamma, beta, eps)


def layernorm_backward(dy, cache):
    x, gamma, beta, eps = cache
    d = x.shape[-1]
    dx, dgamma, dbeta = np.zeros(x.shape), np.zeros(d), np.zeros(d)
    C = np.eye(d) - 1.0 / d
    for index in np.ndindex(x.shape[:-1]):
        c = C @ x[index]
        s = math.sqrt(c @ c / d + eps)
        J = gamma[:, None] * (C / s - np.outer(c, c) / (d * s**3))
        dx[index] = dy[index] @ J
        dgamma += dy[index] * c / s
        dbeta += dy[index]
    return dx, dgamma, dbeta


def rmsnorm(x, gamma, eps=1e-6):
    y = np.zeros(x.shape)
    for index in np.ndindex(x.shape[:-1]):
        y[index] = x[index] * gamma / math.sqrt(np.dot(x[index], x[index]) / len(gamma) + eps)
    return y


def pre_norm_residual(x, f, gamma, beta, eps=1e-5):
    normed = layernorm_forward(x, gamma, beta, eps)[0]
    out = np.array(f(normed))
    out += x
    return out
