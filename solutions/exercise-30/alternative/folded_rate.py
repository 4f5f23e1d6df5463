"""The corrections folded into the learning rate and ε, the order that the paper calls more efficient."""

import math

import numpy as np


def _direction(g, m, v, t, beta1, beta2, eps):
    if not t >= 1:
        raise ValueError(f"t = {t}, but the first step has t = 1")
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (np.square(g) - v)
    root = math.sqrt(1 - beta2**t)
    return root / (1 - beta1**t) * m / (np.sqrt(v) + eps * root), m, v


def adam_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    direction, m, v = _direction(g, m, v, t, beta1, beta2, eps)
    return w - lr * direction, m, v


def adamw_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    direction, m, v = _direction(g, m, v, t, beta1, beta2, eps)
    return (1 - lr * weight_decay) * w - lr * direction, m, v
