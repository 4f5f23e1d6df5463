"""Both averages in one array and one line; the correction through expm1; the decay as a factor."""

import numpy as np


def adam_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g = np.array(w, dtype=np.float64), np.array(g, dtype=np.float64)
    if int(t) < 1:
        raise ValueError("t")
    betas = np.array([beta1, beta2]).reshape((2,) + (1,) * w.ndim)
    averages = np.stack([m, v]) * betas + np.stack([g, g * g]) * (1.0 - betas)
    mean, square = averages / -np.expm1(t * np.log(betas))
    w -= np.divide(lr * mean, eps + square**0.5)
    return w, averages[0].copy(), averages[1].copy()


def adamw_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    after, m, v = adam_step(np.zeros_like(w), g, m, v, t, lr=lr, beta1=beta1, beta2=beta2, eps=eps)
    return after + np.multiply(w, 1.0 - lr * weight_decay), m, v
