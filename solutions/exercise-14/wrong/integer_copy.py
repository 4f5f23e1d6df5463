"""
message: >-
  The step was truncated to 0 (or to a whole −1): your copy of x holds whole numbers,
  and so can't hold x + h. Convert x to float64 first.
fails: [partial_age, integer_input]
"""

import numpy as np


def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def partial(f, x, i, h=1e-5):
    above = np.array(x)
    below = np.array(x)
    above[i] += h
    below[i] -= h
    return (f(above) - f(below)) / (2 * h)


def gradient(f, x, h=1e-5):
    x = np.asarray(x)
    g = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        above = np.array(x)
        below = np.array(x)
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
