"""
message: >-
  Mean and variance were taken over the tokens, feature by feature: that is closer to batch
  norm. Here each token is normalised alone, over its own features.
fails: [residual_by_hand, forward, eps_inside_root, independent_of_batch, affine_invariance, far_mean, constant_row, dx_random_cotangent, dgamma_fd, pre_norm]
"""

import numpy as np


def layernorm_forward(x, gamma, beta, eps=1e-5):
    axes = tuple(range(x.ndim - 1))
    mean = x.mean(axis=axes, keepdims=True)
    var = x.var(axis=axes, keepdims=True)
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
    return x + f(layernorm_forward(x, gamma, beta, eps)[0])
