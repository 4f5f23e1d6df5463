"""L2 penalty and dropout: two ways to keep a network from learning its training set by heart.

The parameters are a dict of float64 arrays of any shapes, such as {"W1": ..., "b1": ...}. The
weights are the arrays whose names start with a capital 'W'; all others (biases, gains) are free of
the penalty. Activations are float64 arrays of any shape. No function may change its arguments (only
the generator moves on), and every returned array is a new float64 array.
"""

import numpy as np


def l2_penalty(params, lam):
    """Give lam / 2 times the sum of the squares of all entries of all weights.

    Args:
        params: Dict of names and arrays; only names that start with 'W' count.
        lam: Strength of the penalty, >= 0.

    Returns:
        The penalty, one number; 0 if there are no weights.
    """
    raise NotImplementedError


def l2_grads(params, lam):
    """Give the gradient of l2_penalty for every parameter.

    Args:
        params: Dict of names and arrays.
        lam: Strength of the penalty, >= 0.

    Returns:
        Dict with the same names and shapes; arrays of zeros for names that don't start with 'W'.
    """
    raise NotImplementedError


def dropout_forward(x, p, rng, train=True):
    """Drop each entry of x with probability p, and scale up the kept ones by 1 / (1 - p).

    Draw once, u = rng.random(x.shape), and keep an entry where u >= p, also where they are equal.
    With p = 0 this keeps everything, and draws all the same, so that changing p never changes the
    draws that follow. With train=False nothing is dropped or scaled, the mask is all ones, and the
    generator isn't used. p is checked either way.

    Args:
        x: Activations, any shape.
        p: Probability of DROPPING an entry, 0 <= p < 1.
        rng: A numpy.random.Generator; the only source of randomness.
        train: Whether the network is being trained.

    Returns:
        (out, mask): out = x * mask, of x's shape; and the mask, of x's shape too: 0 where the
        entry is dropped and 1 / (1 - p) where it is kept.

    Raises:
        ValueError: p is below 0, or 1 or above.
    """
    raise NotImplementedError


def dropout_backward(dout, mask):
    """Carry a gradient back through the dropout.

    Args:
        dout: Gradient of the loss for `out`, any shape.
        mask: The mask that dropout_forward returned, of the same shape.

    Returns:
        Gradient of the loss for x.
    """
    raise NotImplementedError
