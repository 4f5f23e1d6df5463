"""Reference solution: momentum, AdaGrad, RMSProp."""

import numpy as np


def momentum_step(w, g, v, lr, beta=0.9):
    """Let old gradients fade by β a step; those that agree add up, those that alternate cancel."""
    v = beta * v + g
    return w - lr * v, v


def adagrad_step(w, g, s, lr, eps=1e-10):
    """Divide by the root of all squares so far: what has moved much moves less from now on."""
    s = s + g**2
    return w - lr * g / (np.sqrt(s) + eps), s


def rmsprop_step(w, g, s, lr, rho=0.99, eps=1e-8):
    """Divide by the root of a running mean square, which forgets what is long past."""
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / (np.sqrt(s) + eps), s
