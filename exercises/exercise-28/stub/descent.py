"""Gradient descent: all data at once, in mini-batches, and spread over several machines.

Parameters, features and true values are float64 arrays. No function may change its arrays, and what
it returns has memory of its own. Randomness comes from the generator that is handed in, a
`np.random.Generator`, and from nothing else; drawing from it moves it on, as it must.
"""

import numpy as np


def gradient_descent(grad_fn, w0, lr, steps):
    """Walk downhill: w <- w - lr * grad_fn(w), again and again.

    Args:
        grad_fn: Takes parameters of shape (d,), gives the gradient there, shape (d,).
        w0: Where to start, shape (d,).
        lr: Learning rate.
        steps: How many steps to take, an integer >= 0. All are taken, and each in full, however small
            or large the gradient is.

    Returns:
        The whole trajectory, shape (steps + 1, d): row 0 is w0, row k is w after k steps.
    """
    raise NotImplementedError


def minibatches(n, batch_size, rng, drop_last=False):
    """Deal the indices 0 … n - 1 out into batches, in a random order.

    Each call draws `rng.permutation(n)`, exactly once, and cuts it from left to right: the first
    batch_size entries are the first batch, the next batch_size entries the second, and so on. What
    is left at the end makes a last, shorter batch.

    Args:
        n: Number of samples, an integer >= 1.
        batch_size: Size of a batch, an integer >= 1; it may be larger than n.
        rng: The generator to draw from.
        drop_last: If True, a last batch with fewer than batch_size entries is left out (even where
            no batch remains). A full batch is never left out.

    Returns:
        A list of arrays of integers (a list of integers counts as an array).
    """
    raise NotImplementedError


def sgd_linear(X, y, w0, b0, lr, batch_size, epochs, rng):
    """Fit a linear model X w + b by stochastic gradient descent on its mean squared error.

    An epoch is one pass through the data: one call of minibatches, with drop_last=False, and one
    step for each of its batches, in their order. The loss of a step is the mean of
    (x·w + b - y)² over the samples in its batch, however many these are, with no ½ in front. One
    step moves both w and b, both along the gradient at the w and b from before the step.

    Args:
        X: Features, shape (n, d).
        y: True values, shape (n,).
        w0: Weights to start from, shape (d,).
        b0: Intercept to start from, a number.
        lr: Learning rate.
        batch_size: Size of a batch, an integer >= 1; it may be larger than n.
        epochs: Number of passes, an integer >= 1. All are made, whatever becomes of the loss.
        rng: The generator, handed on to minibatches; nothing else is drawn from it.

    Returns:
        (w, b, losses): the final weights, shape (d,), the final intercept, a number, and a list or
        array of `epochs` numbers: the mean squared error over all n samples after each epoch.
    """
    raise NotImplementedError


def combine_shard_grads(grads, sizes):
    """Combine the gradients of several machines to that of the mean over all their samples.

    Args:
        grads: A list of arrays of one shape, any shape: machine i's gradient of the mean loss over
            its own samples.
        sizes: A list of integers >= 1: how many samples machine i has.

    Returns:
        The gradient of the mean loss over all samples of all machines, of the shape of one gradient.
    """
    raise NotImplementedError
