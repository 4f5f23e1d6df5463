"""
message: >-
  AdaGrad's memory is a running average, as in RMSProp. AdaGrad adds the squares up
  and never forgets.
fails: [example_adagrad, adagrad_state, adagrad_step, adagrad_steady, adagrad_zero_grad, adagrad_eps]
"""

import numpy as np


def momentum_step(w, g, v, lr, beta=0.9):
    v_new = beta * v + g
    w_new = w - lr * v_new
    return w_new, v_new


def adagrad_step(w, g, s, lr, eps=1e-10):
    total = 0.99 * s + 0.01 * g**2
    w_new = w - lr * g / (np.sqrt(total) + eps)
    return w_new, total


def rmsprop_step(w, g, s, lr, rho=0.99, eps=1e-8):
    mean = rho * s + (1 - rho) * g**2
    w_new = w - lr * g / (np.sqrt(mean) + eps)
    return w_new, mean
