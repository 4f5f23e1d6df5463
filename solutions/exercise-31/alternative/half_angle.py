"""The cosine by its half angle, schedules by cases, one long vector for the norm."""

import math

import numpy as np


def warmup_cosine(step, warmup, total, lr_max, lr_min=0.0):
    if step >= total:
        return lr_min
    if step >= warmup:
        angle = 0.5 * math.pi * (step - warmup) / (total - warmup)
        return lr_max * math.cos(angle) ** 2 + lr_min * math.sin(angle) ** 2
    return lr_max - lr_max * (warmup - step - 1) / warmup


def step_decay(step, lr0, gamma, every):
    rate = lr0
    while step >= every:
        step -= every
        rate *= gamma
    return rate


def noam(step, d_model, warmup):
    s = step + 1
    if s < warmup:
        return s / (warmup * math.sqrt(warmup * d_model))
    return 1.0 / math.sqrt(s * d_model)


def clip_by_global_norm(grads, max_norm):
    long = np.concatenate([np.ravel(g) for g in grads])
    norm = np.linalg.norm(long)
    if norm > max_norm:
        long = long * (max_norm / norm)
    cuts = np.cumsum([g.size for g in grads])[:-1]
    return [part.reshape(g.shape).copy() for part, g in zip(np.split(long, cuts), grads)], norm


def clip_by_value(g, limit):
    return np.sign(g) * np.minimum(np.abs(g), limit)
