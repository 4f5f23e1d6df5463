"""Reference solution: learning-rate schedules and gradient clipping."""

import math

import numpy as np


def warmup_cosine(step, warmup, total, lr_max, lr_min=0.0):
    """Climb a line, then go down half a cosine, which is flat at both of its ends."""
    if step < warmup:
        return lr_max * (step + 1) / warmup
    progress = min((step - warmup) / (total - warmup), 1.0)
    return lr_min + (lr_max - lr_min) * (1.0 + math.cos(math.pi * progress)) / 2.0


def step_decay(step, lr0, gamma, every):
    """Multiply by γ once for each stair that lies behind."""
    return lr0 * gamma ** (step // every)


def noam(step, d_model, warmup):
    """Take the lower of a rising line and a falling root; they meet at s = warmup."""
    s = step + 1
    return d_model**-0.5 * min(s**-0.5, s * warmup**-1.5)


def clip_by_global_norm(grads, max_norm):
    """Give all arrays one factor, so that the update keeps its direction."""
    norm = math.sqrt(sum(np.sum(np.square(g)) for g in grads))
    factor = max_norm / norm if norm > max_norm else 1.0
    return [factor * g for g in grads], norm


def clip_by_value(g, limit):
    """Cut each entry by itself, which may turn the gradient."""
    return np.clip(g, -limit, limit)
