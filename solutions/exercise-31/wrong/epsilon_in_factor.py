"""
message: >-
  A small number was added to the norm, so that tiny gradients end shorter than the limit.
  Here nothing is added.
fails: [example_clip, clip_direction, zero_gradient, no_warnings, no_mutation]
"""

import math
import numpy as np


def warmup_cosine(step, warmup, total, lr_max, lr_min=0.0):
    if step < warmup:
        return lr_max * (step + 1) / warmup
    progress = min((step - warmup) / (total - warmup), 1.0)
    return lr_min + (lr_max - lr_min) * (1.0 + math.cos(math.pi * progress)) / 2.0


def step_decay(step, lr0, gamma, every):
    return lr0 * gamma ** (step // every)


def noam(step, d_model, warmup):
    s = step + 1
    return d_model ** (-0.5) * min(s ** (-0.5), s * warmup ** (-1.5))


def clip_by_global_norm(grads, max_norm):
    norm = math.sqrt(sum((np.sum(np.square(g)) for g in grads)))
    factor = min(1.0, max_norm / (norm + 1e-06))
    return ([factor * g for g in grads], norm)


def clip_by_value(g, limit):
    return np.clip(g, -limit, limit)
