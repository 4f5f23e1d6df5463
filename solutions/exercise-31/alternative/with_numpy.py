"""NumPy scalars instead of floats, the two arms of a schedule chosen by minimum and clip."""

import numpy as np


def warmup_cosine(step, warmup, total, lr_max, lr_min=0.0):
    rising = (step + 1) / max(warmup, 1)
    phase = np.clip((step - warmup) / (total - warmup), 0.0, 1.0) * np.pi
    falling = lr_min + 0.5 * (lr_max - lr_min) * (1 + np.cos(phase))
    return np.where(step < warmup, lr_max * rising, falling)


def step_decay(step, lr0, gamma, every):
    return lr0 * np.power(float(gamma), np.floor(step / every))


def noam(step, d_model, warmup):
    s = np.float64(step + 1)
    return np.minimum(1 / np.sqrt(s), s / warmup**1.5) / np.sqrt(d_model)


def clip_by_global_norm(grads, max_norm):
    norm = np.hypot.reduce([np.linalg.norm(g) for g in grads])
    return [g * max_norm / np.maximum(norm, max_norm) for g in grads], norm


def clip_by_value(g, limit):
    return np.minimum(np.maximum(g, -limit), limit)
