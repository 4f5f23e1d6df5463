"""Coordinates as Python floats, one closure for each line through x."""

import math

import numpy as np


def _along(f, x, step):
    """Restrict f to the line x + t·step, a function of one number."""
    shape = np.shape(x)
    start = [float(value) for value in np.ravel(x)]
    return lambda t: f(np.array([a + t * b for a, b in zip(start, step)]).reshape(shape))


def derivative(f, x, h=1e-5):
    return float(np.float64(f(x + h) - f(x - h)) / np.float64(h + h))


def partial(f, x, i, h=1e-5):
    return derivative(_along(f, x, [float(k == i) for k in range(len(x))]), 0.0, h)


def gradient(f, x, h=1e-5):
    n = int(np.size(x))
    slopes = [derivative(_along(f, x, [float(k == j) for k in range(n)]), 0.0, h) for j in range(n)]
    return np.array(slopes, dtype=np.float64).reshape(np.shape(x))


def directional_derivative(f, x, u, h=1e-5):
    u = [float(value) for value in u]
    length = math.hypot(*u)
    if length == 0.0:
        raise ValueError("u has no direction")
    return derivative(_along(f, x, [value / length for value in u]), 0.0, h)
