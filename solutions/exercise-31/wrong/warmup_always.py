"""
message: >-
  Without a warmup (warmup = 0) your function divides by 0. The warmup has no step then:
  go to the cosine at once.
fails: [after_the_end, no_warmup]
"""

import math
import numpy as np


def warmup_cosine(step, warmup, total, lr_max, lr_min=0.0):
    if step <= warmup:
        return min(lr_max * (step + 1) / warmup, lr_max)
    progress = min((step - warmup) / (total - warmup), 1.0)
    return lr_min + (lr_max - lr_min) * (1.0 + math.cos(math.pi * progress)) / 2.0


def step_decay(step, lr0, gamma, every):
    return lr0 * gamma ** (step // every)


def noam(step, d_model, warmup):
    s = step + 1
    return d_model ** (-0.5) * min(s ** (-0.5), s * warmup ** (-1.5))


def clip_by_global_norm(grads, max_norm):
    norm = math.sqrt(sum((np.sum(np.square(g)) for g in grads)))
    factor = max_norm / norm if norm > max_norm else 1.0
    return ([factor * g for g in grads], norm)


def clip_by_value(g, limit):
    return np.clip(g, -limit, limit)
