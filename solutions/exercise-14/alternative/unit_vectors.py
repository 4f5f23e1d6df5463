"""Vectorised where it can be: all shifted points come from the rows of one identity matrix."""

import numpy as np


def derivative(f, x, h=1e-5):
    right, left = x + h, x - h
    return (f(right) - f(left)) / (right - left)


def partial(f, x, i, h=1e-5):
    return gradient(f, x, h)[i]


def gradient(f, x, h=1e-5):
    x = np.asarray(x).astype(float)
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    ahead = np.array([f(point) for point in x + steps])
    behind = np.array([f(point) for point in x - steps])
    return ((ahead - behind) / (2 * h)).reshape(x.shape)


def directional_derivative(f, x, u, h=1e-5):
    if not np.any(u):
        raise ValueError("no direction")
    u = np.array(u, dtype=float)
    step = h * u / np.linalg.norm(u)
    return (f(np.asarray(x) + step) - f(np.asarray(x) - step)) / (2 * h)
