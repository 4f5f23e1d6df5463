"""
message: >-
  The results come back as one long row. They are to have the shape of w, whatever
  it is.
fails: [velocity, momentum_step, momentum_without_memory, adagrad_state, adagrad_step, adagrad_eps, rms_state, rms_step, rms_eps_outside, any_shape]
"""

import numpy as np


def momentum_step(w, g, v, lr, beta=0.9):
    v_new = beta * v + g
    w_new = w - lr * v_new
    return w_new.ravel(), v_new.ravel()


def adagrad_step(w, g, s, lr, eps=1e-10):
    total = s + g**2
    w_new = w - lr * g / (np.sqrt(total) + eps)
    return w_new.ravel(), total.ravel()


def rmsprop_step(w, g, s, lr, rho=0.99, eps=1e-8):
    mean = rho * s + (1 - rho) * g**2
    w_new = w - lr * g / (np.sqrt(mean) + eps)
    return w_new.ravel(), mean.ravel()
