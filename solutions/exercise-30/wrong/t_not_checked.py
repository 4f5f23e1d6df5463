"""
message: >-
  A step number below 1 divides by 0 or corrects the wrong way. The stub asks for a
  ValueError.
fails: [t_from_one, adamw_t_from_one]
"""

import numpy as np


def adam_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    w = w - lr * m_hat / (np.sqrt(v_hat) + eps)
    return w, m, v


def adamw_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    new_w, m, v = adam_step(w, g, m, v, t, lr, beta1, beta2, eps)
    return new_w - lr * weight_decay * w, m, v
