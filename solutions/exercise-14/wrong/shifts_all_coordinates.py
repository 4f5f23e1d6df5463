"""
message: >-
  Each of your partial derivatives moves all coordinates at once. Move one; the others
  keep still.
fails: [partial_age, partial, partial_second_order, gradient, gradient_matrix, gradient_second_order, integer_input]
"""

import numpy as np


def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def partial(f, x, i, h=1e-5):
    x = np.asarray(x, dtype=float)
    return (f(x + h) - f(x - h)) / (2 * h)


def gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    g = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        g[index] = (f(x + h) - f(x - h)) / (2 * h)
    return g


def directional_derivative(f, x, u, h=1e-5):
    x = np.asarray(x, dtype=float)
    u = np.asarray(u, dtype=float)
    length = np.linalg.norm(u)
    if length == 0:
        raise ValueError("u must not be zero")
    u = u / length
    return (f(x + h * u) - f(x - h * u)) / (2 * h)
