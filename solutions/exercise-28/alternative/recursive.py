"""The walk by a generator function, batches taken off the front, gradients through XᵀX of each batch."""

import numpy as np


def _walk(grad_fn, w, lr, steps):
    yield w.tolist()
    if steps:
        yield from _walk(grad_fn, w - lr * grad_fn(w), lr, steps - 1)


def gradient_descent(grad_fn, w0, lr, steps):
    return list(_walk(grad_fn, w0, lr, steps))


def minibatches(n, batch_size, rng, drop_last=False):
    left, batches = rng.permutation(n), []
    while len(left) >= batch_size:
        batches.append(left[:batch_size])
        left = left[batch_size:]
    if len(left) > 0 and not drop_last:
        batches.append(left)
    return tuple(batches)


def sgd_linear(X, y, w0, b0, lr, batch_size, epochs, rng):
    w, b, losses = w0.copy(), b0, ()
    while len(losses) < epochs:
        for batch in minibatches(y.size, batch_size, rng):
            A, t, rate = X[batch], y[batch], 2 * lr / batch.size
            gw = A.T @ A @ w + A.sum(axis=0) * b - A.T @ t
            gb = A.sum(axis=0) @ w + (b * batch.size - t.sum())
            w -= rate * gw
            b -= rate * gb
        error = y - X @ w - b
        losses += (error @ error / y.size,)
    return w, np.float64(b), losses


def combine_shard_grads(grads, sizes):
    if len(grads) == 1:
        return grads[0].copy()
    first, *rest = sizes
    share = first / sum(sizes)
    return share * grads[0] + (1 - share) * combine_shard_grads(grads[1:], rest)
