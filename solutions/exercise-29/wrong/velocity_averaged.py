"""
message: >-
  The gradient is multiplied by 1 − β before it comes in. That is the averaging
  convention; here v sums, and the gradient counts in full.
fails: [example_momentum, velocity, momentum_step, terminal_velocity, momentum_without_memory]
"""

import numpy as np


def momentum_step(w, g, v, lr, beta=0.9):
    v_new = beta * v + (1 - beta) * g
    w_new = w - lr * v_new
    return w_new, v_new


def adagrad_step(w, g, s, lr, eps=1e-10):
    total = s + g**2
    w_new = w - lr * g / (np.sqrt(total) + eps)
    return w_new, total


def rmsprop_step(w, g, s, lr, rho=0.99, eps=1e-8):
    mean = rho * s + (1 - rho) * g**2
    w_new = w - lr * g / (np.sqrt(mean) + eps)
    return w_new, mean
