"""Adam and AdamW.

One step of each: parameters and state come in, the new ones come out. The arrays w, g, m and v
are float64 and share one shape, whatever it is; every entry is treated by itself, in float64. No
function may change its arguments, and what it returns has memory of its own, also where nothing moved
(a gradient, a learning rate, a beta of 0).
"""

import numpy as np


def adam_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """Take one step of Adam.

    The new averages are

        m <- beta1 * m + (1 - beta1) * g
        v <- beta2 * v + (1 - beta2) * g**2

    The step uses the new averages, each divided by its correction for the start from 0 (a power
    of beta with the exponent t); eps is added outside the root, after the correction:

        w <- w - lr * m_hat / (sqrt(v_hat) + eps)
        m_hat = m / (1 - beta1**t),   v_hat = v / (1 - beta2**t)

    Args:
        w: Parameters.
        g: Gradient at w.
        m: Running average of the gradients before this step, as returned by the step before.
        v: Running average of their squares before this step, entries >= 0.
        t: Number of this step, an integer; the first step has t = 1.
        lr: Learning rate.
        beta1: Weight of the past in m, 0 <= beta1 < 1.
        beta2: Weight of the past in v, 0 <= beta2 < 1.
        eps: Small positive number that keeps the quotient finite.

    Returns:
        (w, m, v): the new parameters and the new averages. The averages are returned as they are,
        without the correction.

    Raises:
        ValueError: t is below 1.
    """
    raise NotImplementedError


def adamw_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    """Take one step of AdamW: the step of Adam, and lr * weight_decay * w taken away as well.

    The w that decays is the one that came in, before Adam's step. The decay goes straight to the
    parameters: neither g nor m nor v knows of it.

    Args:
        w: Parameters.
        g: Gradient at w, of the loss alone.
        m: Running average of the gradients before this step.
        v: Running average of their squares before this step, entries >= 0.
        t: Number of this step; the first step has t = 1.
        lr: Learning rate.
        beta1: Weight of the past in m.
        beta2: Weight of the past in v.
        eps: Small positive number, outside the root, as in adam_step.
        weight_decay: Strength of the decay, a number >= 0; with 0 this is Adam.

    Returns:
        (w, m, v): the new parameters and the new averages, uncorrected.

    Raises:
        ValueError: t is below 1.
    """
    raise NotImplementedError
