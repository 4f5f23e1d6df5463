"""
message: >-
  Your error falls like h; that of symmetric differences falls like h². You look only
  to the left of x: look to both sides.
fails: [example_coarse, second_order, kink, partial_second_order, gradient_second_order, directional_second_order]
"""

import numpy as np


def derivative(f, x, h=1e-5):
    return (f(x) - f(x - h)) / h


def partial(f, x, i, h=1e-5):
    x = np.asarray(x, dtype=float)
    e = np.zeros_like(x)
    e[i] = h
    return (f(x) - f(x - e)) / h


def gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    g = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[index] = h
        g[index] = (f(x) - f(x - e)) / h
    return g


def directional_derivative(f, x, u, h=1e-5):
    x = np.asarray(x, dtype=float)
    u = np.asarray(u, dtype=float)
    length = np.linalg.norm(u)
    if length == 0:
        raise ValueError("u must not be zero")
    u = u / length
    return (f(x) - f(x - h * u)) / h
