"""Jacobians, the chain rule in matrices, and the backward pass of a softmax.

The convention throughout: J[i, j] = ∂f_i/∂x_j, so a map from n numbers to m numbers has a Jacobian
of shape (m, n), one row an output, one column an input. Results are new arrays of floats, never
views of what was handed in, and no argument may change (a list keeps its order and its entries).
"""

import numpy as np


def jacobian(f, x, h=1e-6):
    """Measure the Jacobian of f at x by central differences, one input at a time.

    Args:
        f: Takes a float64 array of shape (n,), gives an array of shape (m,) or a single number
            (which counts as m = 1). It may give back its very argument, or a view of it: hand it
            a new array each time.
        x: Where to measure, shape (n,), integers or floats. Convert it to float64 before you add
            the step.
        h: Step, h > 0; f is asked at x - h and x + h in each coordinate.

    Returns:
        J of shape (m, n), also when m = 1 or n = 1: J[i, j] = (f_i(x + h e_j) - f_i(x - h e_j)) / (2 h).
    """
    raise NotImplementedError


def chain(jacobians):
    """Multiply the Jacobians of maps that are applied one after the other.

    Args:
        jacobians: A list of one or more matrices in the order in which their maps are applied:
            the first belongs to the map that sees x, with shape (m_1, n); the next has shape
            (m_2, m_1), and so on.

    Returns:
        The Jacobian of the whole composition, shape (m_last, n), a new array. For a list of one
        matrix it equals that matrix.
    """
    raise NotImplementedError


def softmax_jacobian(p):
    """Give the Jacobian of softmax, ∂p_i/∂z_j, from the probabilities alone.

    Args:
        p: The output of softmax (not the scores), shape (n,): at least 0, with sum 1; entries may
            be exactly 0 or 1.

    Returns:
        Shape (n, n).
    """
    raise NotImplementedError


def softmax_vjp(p, g):
    """Carry slopes back through softmax, row by row: ∂L/∂z from g = ∂L/∂p.

    Each row (along the last axis) is a softmax of its own; rows don't mix.

    Args:
        p: Outputs of softmax, shape (..., n): any number of leading axes, also none.
        g: Slope of the loss in each entry of p, shape of p, any numbers.

    Returns:
        The slope of the loss in each score, shape of p.
    """
    raise NotImplementedError
