"""All tokens as rows of one matrix; the cache is an object; the way back as a projection."""

import numpy as np


class Kept:
    def __init__(self, rows, gamma, eps):
        self.rows, self.gamma, self.eps = rows.copy(), gamma.copy(), eps

    def parts(self):
        mean, std = self.rows.mean(1), np.sqrt(self.rows.var(1) + self.eps)
        return (self.rows - mean[:, None]) / std[:, None], std[:, None]


def layernorm_forward(x, gamma, beta, eps=1e-5):
    kept = Kept(x.reshape(-1, x.shape[-1]), gamma, eps)
    unit, _ = kept.parts()
    return np.multiply(unit, gamma).reshape(x.shape) + beta, kept


def layernorm_backward(dy, cache):
    unit, std = cache.parts()
    g = dy.reshape(unit.shape)
    n, d = g.shape
    h = g * cache.gamma
    h = h - np.matmul(h, np.ones((d, d))) / d - np.einsum("nd,ne,ne->nd", unit, unit, h) / d
    return (h / std).reshape(dy.shape), np.ones(n) @ (g * unit), np.ones(n) @ g


def rmsnorm(x, gamma, eps=1e-6):
    mean_square = np.square(x) @ np.full(x.shape[-1], 1.0 / x.shape[-1])
    return np.einsum("...,...d,d->...d", (mean_square + eps) ** -0.5, x, gamma)


def pre_norm_residual(x, f, gamma, beta, eps=1e-5):
    y, _ = layernorm_forward(x, gamma=gamma, beta=beta, eps=eps)
    return f(y) + x
