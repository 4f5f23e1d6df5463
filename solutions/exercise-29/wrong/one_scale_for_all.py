"""
message: >-
  The memory of the squares was summed over all parameters. Each entry has a step
  size of its own.
fails: [example_adagrad, example_rmsprop, adagrad_step, adagrad_steady, adagrad_eps, rms_step, rms_steady, rms_eps_outside]
"""

import numpy as np


def momentum_step(w, g, v, lr, beta=0.9):
    v_new = beta * v + g
    w_new = w - lr * v_new
    return w_new, v_new


def adagrad_step(w, g, s, lr, eps=1e-10):
    total = s + g**2
    w_new = w - lr * g / (np.sqrt(np.sum(total)) + eps)
    return w_new, total


def rmsprop_step(w, g, s, lr, rho=0.99, eps=1e-8):
    mean = rho * s + (1 - rho) * g**2
    w_new = w - lr * g / (np.sqrt(np.mean(mean)) + eps)
    return w_new, mean
