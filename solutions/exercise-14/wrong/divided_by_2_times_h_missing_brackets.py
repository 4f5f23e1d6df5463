"""
message: >-
  `a / 2 * h` divides by 2 and then multiplies by h. The distance of the two points
  belongs in brackets.
fails: [example_cube, example_coarse, partial_age, example_direction, cubic, second_order, partial, partial_second_order, gradient, gradient_matrix, gradient_second_order, directional, directional_scale, directional_second_order, integer_input]
"""

import numpy as np


def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / 2 * h


def partial(f, x, i, h=1e-5):
    x = np.asarray(x, dtype=float)
    e = np.zeros_like(x)
    e[i] = h
    return (f(x + e) - f(x - e)) / 2 * h


def gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    g = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[index] = h
        g[index] = (f(x + e) - f(x - e)) / 2 * h
    return g


def directional_derivative(f, x, u, h=1e-5):
    x = np.asarray(x, dtype=float)
    u = np.asarray(u, dtype=float)
    length = np.linalg.norm(u)
    if length == 0:
        raise ValueError("u must not be zero")
    u = u / length
    return (f(x + h * u) - f(x - h * u)) / 2 * h
