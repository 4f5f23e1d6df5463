"""Learning-rate schedules and gradient clipping.

Steps count from 0 and are Python ints; learning rates come back as floats. Gradients are float64
arrays of any shape (a single number, shape (), and an empty array such as shape (0, 3) are
gradients too), with entries whose squares fit in a float64. No function may change its arguments,
and every returned array is a new one, also where nothing was clipped. `no_warnings`: clipping may
not raise an overflow, invalid-value or division-by-zero warning.
"""

import numpy as np


def warmup_cosine(step, warmup, total, lr_max, lr_min=0.0):
    """Give the learning rate of a step: a linear warmup, then half a cosine, then a constant.

    While step < warmup it is lr_max * (step + 1) / warmup: step 0 already learns, and step
    warmup - 1 has reached lr_max. From there half a cosine leads from lr_max at step = warmup
    to lr_min at step = total; from `total` on it stays lr_min.

    Args:
        step: Number of the step, 0, 1, 2, ...; it may lie beyond `total`.
        warmup: Number of warmup steps, 0 <= warmup < total; 0 means no warmup.
        total: The step at which lr_min is reached.
        lr_max: Largest learning rate.
        lr_min: Learning rate at the end, 0 <= lr_min <= lr_max. (The warmup doesn't use it.)

    Returns:
        The learning rate.
    """
    raise NotImplementedError


def step_decay(step, lr0, gamma, every):
    """Give a learning rate that is multiplied by gamma once in `every` steps.

    The steps 0, ..., every - 1 have lr0, the next `every` steps lr0 * gamma, and so on.

    Args:
        step: Number of the step, 0, 1, 2, ...
        lr0: Learning rate at the start.
        gamma: Factor > 0.
        every: Length of a stair, a whole number >= 1.

    Returns:
        The learning rate.
    """
    raise NotImplementedError


def noam(step, d_model, warmup):
    """Give the learning rate of the first Transformer, with s = step + 1:

        d_model**(-1/2) * min(s**(-1/2), s * warmup**(-3/2))

    Args:
        step: Number of the step, 0, 1, 2, ...
        d_model: Width of the model.
        warmup: Number of warmup steps, >= 1.

    Returns:
        The learning rate.
    """
    raise NotImplementedError


def clip_by_global_norm(grads, max_norm):
    """Shorten all gradients by one common factor, so that together they are at most max_norm long.

    Their length is the Euclidean norm of all entries of all arrays, taken as one long vector. If
    it is above max_norm, every array is multiplied by max_norm / norm (no small number is added
    to the norm), so that the new length is max_norm. Otherwise nothing changes; gradients that
    are all 0 stay 0.

    Args:
        grads: List of arrays, of any shapes.
        max_norm: The largest length allowed, > 0.

    Returns:
        (clipped, norm): the list of the clipped arrays, in the same order and shapes, and the
        length BEFORE clipping.
    """
    raise NotImplementedError


def clip_by_value(g, limit):
    """Bring every entry of one array into [-limit, limit]; those inside stay as they are.

    Args:
        g: Gradient, any shape.
        limit: Largest absolute value allowed, > 0.

    Returns:
        The clipped gradient, of g's shape.
    """
    raise NotImplementedError
