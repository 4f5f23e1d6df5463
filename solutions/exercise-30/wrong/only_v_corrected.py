"""
message: >-
  Only the average of the squares is corrected for its start at 0. The average of
  the gradients starts at 0 too.
fails: [example_first_step, example_second_step, example_adamw, step_t1, step_t5, step_t1000, weighted_mean, steady_gradient, first_step_is_lr, eps_after_correction, adamw_values]
"""

import numpy as np


def adam_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    if t < 1:
        raise ValueError("t starts at 1")
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m
    v_hat = v / (1 - beta2**t)
    w = w - lr * m_hat / (np.sqrt(v_hat) + eps)
    return w, m, v


def adamw_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    new_w, m, v = adam_step(w, g, m, v, t, lr, beta1, beta2, eps)
    return new_w - lr * weight_decay * w, m, v
