"""Curvature: Hessians, Taylor's second-order formula, critical points, Newton's step, step sizes.

Vectors and matrices come as NumPy arrays. H is always symmetric. No function may change its
arguments, and results are new.
"""

import numpy as np


def hessian(f, x, h=1e-4):
    """Measure all second partial derivatives of f at x, by central differences of second order.

    Central means: f is asked on both sides of x alike, so that a polynomial of degree 3 or less is
    measured exactly, up to rounding, however large the step. Of second order means: otherwise the
    error falls like h² (a quarter of it is left when h is halved), no slower and no faster. Several
    such formulas are in use; any of them will do. Those of fourth order, which weigh further points
    to do better, aren't meant.

    Args:
        f: Takes a float64 array of shape (n,), gives one number.
        x: Where to measure, shape (n,), integers or floats. Convert it to float64 before you add
            the step.
        h: Step in each coordinate, h > 0; no point lies further than 2 h from x in a coordinate.

    Returns:
        H of shape (n, n), float64: H[i, j] = ∂²f/∂x_i∂x_j.
    """
    raise NotImplementedError


def taylor2(f0, g, H, dx):
    """Predict f(x + dx) from what is known at x, by Taylor's formula up to the second order.

    Args:
        f0: The value f(x), a number.
        g: The gradient at x, shape (n,).
        H: The Hessian at x, shape (n, n), symmetric.
        dx: The move away from x, shape (n,).

    Returns:
        The prediction, a number.
    """
    raise NotImplementedError


def classify(H, tol=1e-8):
    """Say what kind of critical point (a point where the gradient is 0) has the Hessian H.

    Args:
        H: The Hessian, shape (n, n), symmetric, any n >= 1.
        tol: An eigenvalue λ with |λ| <= tol counts as 0. The limit is absolute: it isn't scaled
            by the size of H.

    Returns:
        "degenerate" if any eigenvalue counts as 0, whatever the others are; else "minimum",
        "maximum" or "saddle" (eigenvalues of both signs).
    """
    raise NotImplementedError


def newton_step(g, H):
    """Give the step to ADD to x that leads to the critical point of the second-order model.

    Args:
        g: The gradient at x, shape (n,).
        H: The Hessian at x, shape (n, n), symmetric and invertible, its eigenvalues of either sign
            and of any size.

    Returns:
        The step -H⁻¹g, shape (n,); x + step is the new point.
    """
    raise NotImplementedError


def max_stable_lr(H):
    """Give the learning rate at which gradient descent on ½ xᵀHx stops converging.

    Below it x ← x - lr·Hx goes to 0 from every start, above it the steps grow without bound from
    almost every start.

    Args:
        H: Shape (n, n), symmetric, all eigenvalues positive.

    Returns:
        The limit, a number.
    """
    raise NotImplementedError
