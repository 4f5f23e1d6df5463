"""Reference solution: LayerNorm, RMSNorm and the pre-norm residual."""

import numpy as np


def layernorm_forward(x, gamma, beta, eps=1e-5):
    """Centre before squaring: the mean of squares less the squared mean would cancel."""
    centred = x - x.mean(axis=-1, keepdims=True)
    std = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + eps)
    x_hat = centred / std
    return gamma * x_hat + beta, (x_hat, std, gamma)


def layernorm_backward(dy, cache):
    """Take the direct slope less its parts along the constant (mean) and along x_hat (spread)."""
    x_hat, std, gamma = cache
    h = dy * gamma
    h_mean = h.mean(axis=-1, keepdims=True)
    dx = (h - h_mean - x_hat * (h * x_hat).mean(axis=-1, keepdims=True)) / std
    tokens = tuple(range(dy.ndim - 1))
    return dx, (dy * x_hat).sum(axis=tokens), dy.sum(axis=tokens)


def rmsnorm(x, gamma, eps=1e-6):
    """Divide by the root mean square; a zero token stays zero thanks to eps."""
    return gamma * x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + eps)


def pre_norm_residual(x, f, gamma, beta, eps=1e-5):
    """Normalise what the layer sees, not what passes by it."""
    y, _ = layernorm_forward(x, gamma, beta, eps)
    return x + f(y)
