"""Plain Python, one row at a time, on the axis moved to the end."""

import math

import numpy as np


def _rows(function, z, axis, *others):
    z = np.moveaxis(np.array(z, dtype=np.float64), axis, -1)
    others = [np.moveaxis(np.asarray(o), axis, -1).reshape(-1, z.shape[-1]) for o in others]
    rows = [function(list(map(float, row)), *(o[i] for o in others)) for i, row in enumerate(z.reshape(-1, z.shape[-1]))]
    return np.moveaxis(np.array(rows).reshape(z.shape), -1, axis).copy()


def _log_row(row):
    m = max(row)
    log_total = m + math.log(math.fsum(math.exp(x - m) for x in row))
    return [(x - m) - (log_total - m) for x in row] if abs(m) < 1e15 else [(x - m) - math.log(sum(math.exp(y - m) for y in row)) for x in row]


def softmax(z, axis=-1, temperature=1.0):
    return np.exp(log_softmax(z, axis, temperature))


def log_softmax(z, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature")
    return _rows(lambda row: _log_row([x / temperature for x in row]), z, axis)


def _masked_row(row, keep):
    kept = [x for x, k in zip(row, keep) if k]
    if not kept:
        return [0.0] * len(row)
    m = max(kept)
    weights = [math.exp(x - m) if k else 0.0 for x, k in zip(row, keep)]
    return [w / math.fsum(weights) for w in weights]


def masked_softmax(z, mask, axis=-1):
    return _rows(_masked_row, z, axis, mask)
