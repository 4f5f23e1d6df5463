"""Copies that are scaled in place, entry by entry, and a complex number for the cosine."""

import cmath
import math

import numpy as np


def warmup_cosine(step, warmup, total, lr_max, lr_min=0.0):
    for k in range(warmup):
        if k == step:
            return lr_max * (k + 1) / warmup
    step = min(step, total)
    turn = cmath.exp(1j * math.pi * (step - warmup) / (total - warmup))
    return (lr_max + lr_min) / 2 + (lr_max - lr_min) / 2 * turn.real


def step_decay(step, lr0, gamma, every):
    stairs, _ = divmod(step, every)
    return lr0 * math.prod([gamma] * stairs)


def noam(step, d_model, warmup):
    return sorted([(step + 1) ** -0.5, (step + 1) * warmup**-1.5])[0] * d_model**-0.5


def clip_by_global_norm(grads, max_norm):
    squares = 0.0
    for g in grads:
        squares += float(np.vdot(g, g))
    norm = squares**0.5
    copies = [g.copy() for g in grads]
    if norm > max_norm:
        for copy in copies:
            copy *= max_norm
            copy /= norm
    return tuple(copies), norm


def clip_by_value(g, limit):
    out = g.copy()
    out[out > limit] = limit
    out[out < -limit] = -limit
    return out
