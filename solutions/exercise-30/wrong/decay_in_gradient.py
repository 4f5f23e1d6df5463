"""
message: >-
  The decay was added to the gradient. There it goes through both averages and is
  rescaled by the root of v; AdamW takes it from the parameters directly.
fails: [example_adamw, adamw_values, decoupled_decay, decay_not_in_moments, decay_without_gradient]
"""

import numpy as np


def adam_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    if t < 1:
        raise ValueError("t starts at 1")
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    w = w - lr * m_hat / (np.sqrt(v_hat) + eps)
    return w, m, v


def adamw_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    return adam_step(w, g + weight_decay * w, m, v, t, lr, beta1, beta2, eps)
