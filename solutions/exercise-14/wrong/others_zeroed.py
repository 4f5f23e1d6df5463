"""
message: >-
  The other coordinates became 0 while one was moved. They keep the values that they
  have in x.
fails: [partial, gradient, gradient_matrix, integer_input]
"""

import numpy as np


def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def partial(f, x, i, h=1e-5):
    x = np.asarray(x, dtype=float)
    e = np.zeros_like(x)
    e[i] = h
    return (f(np.where(e != 0, x + e, 0.0)) - f(np.where(e != 0, x - e, 0.0))) / (2 * h)


def gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    g = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[index] = h
        g[index] = (f(np.where(e != 0, x + e, 0.0)) - f(np.where(e != 0, x - e, 0.0))) / (2 * h)
    return g


def directional_derivative(f, x, u, h=1e-5):
    x = np.asarray(x, dtype=float)
    u = np.asarray(u, dtype=float)
    length = np.linalg.norm(u)
    if length == 0:
        raise ValueError("u must not be zero")
    u = u / length
    return (f(x + h * u) - f(x - h * u)) / (2 * h)
