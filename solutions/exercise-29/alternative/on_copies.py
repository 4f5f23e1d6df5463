"""Copies, changed in place."""

import numpy as np


def momentum_step(w, g, v, lr, beta=0.9):
    w, v = np.array(w), np.array(v)
    v *= beta
    v += g
    w -= lr * v
    return w, v


def adagrad_step(w, g, s, lr, eps=1e-10):
    w, s = w.copy(), s.copy()
    s += np.square(g)
    w -= np.divide(lr * g, eps + s**0.5)
    return w, s


def rmsprop_step(w, g, s, lr, rho=0.99, eps=1e-8):
    w, s = w.copy(), s.copy()
    s *= rho
    s += (1 - rho) * np.abs(g) ** 2
    w -= lr * g / np.add(np.sqrt(s), eps)
    return w, s
