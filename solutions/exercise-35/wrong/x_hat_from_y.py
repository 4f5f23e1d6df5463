"""
message: >-
  The normalised features were won back from y as (y − β)/γ. Where γ is 0 they can't be: keep
  them in the cache.
fails: [dx_random_cotangent, dgamma_fd]
"""

import numpy as np


def layernorm_forward(x, gamma, beta, eps=1e-05):
    centred = x - x.mean(axis=-1, keepdims=True)
    std = np.sqrt((centred ** 2).mean(axis=-1, keepdims=True) + eps)
    x_hat = centred / std
    return (gamma * x_hat + beta, (gamma * x_hat + beta, std, gamma, beta))


def layernorm_backward(dy, cache):
    y, std, gamma, beta = cache
    x_hat = (y - beta) / gamma
    h = dy * gamma
    h_mean = h.mean(axis=-1, keepdims=True)
    dx = (h - h_mean - x_hat * (h * x_hat).mean(axis=-1, keepdims=True)) / std
    tokens = tuple(range(dy.ndim - 1))
    return (dx, (dy * x_hat).sum(axis=tokens), dy.sum(axis=tokens))


def rmsnorm(x, gamma, eps=1e-06):
    return gamma * x / np.sqrt((x ** 2).mean(axis=-1, keepdims=True) + eps)


def pre_norm_residual(x, f, gamma, beta, eps=1e-05):
    y, _ = layernorm_forward(x, gamma, beta, eps)
    return x + f(y)
