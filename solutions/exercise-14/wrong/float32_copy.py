"""
message: >-
  Near 1 the numbers of float32 lie 1e-7 apart, so x + 0.00001 is a hundredth off the
  mark, and so is the slope. Convert x to float64 first.
fails: [integer_input]
"""

import numpy as np


def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def partial(f, x, i, h=1e-5):
    above, below = np.array(x), np.array(x)
    if above.dtype.kind != "f":
        above, below = above.astype(float), below.astype(float)
    above[i] += h
    below[i] -= h
    return (f(above) - f(below)) / (2 * h)


def gradient(f, x, h=1e-5):
    x = np.array(x)
    if x.dtype.kind != "f":
        x = x.astype(float)
    g = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += h
        below[index] -= h
        g[index] = (f(above) - f(below)) / (2 * h)
    return g


def directional_derivative(f, x, u, h=1e-5):
    x = np.asarray(x, dtype=float)
    u = np.asarray(u, dtype=float)
    length = np.linalg.norm(u)
    if length == 0:
        raise ValueError("u must not be zero")
    u = u / length
    return (f(x + h * u) - f(x - h * u)) / (2 * h)
