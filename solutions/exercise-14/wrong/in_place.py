"""
message: >-
  You move an entry of the caller's own array and put it back afterwards. Work on a
  copy: `np.asarray` doesn't make one.
fails: [no_mutation]
"""

import numpy as np


def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def partial(f, x, i, h=1e-5):
    x = np.asarray(x, dtype=float)
    old = x[i]
    x[i] = old + h
    above = f(x)
    x[i] = old - h
    below = f(x)
    x[i] = old
    return (above - below) / (2 * h)


def gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    g = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        old = x[index]
        x[index] = old + h
        above = f(x)
        x[index] = old - h
        below = f(x)
        x[index] = old
        g[index] = (above - below) / (2 * h)
    return g


def directional_derivative(f, x, u, h=1e-5):
    x = np.asarray(x, dtype=float)
    u = np.asarray(u, dtype=float)
    length = np.linalg.norm(u)
    if length == 0:
        raise ValueError("u must not be zero")
    u = u / length
    return (f(x + h * u) - f(x - h * u)) / (2 * h)
