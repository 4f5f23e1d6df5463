"""Backpropagation through a two-layer network.

For one sample x, a row of D numbers:

    a = x W1 + b1       pre-activation, H numbers
    h = relu(a)         activation, relu(a) = max(a, 0) in each entry
    z = h W2 + b2       logits, C numbers, one a class
    p = softmax(z)      probabilities, summing to 1 over the classes
    loss of the sample = -log p[y], natural logarithm

The parameters are a dict with the four keys

    'W1' of shape (D, H)    'b1' of shape (H,)    'W2' of shape (H, C)    'b2' of shape (C,)

and all inputs but the labels are float64 arrays. No function may change its arguments (the dict
included). One check, `no_warnings`, asks that neither function raises an overflow, invalid-value or
division-by-zero warning for logits as large as ±1e6 (underflow to 0 is fine).
"""

import numpy as np


def mlp_forward(params, X):
    """Run the network on a batch and keep what the way back will need.

    Args:
        params: Dict with 'W1', 'b1', 'W2', 'b2'.
        X: Samples, one a row, shape (N, D).

    Returns:
        (logits, cache): the logits z, shape (N, C), float64, before any softmax; and the cache,
        which is yours: put in whatever `mlp_loss_and_grads` needs (None is fine too). The cache
        may hold the arguments themselves.
    """
    raise NotImplementedError


def mlp_loss_and_grads(params, X, y, l2=0.0):
    """Give the regularised loss of a batch and its gradient for every parameter.

    The loss is the mean over the N samples of -log p[y], plus a penalty on the weights alone:

        L = mean(-log p[y]) + (l2 / 2) * (sum of W1**2 + sum of W2**2)

    The biases are not penalised. The derivative of relu at exactly 0 is taken to be 0. Logits may
    be as large as ±1e6: the loss and the gradients are finite then, and right.

    Args:
        params: Dict with 'W1', 'b1', 'W2', 'b2'.
        X: Samples, shape (N, D).
        y: Labels, shape (N,), integers from 0 to C - 1; some classes may have no sample.
        l2: Strength of the penalty, a number >= 0.

    Returns:
        (loss, grads): the loss as one number, and a dict with exactly the keys 'W1', 'b1', 'W2',
        'b2'; each entry is the derivative of L (penalty included) in an array of the parameter's
        own shape, with memory of its own. The derivatives are exact up to rounding: carry them
        back through the layers, finite differences are too coarse.
    """
    raise NotImplementedError
