"""
message: >-
  What the way back needs was kept in a global name, so the last forward call wins. It belongs
  in the cache that is returned.
fails: [cache_of_its_own]
"""

import numpy as np

KEPT = {}


def layernorm_forward(x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=-1, keepdims=True)
    var = x.var(axis=-1, keepdims=True)
    inv = 1.0 / np.sqrt(var + eps)
    xhat = (x - mean) * inv
    KEPT.update(xhat=xhat, inv=inv, gamma=gamma)
    return xhat * gamma + beta, None


def layernorm_backward(dy, cache):
    cache = KEPT
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
    return x + f(layernorm_forward(x, gamma, beta, eps)[0])
