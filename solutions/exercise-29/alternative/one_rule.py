"""One rule for the two that divide; the new memory as a weighted sum of old and new, through einsum."""

import numpy as np


def _remember(old, new, keep, take):
    return np.einsum("i,i...->...", np.array([keep, take]), np.stack([old, new]))


def _divided(w, g, s, lr, eps):
    return np.subtract(w, lr * (g / (np.sqrt(s) + eps)))


def momentum_step(w, g, v, lr, beta=0.9):
    v = _remember(v, g, beta, 1.0)
    return np.subtract(w, lr * v), v


def adagrad_step(w, g, s, lr, eps=1e-10):
    s = _remember(s, np.multiply(g, g), 1.0, 1.0)
    return _divided(w, g, s, lr, eps), s


def rmsprop_step(w, g, s, lr, rho=0.99, eps=1e-8):
    s = _remember(s, np.multiply(g, g), rho, 1.0 - rho)
    return _divided(w, g, s, lr, eps), s
