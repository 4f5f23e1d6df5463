"""Log-sum-exp by NumPy's pairwise logaddexp; softmax from the logarithm."""

import numpy as np


def log_softmax(z, axis=-1, temperature=1.0):
    if not temperature > 0:
        raise ValueError(f"temperature {temperature} is not positive")
    scaled = np.array(z, float) / temperature
    return scaled - np.expand_dims(np.logaddexp.reduce(scaled, axis=axis), axis)


def softmax(z, axis=-1, temperature=1.0):
    p = np.exp(log_softmax(z, axis, temperature))
    return p / np.sum(p, axis=axis, keepdims=True)


def masked_softmax(z, mask, axis=-1):
    z, mask = np.asarray(z, float), np.asarray(mask, bool)
    lowest = np.finfo(float).min
    kept = np.where(mask, z, lowest)
    top = np.max(kept, axis=axis, keepdims=True)
    e = np.where(mask, np.exp(np.where(mask, kept - top, 0.0)), 0.0)
    total = np.sum(e, axis=axis, keepdims=True)
    return np.divide(e, total, out=np.zeros_like(e), where=total > 0)
