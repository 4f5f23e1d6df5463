"""Reference solution: Adam and AdamW."""

import numpy as np


def adam_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """Divide each running average by the total weight that t gradients have in it: 1 − βᵗ."""
    if t < 1:
        raise ValueError("t counts from 1")
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v


def adamw_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    """Decay the weights beside the gradient, so that √v doesn't rescale the decay."""
    stepped, m, v = adam_step(w, g, m, v, t, lr, beta1, beta2, eps)
    return stepped - lr * weight_decay * w, m, v
