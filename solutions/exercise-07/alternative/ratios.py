"""p_i = 1 / Σ_j exp((z_j − z_i)/T): every pair of scores is compared, no maximum is needed."""

import numpy as np


def softmax(z, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("T must be > 0")
    z = np.moveaxis(np.asarray(z, dtype=float), axis, -1) / temperature
    with np.errstate(over="ignore"):
        p = 1.0 / np.exp(z[..., None, :] - z[..., :, None]).sum(axis=-1)
    return np.moveaxis(p, -1, axis)


def log_softmax(z, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("T must be > 0")
    z = np.asarray(z, dtype=float) / temperature
    d = z - np.max(z, axis=axis, keepdims=True)
    return d - np.log(np.sum(np.exp(d), axis=axis, keepdims=True))


def masked_softmax(z, mask, axis=-1):
    z = np.asarray(z, dtype=float)
    out = np.zeros(z.shape)
    rows, kept, to = (np.moveaxis(a, axis, -1) for a in (z, np.asarray(mask), out))
    for index in np.ndindex(rows.shape[:-1]):
        if kept[index].any():
            to[index][kept[index]] = softmax(rows[index][kept[index]])
    return out
