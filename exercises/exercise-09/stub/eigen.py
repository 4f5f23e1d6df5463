"""Eigenvalues: Rayleigh quotient, power iteration, spectral norm.

Arrays are NumPy arrays, taken as float64, also if they hold whole numbers. A number that is
returned may be a Python float, a NumPy scalar or a 0-d array. No function may change its arguments.
"""

import numpy as np


def rayleigh(A, v):
    """Give the Rayleigh quotient: v.T A v divided by v.T v.

    Args:
        A: Shape (n, n), symmetric or not.
        v: Shape (n,), not zero, of any length (it need not be a unit vector).

    Returns:
        One number; for an eigenvector v of A it is its eigenvalue.
    """
    raise NotImplementedError


def power_iteration(A, num_iters=5000, tol=1e-13, v0=None):
    """Find the eigenvalue of largest modulus, and its eigenvector, by multiplying by A again and again.

    Args:
        A: Shape (n, n), symmetric. One eigenvalue is larger in modulus than all others; it may be
            negative, and the next may be as near as 0.99 of it.
        num_iters: How many times to multiply by A, at most. When they are used up, the last iterate
            is returned, converged or not: v is exactly A^num_iters v0, up to its length and sign,
            and lam belongs to this v.
        tol: The loop may end earlier, once a further step changes v or lam by no more than this
            small size, relative to v's length or to lam itself. A larger num_iters and tol = 0 are
            always allowed.
        v0: Where to start, shape (n,), not zero and of any length; by default any start that you
            find reasonable.

    Returns:
        The pair (lam, v): the eigenvalue with its sign (Rayleigh quotient of v), and v of shape (n,)
        with length 1, turned so that its entry of largest modulus is positive. For A = 0, lam is 0
        (and v isn't looked at); a small A, such as 1e-30 times another, isn't 0.
    """
    raise NotImplementedError


def spectral_norm(W, num_iters=5000):
    """Give the largest singular value of W: the most by which W can stretch a vector.

    Args:
        W: Shape (m, n), tall, wide or square; its two largest singular values differ by at least 1 %.
        num_iters: How many steps to take, at most.

    Returns:
        One number, never negative; 0 for W = 0.
    """
    raise NotImplementedError


def trace_det_from_eigs(lams):
    """Give the trace and the determinant of a matrix from its eigenvalues.

    Args:
        lams: All n eigenvalues, real, each as often as it occurs, shape (n,), n >= 1.

    Returns:
        The pair (trace, determinant) of numbers.
    """
    raise NotImplementedError
