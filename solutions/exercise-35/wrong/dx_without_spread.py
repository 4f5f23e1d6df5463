"""
message: >-
  dx takes the direct way and the mean into account, but not the spread: the variance depends on
  x too.
fails: [far_mean, dx_random_cotangent]
"""

import numpy as np


def layernorm_forward(x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=-1, keepdims=True)
    var = x.var(axis=-1, keepdims=True)
    inv = 1.0 / np.sqrt(var + eps)
    xhat = (x - mean) * inv
    return xhat * gamma + beta, {"xhat": xhat, "inv": inv, "gamma": gamma}


def layernorm_backward(dy, cache):
    xhat, inv = cache["xhat"], cache["inv"]
    axes = tuple(range(dy.ndim - 1))
    dgamma = np.sum(dy * xhat, axis=axes)
    dbeta = np.sum(dy, axis=axes)
    g = dy * cache["gamma"]
    d = dy.shape[-1]
    dx = inv * (g - g.mean(-1, keepdims=True))
    return dx, dgamma, dbeta


def rmsnorm(x, gamma, eps=1e-6):
    rms = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps)
    return x / rms * gamma


def pre_norm_residual(x, f, gamma, beta, eps=1e-5):
    return x + f(layernorm_forward(x, gamma, beta, eps)[0])
