"""Plain Python numbers, one entry at a time; a list comes back."""

import math

import numpy as np


def adam_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    return adamw_step(w, g, m, v, t, lr, beta1, beta2, eps, 0.0)


def adamw_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    if t <= 0:
        raise ValueError("steps are counted from 1")
    left1 = left2 = 1.0
    for _ in range(int(t)):
        left1 *= beta1
        left2 *= beta2
    rows = []
    for wi, gi, mi, vi in zip(*(np.asarray(a, dtype=float).ravel().tolist() for a in (w, g, m, v))):
        mi = beta1 * mi + (1 - beta1) * gi
        vi = beta2 * vi + (1 - beta2) * gi * gi
        step = mi / (1 - left1) / (math.sqrt(vi / (1 - left2)) + eps)
        rows.append((wi - lr * (step + weight_decay * wi), mi, vi))
    return [np.array(column).reshape(np.shape(w)) for column in zip(*rows)]
