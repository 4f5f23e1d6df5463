"""
message: >-
  The layer was called for one token at a time. A layer may mix tokens, as attention does, so it
  needs all of them in one call.
fails: [pre_norm]
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
    dx = inv / d * (d * g - g.sum(-1, keepdims=True) - xhat * (g * xhat).sum(-1, keepdims=True))
    return dx, dgamma, dbeta


def rmsnorm(x, gamma, eps=1e-6):
    rms = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps)
    return x / rms * gamma


def pre_norm_residual(x, f, gamma, beta, eps=1e-5):
    h = layernorm_forward(x, gamma, beta, eps)[0]
    rows = [f(row) for row in h.reshape(-1, x.shape[-1])]
    return x + np.array(rows).reshape(x.shape)
