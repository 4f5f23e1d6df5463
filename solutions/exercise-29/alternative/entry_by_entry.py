"""Plain Python numbers, one entry at a time; a list comes back."""

import math

import numpy as np


def _each(rule, *arrays):
    columns = [np.asarray(a, dtype=float).ravel().tolist() for a in arrays]
    pairs = [rule(*entries) for entries in zip(*columns)]
    return [np.array(column).reshape(np.shape(arrays[0])) for column in zip(*pairs)]


def momentum_step(w, g, v, lr, beta=0.9):
    def rule(w, g, v):
        v = g + beta * v
        return w - v * lr, v

    return _each(rule, w, g, v)


def adagrad_step(w, g, s, lr, eps=1e-10):
    def rule(w, g, s):
        s = s + g * g
        return w - lr / (math.sqrt(s) + eps) * g, s

    return _each(rule, w, g, s)


def rmsprop_step(w, g, s, lr, rho=0.99, eps=1e-8):
    def rule(w, g, s):
        s = s + (1 - rho) * (g * g - s)
        return w - lr / (math.sqrt(s) + eps) * g, s

    return _each(rule, w, g, s)
