"""
message: >-
  The update was written into the arrays of whoever called you. An operation such as
  v *= beta changes the old array; make a new one.
fails: [no_mutation]
"""

import numpy as np


def momentum_step(w, g, v, lr, beta=0.9):
    v *= beta
    v += g
    v_new = v
    w_new = w - lr * v_new
    return w_new, v_new


def adagrad_step(w, g, s, lr, eps=1e-10):
    s += g**2
    total = s
    w_new = w - lr * g / (np.sqrt(total) + eps)
    return w_new, total


def rmsprop_step(w, g, s, lr, rho=0.99, eps=1e-8):
    s *= rho
    s += (1 - rho) * g**2
    mean = s
    w_new = w - lr * g / (np.sqrt(mean) + eps)
    return w_new, mean
