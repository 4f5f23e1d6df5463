"""Reference solution: derivatives by central differences."""

import numpy as np


def derivative(f, x, h=1e-5):
    """Two points around x: the even terms of Taylor's formula cancel, the error is of order h²."""
    return (f(x + h) - f(x - h)) / (2 * h)


def partial(f, x, i, h=1e-5):
    """Move along the i-th unit vector; `i` may be an index of several axes, which `gradient` uses."""
    x = np.asarray(x, dtype=np.float64)
    unit = np.zeros(x.shape)
    unit[i] = 1.0
    return derivative(lambda t: f(x + t * unit), 0.0, h)


def gradient(f, x, h=1e-5):
    """Collect the partial derivatives in the shape of x."""
    x = np.asarray(x, dtype=np.float64)
    slopes = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        slopes[index] = partial(f, x, index, h)
    return slopes


def directional_derivative(f, x, u, h=1e-5):
    """Walk along the line x + t·û; t is a length, since û has length 1."""
    x, u = np.asarray(x, dtype=np.float64), np.asarray(u, dtype=np.float64)
    length = np.sqrt(np.sum(u * u))
    if length == 0:
        raise ValueError("u is zero and so has no direction")
    return derivative(lambda t: f(x + t * u / length), 0.0, h)
