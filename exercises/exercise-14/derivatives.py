"""Derivatives, partial derivatives and gradients by central differences.

A slope is measured with two points, one step h on either side:

    (f(x + h) - f(x - h)) / (2 * h)

`f` is a function that you may call as often as you like; it gives one number. Arrays come as
NumPy arrays of integers or of floats: convert them to float64 before you add a step to them, so
that the step isn't lost. `x` and `u` belong to whoever called you: don't write into them, not
even to put the old value back afterwards.
"""

import numpy as np


def derivative(f, x, h=1e-5):
    """Measure the slope of a function of one number, by the central difference.

    Args:
        f: Takes a number, gives a number.
        x: Where to measure, a number (an int is fine).
        h: Step, h > 0; f is asked at x - h and x + h.

    Returns:
        The central difference, a number.
    """
    raise NotImplementedError


def partial(f, x, i, h=1e-5):
    """Measure the slope of f in coordinate i, while all other coordinates keep their values.

    Args:
        f: Takes an array of shape (n,), gives a number.
        x: Where to measure, shape (n,), integers or floats.
        i: Which coordinate, 0 <= i < n.
        h: Step in coordinate i, h > 0.

    Returns:
        The central difference in coordinate i, a number.
    """
    raise NotImplementedError


def gradient(f, x, h=1e-5):
    """Measure the slope of f in every entry of x, one entry at a time.

    Args:
        f: Takes an array of the shape of x, gives a number.
        x: Where to measure, any shape (a vector, a matrix, ...), integers or floats.
        h: Step in each entry, h > 0.

    Returns:
        The central differences, a new array: the shape of x, float64.
    """
    raise NotImplementedError


def directional_derivative(f, x, u, h=1e-5):
    """Measure the slope of f along the direction of u.

    Only the direction of u counts: u is scaled to Euclidean length 1 first, and the step along
    it has length h. With that v, f is asked at x - h v and x + h v: two calls, however long x is.

    Args:
        f: Takes an array of shape (n,), gives a number.
        x: Where to measure, shape (n,), integers or floats.
        u: The direction, shape (n,), integers or floats, any length but 0, be it 1e-100.
        h: Step along the direction, h > 0.

    Returns:
        The central difference along the direction, (f(x + h v) - f(x - h v)) / (2 h), a number.

    Raises:
        ValueError: all entries of u are 0, so it points nowhere.
    """
    raise NotImplementedError
