"""
message: >-
  AdaGrad divides by the sum of squares itself. Only its root has the unit of a
  gradient.
fails: [example_adagrad, adagrad_step, adagrad_steady, adagrad_eps]
"""

import numpy as np


def momentum_step(w, g, v, lr, beta=0.9):
    v_new = beta * v + g
    w_new = w - lr * v_new
    return w_new, v_new


def adagrad_step(w, g, s, lr, eps=1e-10):
    total = s + g**2
    w_new = w - lr * g / (total + eps)
    return w_new, total


def rmsprop_step(w, g, s, lr, rho=0.99, eps=1e-8):
    mean = rho * s + (1 - rho) * g**2
    w_new = w - lr * g / (np.sqrt(mean) + eps)
    return w_new, mean
