"""One working copy of x, whose entries are moved through a flat view and put back."""

import numpy as np


def derivative(f, x, h=1e-5):
    return 0.5 * f(x + h) / h - 0.5 * f(x - h) / h


def _slope_at(f, work, k, h):
    flat = work.reshape(-1)
    kept = flat[k]
    flat[k] = kept + h
    ahead = f(work)
    flat[k] = kept - h
    behind = f(work)
    flat[k] = kept
    return (ahead - behind) / (2.0 * h)


def partial(f, x, i, h=1e-5):
    return _slope_at(f, np.array(x, dtype=np.float64), i, h)


def gradient(f, x, h=1e-5):
    work = np.array(x, dtype=np.float64, order="C")
    return np.array([_slope_at(f, work, k, h) for k in range(work.size)]).reshape(work.shape)


def directional_derivative(f, x, u, h=1e-5):
    u = np.array(u, dtype=np.float64)
    length = np.sqrt(u.dot(u))
    if not length > 0:
        raise ValueError("direction of length 0")
    middle = np.array(x, dtype=np.float64)
    step = u * (h / length)
    ahead = f(middle + step)
    return float((ahead - f(middle - step)) / (2.0 * h))
