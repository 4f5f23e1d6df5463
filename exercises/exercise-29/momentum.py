"""Momentum, AdaGrad, RMSProp: gradient descent with a memory.

One step of each: parameters, gradient and memory come in, the new parameters and the new memory
come out. The arrays w, g, v and s are float64 and share one shape, whatever it is; every entry is
treated by itself. In all three the memory is brought up to date first, and the step uses the NEW
memory. No function may change its arguments, and what it returns has memory of its own, also where
nothing moved (a gradient, a learning rate or a beta of 0). All is done in float64, roots included.
"""

import numpy as np


def momentum_step(w, g, v, lr, beta=0.9):
    """Take one step of gradient descent with momentum.

        v <- beta * v + g
        w <- w - lr * v        (with the new v)

    The gradient comes in whole: v is a sum, not an average with the weights beta and 1 - beta.

    Args:
        w: Parameters.
        g: Gradient at w.
        v: Velocity before this step; zeros before the first one.
        lr: Learning rate.
        beta: Share of the velocity that stays, 0 <= beta < 1.

    Returns:
        (w, v): the new parameters and the new velocity.
    """
    raise NotImplementedError


def adagrad_step(w, g, s, lr, eps=1e-10):
    """Take one step of AdaGrad.

        s <- s + g**2
        w <- w - lr * g / (sqrt(s) + eps)        (with the new s; eps outside the root)

    Args:
        w: Parameters.
        g: Gradient at w.
        s: Sum of the squares of all gradients before this step, entries >= 0; zeros before the
            first one.
        lr: Learning rate.
        eps: Small positive number that keeps the quotient finite: where s and g are 0, w stays.

    Returns:
        (w, s): the new parameters and the new sum.
    """
    raise NotImplementedError


def rmsprop_step(w, g, s, lr, rho=0.99, eps=1e-8):
    """Take one step of RMSProp.

        s <- rho * s + (1 - rho) * g**2
        w <- w - lr * g / (sqrt(s) + eps)        (with the new s; eps outside the root)

    Args:
        w: Parameters.
        g: Gradient at w.
        s: Running average of the squared gradients before this step, entries >= 0; zeros before
            the first one.
        lr: Learning rate.
        rho: Weight of the past in s, 0 <= rho < 1.
        eps: Small positive number that keeps the quotient finite: where s and g are 0, w stays.

    Returns:
        (w, s): the new parameters and the new average, as it is (no correction for its start).
    """
    raise NotImplementedError
