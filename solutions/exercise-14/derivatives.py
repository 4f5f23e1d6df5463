"""Reference solution: derivatives by central differences."""

import numpy as np


def derivative(f, x, h=1e-5):
    """Two points around x: the even terms of Taylor's formula cancel, the error is of order h²."""
    return (f(x + h) - f(x - h)) / (2 * h)


def partial(f, x, i, h=1e-5):
    """Move one entry of a float64 copy; `i` may be an index of several axes, which `gradient` uses."""

    def along(t):
        point = np.array(x, dtype=np.float64)
        point[i] += t
        return f(point)

    return derivative(along, 0.0, h)


def gradient(f, x, h=1e-5):
    """Collect the partial derivatives in the shape of x."""
    slopes = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        slopes[index] = partial(f, x, index, h)
    return slopes


def directional_derivative(f, x, u, h=1e-5):
    """Walk along the line x + t·u/|u|, on which t is a length."""
    length = np.linalg.norm(u)
    if length == 0:
        raise ValueError("u is zero and so has no direction")
    start = np.asarray(x, dtype=np.float64)
    return derivative(lambda t: f(start + t * u / length), 0.0, h)
