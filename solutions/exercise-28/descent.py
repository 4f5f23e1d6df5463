"""Reference solution: gradient descent, mini-batches, stochastic gradient descent, data parallelism."""

import numpy as np


def gradient_descent(grad_fn, w0, lr, steps):
    """Make a new array at each step, so that the rows of the trajectory stay what they were."""
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] - lr * grad_fn(path[-1]))
    return np.array(path)


def minibatches(n, batch_size, rng, drop_last=False):
    """Cut one permutation into pieces; a slice past the end is the short last batch."""
    order = rng.permutation(n)
    end = n - n % batch_size if drop_last else n
    return [order[start : start + batch_size] for start in range(0, end, batch_size)]


def sgd_linear(X, y, w0, b0, lr, batch_size, epochs, rng):
    """Take the mean over the batch's own length, which isn't always batch_size."""
    w, b, losses = w0, b0, []
    for _ in range(epochs):
        for batch in minibatches(len(y), batch_size, rng):
            missed = residuals(X[batch], y[batch], w, b)
            w = w - lr * 2 * missed.dot(X[batch]) / len(batch)
            b = b - lr * 2 * np.mean(missed)
        losses.append(np.mean(residuals(X, y, w, b) ** 2))
    return w, b, losses


def residuals(X, y, w, b):
    """Prediction minus truth, sample by sample."""
    return X.dot(w) + b - y


def combine_shard_grads(grads, sizes):
    """Weigh each mean by the number of samples behind it."""
    return np.average(grads, axis=0, weights=sizes)
