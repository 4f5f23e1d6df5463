"""The cache is the way back itself, a closure that steps through mean, variance and root in turn."""

import numpy as np


def layernorm_forward(x, gamma, beta, eps=1e-5):
    d = x.shape[-1]
    mu = np.average(x, axis=-1)[..., np.newaxis]
    c = x - mu
    var = np.einsum("...i,...i->...", c, c)[..., np.newaxis] / d
    s = (var + eps) ** 0.5
    y = c / s * gamma + beta

    def way_back(dy):
        dc = dy * gamma / s
        ds = -(dy * gamma * c).sum(axis=-1, keepdims=True) / s**2
        dvar = ds / (2 * s)
        dc = dc + dvar * 2 * c / d
        dmu = -dc.sum(axis=-1, keepdims=True)
        flat = (dy * c / s).reshape(-1, d), dy.reshape(-1, d)
        return [dc + dmu / d, flat[0].sum(axis=0), flat[1].sum(axis=0)]

    return y, way_back


def layernorm_backward(dy, cache):
    return cache(dy)


def rmsnorm(x, gamma, eps=1e-6):
    d = x.shape[-1]
    length = np.linalg.norm(x, axis=-1, keepdims=True)
    return gamma * x * np.sqrt(d) / np.sqrt(length**2 + d * eps)


def pre_norm_residual(x, f, gamma, beta, eps=1e-5):
    return np.add(f(layernorm_forward(x, gamma, beta, eps)[0]), x)
